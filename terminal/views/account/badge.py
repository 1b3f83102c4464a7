"""The account in the status bar: number, kind, level, state, restrictions; linked numbers in the tooltip (M1)."""

from PySide6.QtWidgets import QLabel, QWidget

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountState
from terminal.services.desk import Desk
from terminal.views.account.statement_page import profile_rows
from terminal.views.account.words import ACCOUNT_KINDS, ACCOUNT_STATES, TIERS, restriction_words, word
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded


class AccountBadge(QLabel):
    """Amber where something is forbidden, red where the account does not trade."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        set_role(self, "second")

    def flush(self) -> None:
        """Show the account as the counter tells of it."""
        desk = self._desk
        number = desk.venue.account_id if desk.venue is not None else desk.account_id
        profile = desk.portfolio.profile
        told = desk.portfolio.funds is not None
        text = word("Account {account}").format(account=bounded(number))
        if told:
            text += " · " + " · ".join(badge_words(profile))
        if text != self.text():
            self.setText(text)
        set_role(self, badge_role(profile) if told else "second")
        rows = profile_rows(profile) if told else []
        tip = "\n".join(f"{name}: {value}" for name, value in [(word("Account"), bounded(number)), *rows])
        if tip != self.toolTip():
            self.setToolTip(tip)


def badge_words(profile: AccountProfile) -> list[str]:
    """Kind, level of an individual, state, whether filed, how much is forbidden."""
    rights = profile.rights
    said = [word(ACCOUNT_KINDS[rights.kind])]
    if rights.kind is AccountKind.INDIVIDUAL:
        said.append(word(TIERS[rights.tier]))
    if rights.kind.is_market_maker:
        said.append(word("filed") if profile.filed else word("not filed"))
    if rights.state is not AccountState.NORMAL:
        said.append(word(ACCOUNT_STATES[rights.state]))
    forbidden = restriction_words(rights.restrictions)
    if len(forbidden) == 1:
        said.append(forbidden[0])
    elif forbidden:
        said.append(word("{count} restrictions").format(count=len(forbidden)))
    return said


def badge_role(profile: AccountProfile) -> str:
    """How serious what the account may not do is."""
    rights = profile.rights
    if rights.state in (AccountState.FROZEN, AccountState.FORBIDDEN):
        return "critical"
    missing = not rights.has_contract_account or not rights.designated
    limited = rights.state is AccountState.CLOSE_ONLY or bool(rights.restrictions)
    return "warn" if missing or limited else "second"
