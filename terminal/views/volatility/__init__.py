"""Volatility on screen: the smile of one expiry and the trader's curve, all expiries side by side, the surface."""
