"""Pictures of every reminder for docs/reminders.md: one card a kind, in Chinese and English, as the desk shows it.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m tools.picture_reminders

The contracts are those of a real day, 28 November 2018; nothing but the folder of pictures is written.
"""

import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertKind
from terminal.alerts.engine import AlertBook
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.messages import DayOpened
from terminal.resources import resource_folder
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.samples import sample_group
from terminal.views.appearance import Appearance
from terminal.views.translation import Languages

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images" / "reminders"
NOW = datetime(2018, 11, 28, 14, 30, tzinfo=SHANGHAI)
WIDTH = 352
_STRIKES = ("2.350", "2.400", "2.450", "2.500", "2.550")


@dataclass(frozen=True, slots=True)
class Studio:
    """What a card needs to be pictured."""

    market: MarketData
    answers: Answers
    actions: Actions
    appearance: Appearance


def open_studio(appearance: Appearance) -> Studio:
    """A market with the contracts of one expiry, and a book without reminders."""
    bus = Bus()
    market = MarketData(bus, lambda: 0.0)
    expiry = NOW.date()
    spot = Decimal("2.466")
    fund = Underlying(
        code="510050", name="50ETF", pinyin="SZ50ETF", previous_close=spot, limit_up=spot, limit_down=spot
    )  # fmt: skip
    contracts = tuple(
        _contract(number, right, strike, expiry, spot)
        for number, (strike, right) in enumerate((s, r) for s in _STRIKES for r in Right)
    )
    market.open_day(DayOpened(trading_day=expiry, underlyings=(fund,), contracts=contracts, source="pictures"))
    book = AlertBook(bus=bus, write=lambda *_: None, find=lambda _: (), repetitions={})
    answers = Answers(
        book, now=lambda: NOW, who=lambda: "", next_day=lambda day: day + timedelta(days=1), opens_at=time(9, 15)
    )
    return Studio(market, answers, Actions(reason=lambda *_: "", act=lambda *_: None), appearance)


def picture(studio: Studio, kind: AlertKind, path: Path) -> None:
    """Write one card."""
    card = AlertCard(studio.market, studio.answers, studio.actions, studio.appearance)
    card.show_group(sample_group(kind, studio.market, NOW), NOW)
    card.setFixedWidth(WIDTH)
    card.show()
    card.setFixedHeight(card.heightForWidth(WIDTH))
    path.parent.mkdir(parents=True, exist_ok=True)
    _with_palette(card.grab().toImage()).save(str(path), None, 0)
    card.close()
    card.deleteLater()


def main() -> int:
    """Write every picture and print its name."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    appearance = Appearance()
    appearance.apply(application)
    studio = open_studio(appearance)
    languages = Languages(resource_folder() / "translations")
    for language, short in (("en", "en"), ("zh_CN", "zh")):
        languages.use(language)
        for kind in AlertKind:
            path = FOLDER / f"{kind.value}-{short}.png"
            picture(studio, kind, path)
            print(path.relative_to(FOLDER.parents[2]))
    return 0


def _with_palette(image: QImage) -> QImage:
    """The same in its 256 most frequent colours: a fifth of the size."""
    full = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(full.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = [int(colour) for colour in colours[np.argsort(-counts)][:256]]
    return full.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _contract(number: int, right: Right, strike: str, expiry: date, spot: Decimal) -> Contract:
    price = Decimal(strike)
    return Contract(
        code=f"{10_001_501 + number}",
        trading_code=f"510050{right.value}{expiry:%y%m}M{int(price * 1000):05d}",
        name=f"50ETF{right.mark}{expiry.month}月{int(price * 1000)}",
        underlying="510050",
        right=right,
        strike=price,
        multiplier=10_000,
        first_day=date(2018, 9, 27),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=expiry + timedelta(days=1),
        expiry=expiry,
        previous_settlement=Decimal("0.0500"),
        underlying_close=spot,
        limit_up=Decimal("0.3000"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )


if __name__ == "__main__":
    sys.exit(main())
