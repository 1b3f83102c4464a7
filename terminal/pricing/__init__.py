"""What things are worth: Black-Scholes and implied volatility on arrays. Pure."""
