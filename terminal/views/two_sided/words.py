"""The words of this package's screens. Sources are English; translations hold the others."""

from terminal.views.translation import translate

CONTEXT = "two_sided"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)
