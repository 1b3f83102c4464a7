"""English has a form for one: the nouns after a figure are put right once, where the figure is known."""

import re

_NOUNS = (
    "contracts|strikes|positions|pairs|lots|orders|fills|instructions|lines|shares|cells|trading days|older ones|"
    "inquiries|restrictions"
)
_ONE = re.compile(rf"(?<![\d.,−–/-])1 ({_NOUNS})\b")


def in_number(text: str) -> str:
    """1 contract, 1 trading day; a text of another language has no such nouns and stays as it is."""
    return _ONE.sub(lambda found: f"1 {_single(found[1])}", text)


def _single(noun: str) -> str:
    return f"{noun.removesuffix('ies')}y" if noun.endswith("ies") else noun.removesuffix("s")
