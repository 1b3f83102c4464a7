"""Risk on screen: greeks, heat map, what-if, explained profit."""
