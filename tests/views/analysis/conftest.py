"""Panels of volatility and risk over services that stand on a known smile, flushed by hand."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.views.appearance import Appearance
from terminal.views.risk.panel import RiskPanel
from terminal.views.volatility.panel import VolatilityPanel
from terminal.views.volatility.smiles_panel import SmilesPanel
from terminal.views.volatility.surface_panel import SurfacePanel
from tests.services.analysis_rig import CODE, FAR, NEAR, NOW, Rig


def days(expiry: date) -> int:
    """Calendar days, which is near enough here."""
    return (expiry - NOW.date()).days


@pytest.fixture
def rig() -> Rig:
    """A market on a known smile; long calls of November, short puts of December."""
    rig = Rig()
    rig.hold((rig.find(Right.CALL, "2.50"), 10), (rig.find(Right.PUT, "2.40", FAR), -7))
    return rig


@pytest.fixture
def curve(rig: Rig, appearance: Appearance, qtbot: QtBot) -> Iterator[VolatilityPanel]:
    """The smile of November, drawn once."""
    panel = VolatilityPanel(
        rig.market, rig.bus, rig.valuation, rig.curves, appearance, now=lambda: rig.now, days_left=days
    )
    panel.show_series(CODE, NEAR)
    panel.resize(900, 500)
    panel.show()
    panel.flush()
    yield panel
    panel.close()
    panel.deleteLater()


@pytest.fixture
def smiles(rig: Rig, appearance: Appearance, qtbot: QtBot) -> Iterator[SmilesPanel]:
    """All expiries."""
    panel = SmilesPanel(rig.valuation, rig.curves, appearance, days_left=days)
    panel.show_underlying(CODE)
    panel.resize(900, 300)
    panel.show()
    panel.flush()
    yield panel
    panel.close()
    panel.deleteLater()


@pytest.fixture
def surface(rig: Rig, appearance: Appearance, qtbot: QtBot) -> Iterator[SurfacePanel]:
    """The surface."""
    panel = SurfacePanel(rig.valuation, rig.curves, appearance)
    panel.show_underlying(CODE)
    panel.resize(900, 240)
    panel.show()
    panel.flush()
    yield panel
    panel.close()
    panel.deleteLater()


@pytest.fixture
def risk(rig: Rig, appearance: Appearance, qtbot: QtBot) -> Iterator[RiskPanel]:
    """Heat map, scenarios and explained profit."""
    panel = RiskPanel(rig.market, rig.valuation, rig.risk, rig.profit, rig.mark_outs, appearance)
    panel.show_underlying(CODE)
    panel.resize(780, 760)
    panel.show()
    panel.flush()
    yield panel
    panel.close()
    panel.deleteLater()
