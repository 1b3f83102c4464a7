"""What things are worth: prices, volatilities, forwards, curves and scenarios on arrays. Pure."""
