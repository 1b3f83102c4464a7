"""The volatility views' words in the language of the screen. Sources are English; translations hold the others."""

from terminal.views.translation import translate

CONTEXT = "volatility"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)
