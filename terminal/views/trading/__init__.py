"""Trading screens: ticket, depth, and the tables of orders, fills, positions, funds and history."""
