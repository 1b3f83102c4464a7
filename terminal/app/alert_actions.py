"""Where the buttons of a reminder lead: the ticket filled in, the chain, an instruction's form, a panel by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from terminal.alerts.alert import AlertAction, AlertKind, Finding
from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.services.desk import Desk
from terminal.views.alerts.answers import nothing_held, nothing_named, panel_missing
from terminal.views.docks import Dock
from terminal.views.main_window import MainWindow

#: The panel that each of these opens; where the form of an instruction does as well, its kind
_PANELS: Mapping[AlertAction, str] = {
    AlertAction.EXERCISE: "cockpit",
    AlertAction.TOP_UP: "covered",
    AlertAction.SHOW_DELIVERY: "assignment",
    AlertAction.SHOW_ADJUSTMENT: "adjustment",
    AlertAction.SHOW_COVER: "covered",
    AlertAction.SHOW_OBLIGATIONS: "obligations",
    AlertAction.ANSWER_INQUIRY: "inquiries",
    AlertAction.SHOW_FUNDS: "funds",
}
_FORMS: Mapping[AlertAction, InstructionKind] = {
    AlertAction.EXERCISE: InstructionKind.EXERCISE,
    AlertAction.TOP_UP: InstructionKind.LOCK,
    AlertAction.RELEASE: InstructionKind.RELEASE,
}
#: Which side a reminder is about where a contract is held on several, by what caused it
_SIDES: Mapping[tuple[AlertKind, str], tuple[PositionSide, ...]] = {
    (AlertKind.EXERCISE, ""): (PositionSide.LONG,),
    (AlertKind.NOT_CLOSED, ""): (PositionSide.LONG,),
    (AlertKind.NOT_CLOSED, "margin"): (PositionSide.SHORT,),
    (AlertKind.NOT_CLOSED, "covered"): (PositionSide.COVERED,),
    (AlertKind.WRITER, ""): (PositionSide.SHORT, PositionSide.COVERED),
    (AlertKind.COVERED_SHORTFALL, ""): (PositionSide.COVERED,),
    (AlertKind.MARGIN, ""): (PositionSide.SHORT,),
    (AlertKind.FORCED_CLOSE, ""): (PositionSide.SHORT,),
}


@runtime_checkable
class ShowsUnderlying(Protocol):
    """A panel that can turn to an underlying."""

    def show_underlying(self, underlying: str) -> None:
        """Stand on it."""


@runtime_checkable
class ShowsExpiry(Protocol):
    """A panel that can turn to an expiry."""

    def show_expiry(self, expiry: date) -> None:
        """Stand on it."""


@runtime_checkable
class LocksMissing(Protocol):
    """A panel that can fill in what has to be locked."""

    def lock_missing(self, underlying: str) -> None:
        """Fill it in."""


@dataclass(frozen=True, slots=True)
class AlertActions:
    """Asked at every look whether an action can be had: a panel that is registered later makes its button live."""

    desk: Desk
    window: Callable[[], MainWindow]
    turn_to: Callable[[str], None]
    close_position: Callable[[str, PositionSide], None]
    begin_instruction: Callable[[InstructionKind, str], None]

    def reason(self, action: AlertAction, finding: Finding) -> str:
        """Why it cannot be had now, in words; empty where it can."""
        if action in (AlertAction.TICKET, AlertAction.SHOW_CONTRACT):
            return "" if self._listed(finding) or finding.underlying else nothing_named()
        if action is AlertAction.CLOSE:
            return "" if self._held(finding) is not None else nothing_held()
        if self._panel(action) is not None:
            return ""
        if action in _FORMS:
            return "" if self._subject(action, finding) else nothing_named()
        return panel_missing()

    def act(self, action: AlertAction, finding: Finding) -> None:
        """Do it."""
        listed = self._listed(finding)
        if action in (AlertAction.TICKET, AlertAction.SHOW_CONTRACT):
            if listed:
                self.turn_to(listed)
            else:
                self.window().underlying_chosen.emit(finding.underlying)
            if action is AlertAction.TICKET:
                self.window().bring_up("ticket")
            return
        if action is AlertAction.CLOSE:
            held = self._held(finding)
            if held is not None:
                self.close_position(*held)
                self.window().bring_up("ticket")
            return
        panel = self._panel(action)
        if panel is not None:
            self.window().bring_up(_PANELS[action])
            self._turn(action, panel.widget(), finding)
            return
        self.begin_instruction(_FORMS[action], self._subject(action, finding))

    def _turn(self, action: AlertAction, panel: QWidget | None, finding: Finding) -> None:
        """Let the panel stand on what the reminder is about."""
        contract = self.desk.market.contract(self._listed(finding))
        if isinstance(panel, ShowsExpiry) and contract is not None:
            panel.show_expiry(contract.expiry)
        if isinstance(panel, ShowsUnderlying) and finding.underlying:
            panel.show_underlying(finding.underlying)
        if action is AlertAction.TOP_UP and isinstance(panel, LocksMissing) and finding.underlying:
            panel.lock_missing(finding.underlying)

    def _panel(self, action: AlertAction) -> Dock | None:
        return self.window().docks.get(_PANELS.get(action, ""))

    def _listed(self, finding: Finding) -> str:
        return next((code for code in finding.codes if self.desk.market.contract(code) is not None), "")

    def _held(self, finding: Finding) -> tuple[str, PositionSide] | None:
        """The first of its contracts that is held and can be closed, and the side."""
        sides = _SIDES.get((finding.kind, finding.figures.get("cause", ""))) or _SIDES.get((finding.kind, ""))
        for code in finding.codes:
            for side in sides or PositionSide:
                position = self.desk.portfolio.position(code, side)
                if position is not None and position.available_quantity > 0:
                    return code, side
        return None

    def _subject(self, action: AlertAction, finding: Finding) -> str:
        if action is AlertAction.RELEASE:
            return finding.figures.get("number", "")
        return finding.underlying if action is AlertAction.TOP_UP else self._listed(finding)
