"""Cost of the obligation dashboard once a second over 1,000 contracts: figures and order, then the rows in sight.

The dashboard is served once a second, so milliseconds are tenths of a per cent of a core. `--most PERCENT` fails above
that share.
"""

import argparse
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.obligations import CONTRACTS, SECONDS, MakerDesk
from benchmarks.timing import seconds_each
from terminal.domain.account_rights import AccountKind
from terminal.views.appearance import Appearance
from terminal.views.obligations.model import ObligationModel
from terminal.views.obligations.standing import StandingSource
from terminal.views.obligations.table import ObligationTable

DEMANDED_PERCENT = 3.0
_FRAMES = 60


class _Seconds:
    """A clock that is a second later at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        self.now += 1.0
        return self.now


def main(arguments: Sequence[str]) -> int:
    """Print the cost of one second, by part."""
    parser = argparse.ArgumentParser(prog="dashboard", description=__doc__)
    parser.add_argument("--most", type=float, default=DEMANDED_PERCENT, help="percent of a core that are too many")
    options = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    appearance = Appearance()
    appearance.apply(application)
    desk = MakerDesk()
    for second in range(SECONDS):
        for report in desk.reports(second):
            desk.bus.publish(report)
    source = StandingSource(desk.obligations, lambda: AccountKind.MARKET_MAKER_PRIMARY, _Seconds())
    model = ObligationModel(source, desk.market)
    measure = desk.obligations.measure
    if measure is None:
        raise RuntimeError("nothing is measured")
    table = ObligationTable(model, appearance, lambda: measure.windows)
    table.resize(1440, 560)
    table.show()
    model.flush()
    QApplication.processEvents()
    served = seconds_each(lambda n: QApplication.processEvents(), model.flush, _FRAMES)
    painted = seconds_each(lambda n: model.flush(), QApplication.processEvents, _FRAMES)
    table.hide()
    whole = (served + painted) * 100
    rows = table.viewport().height() // table.rowHeight(0)
    print(f"{CONTRACTS} contracts, served once a second, {rows} rows in sight: milliseconds a second")
    print(f"figures, levels, order    {served * 1e3:8.2f}")
    print(f"rows made and painted     {painted * 1e3:8.2f}")
    print(f"share of one core         {whole:8.2f} %")
    return int(whole > options.most)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
