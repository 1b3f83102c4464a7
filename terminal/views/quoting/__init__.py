"""The quoting console: the grid of a market maker's terms, and the box of the protections."""
