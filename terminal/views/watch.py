"""Turns what the desk publishes into lines of the banner: recovery, alarms, a lost line, estimated dates."""

from terminal.domain.accounts import ZERO
from terminal.domain.errors import ascii_safe
from terminal.domain.messages import Capability
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.events import (
    AccountChanged,
    AlarmKind,
    AlarmRaised,
    DayChanged,
    LinkChanged,
    PhaseUpdated,
    ProtectionChanged,
    RecoveryFinished,
)
from terminal.services.quote_codes import CODE_OF
from terminal.views import alarm_texts
from terminal.views.banner import Banner, Gravity
from terminal.views.translation import translate

_CRITICAL = frozenset(
    {
        AlarmKind.JOURNAL,
        AlarmKind.RECONCILIATION,
        AlarmKind.REPORT_DOES_NOT_FIT,
        AlarmKind.UNORDERED_EXECUTION,
    }
)

#: The line of what a person has to lift or to re-arm
_HELD = "held"
#: How the gateway words an embedded venue that came to its end
_ENDED = "the venue ended"
_REASON_LENGTH = 300


class Watch:
    """Subscribes for as long as the desk lives."""

    def __init__(self, desk: Desk, banner: Banner) -> None:
        self._desk = desk
        self._banner = banner
        self._alarms = 0
        self._called = ZERO
        """The margin call that was told last, yuan"""
        self._leave = [
            desk.bus.subscribe(RecoveryFinished, self._on_recovery),
            desk.bus.subscribe(AlarmRaised, self._on_alarm),
            desk.bus.subscribe(LinkChanged, self._on_link),
            desk.bus.subscribe(DayChanged, self._on_day),
            desk.bus.subscribe(PhaseUpdated, self._on_phase),
            desk.bus.subscribe(AccountChanged, self._on_account),
            desk.bus.subscribe(ProtectionChanged, self._on_protection),
        ]
        self._on_day(DayChanged())

    def _on_recovery(self, finished: RecoveryFinished) -> None:
        if finished.orders or finished.fills or finished.in_doubt:
            gravity = Gravity.WARNING if finished.in_doubt else Gravity.INFORMATION
            self._banner.post("recovery", gravity, lambda: alarm_texts.recovery_sentence(finished))

    def _on_alarm(self, alarm: AlarmRaised) -> None:
        # One line per kind for what may come in floods, one per alarm for what a person must see each time
        self._alarms += 1
        grave = alarm.kind in _CRITICAL
        key = f"{alarm.kind} {self._alarms}" if grave and alarm.kind is not AlarmKind.JOURNAL else alarm.kind.value
        if alarm.kind is AlarmKind.PROTECTION and alarm_texts.waits_for_a_person(alarm, self._desk.market):
            key = _HELD
        gravity = Gravity.CRITICAL if grave else Gravity.WARNING
        self._banner.post(key, gravity, lambda: alarm_texts.alarm_sentence(alarm, self._desk.market))

    def _on_protection(self, _event: ProtectionChanged) -> None:
        """Lifted and re-armed: who did it knows. What a pull rule did, which lets go by itself, stays until read."""
        gate = self._desk.quoting.gate
        if gate.stops.is_clear and CODE_OF[Reason.PROTECTION_TRIPPED] not in gate.withheld(slice(None)):
            self._banner.withdraw(_HELD)

    def _on_link(self, event: LinkChanged) -> None:
        if event.state is LinkState.UP:
            self._banner.withdraw("link")
        elif event.state is LinkState.DOWN and _ENDED in event.detail:
            # What to do stands at the end of its words
            words = event.detail.partition(f"{_ENDED}: ")[2].removeprefix("optiondesk: ") or event.detail
            reason = ascii_safe(words)[:_REASON_LENGTH]
            self._banner.post(
                "link",
                Gravity.CRITICAL,
                lambda: translate("Banner", "The venue does not start: {reason}").format(reason=reason),
            )
        elif event.state is LinkState.DOWN:
            self._banner.post(
                "link",
                Gravity.WARNING,
                lambda: translate("Banner", "The line to the venue is lost: prices stand still, no orders are taken"),
            )

    def _on_account(self, _event: AccountChanged) -> None:
        funds = self._desk.portfolio.funds
        called = funds.still_called if funds is not None else ZERO
        if called == self._called:
            return
        self._called = called
        if called <= 0:
            self._banner.withdraw("margin_call")
            return
        rules, day = self._desk.rules, self._desk.clock.now().date()
        self._banner.post("margin_call", Gravity.CRITICAL, lambda: alarm_texts.margin_call_sentence(called, rules, day))

    def _on_phase(self, event: PhaseUpdated) -> None:
        if event.code:
            return
        if self._desk.market.phase is not Phase.CLOSED or not self._desk.can(Capability.CLOCK_CONTROL):
            self._banner.withdraw("day_over")
            return
        self._banner.post(
            "day_over",
            Gravity.INFORMATION,
            lambda: translate("Banner", "The trading day is over. Play on, and the next trading day begins"),
        )

    def _on_day(self, _event: DayChanged) -> None:
        estimated = [c for c in self._desk.market.contracts if c.dates_estimated]
        if not estimated:
            self._banner.withdraw("estimated")
            return
        count = len(estimated)
        self._banner.post(
            "estimated",
            Gravity.WARNING,
            lambda: translate(
                "Banner",
                "{count} contracts expire in a year whose holidays are not announced: their dates are estimates",
            ).format(count=count),
        )
