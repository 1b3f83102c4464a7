"""OptionDesk: a desktop terminal for options on the Shanghai Stock Exchange."""

__version__ = "0.1.0"
