"""The words of this package's screens. Sources are English; translations hold the others."""

from terminal.services.market_data import MarketData
from terminal.views.texts import name_of
from terminal.views.translation import translate

CONTEXT = "obligations"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


def title_words(title: str) -> str:
    """The half of a title of terms (中文 · English) in the language in force; all of one that has no halves."""
    chinese, _, english = title.partition("·")
    return word("{english}").format(name=chinese.strip(), english=english.strip() or chinese.strip())


def answer_stays(code: str, market: MarketData) -> str:
    """A quote that was to be taken out by choice answers an inquiry, and its time is not over."""
    return word("{contract}: stays, it answers an inquiry").format(contract=name_of(code, market))
