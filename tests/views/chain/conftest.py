"""A chain on the desk of the screen tests: valuation, panel and views, flushed by hand."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.panel import ChainPanel
from tests.views.chain.stage import Seen


@pytest.fixture
def seen(desk: Desk, appearance: Appearance, monotonic: Callable[[], float], qtbot: object) -> Iterator[Seen]:
    """The trader's columns of 510050 November, wide enough for all of them, painted once."""
    valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.02)
    panel = ChainPanel(
        desk, valuation, appearance, monotonic=monotonic, days_left=lambda expiry: (expiry - date(2026, 11, 9)).days
    )
    panel.resize(1240, 330)
    panel.set_column_set(ColumnSet.TRADER)
    panel.show()
    panel.flush()
    panel.view.viewport().repaint()
    yield Seen(desk, panel)
    panel.close()
    panel.deleteLater()
