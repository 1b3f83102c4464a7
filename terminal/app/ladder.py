"""The price ladder put together: what it stands on, and who is told what was chosen in it."""

from collections.abc import Callable
from typing import Any

from terminal.app.preferences import Preferences
from terminal.services.order_draft import DraftJudge
from terminal.services.quote_drafts import QuoteDrafts
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.panel import ChainPanel
from terminal.views.ladder.moves import Spawn
from terminal.views.ladder.panel import LadderPanel
from terminal.views.quoting.maker_desk import MakerDesk


def person_of(preferences: Preferences) -> str:
    """Who sits at the desk and reads its warnings; empty where nobody is named."""
    return str(preferences.read("quoting.person") or "").strip()


def build_ladder(
    maker: MakerDesk,
    drafts: QuoteDrafts,
    judge: DraftJudge,
    valuation: Valuation,
    appearance: Appearance,
    spawn: Spawn,
    preferences: Preferences,
) -> LadderPanel:
    """A ladder on the desk; only a market maker owes a least size."""
    return LadderPanel(
        maker.desk,
        judge,
        valuation,
        appearance,
        spawn,
        preferences,
        sizes=preferences.settings.quantity_presets,
        least=lambda code: drafts.least_quantity(code) if maker.is_maker else 0,
        person=lambda: person_of(preferences),
    )


def join_ladder(
    ladder: LadderPanel,
    chain: ChainPanel,
    turn_to: Callable[[str], None],
    seed: Callable[[str, Any, int], None],
    bring_up: Callable[[str], None],
) -> None:
    """A click prepares the ticket, a double click on a strike of the chain opens the ladder."""

    def open_on(call: str, put: str) -> None:
        turn_to(call or put)
        bring_up("ladder")

    chain.strike_activated.connect(open_on)
    ladder.price_chosen.connect(seed)
    # Given up as the chain does it: a person is asked where the contract rate would break
    ladder.quote_pull_wanted.connect(chain.quote_pull_wanted)
