"""The chain's words in the language of the screen. Sources are English; resources/translations holds the others."""

from terminal.views.translation import translate

CONTEXT = "chain"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


def language() -> str:
    """The language in force: every catalogue translates "en" by its own name."""
    return word("en")
