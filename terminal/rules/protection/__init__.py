"""Checks before an order or quote leaves, and protections that pull quotes: pure, over arrays of contracts."""
