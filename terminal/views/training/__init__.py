"""The instructor's window, and what a trainee sees of a class."""
