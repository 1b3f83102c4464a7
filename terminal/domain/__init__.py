"""What things are: contracts, orders, quotes, positions, accounts, calendar, messages, errors. Pure."""
