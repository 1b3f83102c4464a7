"""What the user sees; the only floor, with app.py, that knows Qt."""
