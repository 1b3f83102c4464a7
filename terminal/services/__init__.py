"""The desk's day: newest quotes, orders, positions, valuation. Never assumes a screen."""
