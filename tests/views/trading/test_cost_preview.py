"""What an order costs before it is sent, worked by hand.

50ETF at 2.48; Nov 2.50 call and put of 10,000 shares; exchange margin 3200.00 and the broker's uplift 1.20. Fees: 1.30
to the exchange, 0.30 for clearing, 1.40 to the broker; opening by selling pays the broker's alone (rulebook 9).
"""

from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Funds, Holding
from terminal.domain.orders import Instruction, OrderType
from terminal.rules.profile import Profile
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge, OrderDraft
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH
from terminal.views.trading.cost_preview import CostPreview
from tests.views.trading.ticket_rig import CALL, PUT, account, code_of

SPOT = Decimal("2.48")
NAMES = ("Premium", "Fee", "Margin held", "Margin freed", "Largest loss", "Break-even", "Available")


@pytest.fixture
def judge(desk: Desk, profile: Profile) -> DraftJudge:
    checks = OrderChecks(
        profile, desk.market, desk.portfolio, DeskLimits(Decimal(1_000_000)), desk.instructions.checks.terms
    )
    return DraftJudge(checks, desk.market, desk.portfolio)


@pytest.fixture
def preview(qtbot: QtBot, appearance: Appearance) -> CostPreview:
    preview = CostPreview(appearance)
    qtbot.addWidget(preview)
    return preview


def tell(
    preview: CostPreview, judge: DraftJudge, desk: Desk, draft: OrderDraft, funds: Funds | None, spot: Decimal | None
) -> None:
    verdict = judge.judge(draft)
    contract = desk.market.contract(draft.contract_code)
    preview.show_verdict(contract, verdict, judge.expected(verdict), funds, spot)


def show(
    preview: CostPreview, judge: DraftJudge, desk: Desk, draft: OrderDraft, funds: Funds | None = None
) -> tuple[str, ...]:
    tell(preview, judge, desk, draft, funds or desk.portfolio.funds, SPOT)
    figures = preview.figures()
    assert tuple(figures) == NAMES
    return tuple(figures.values())


@pytest.mark.requirement("O5", "O10")
@pytest.mark.parametrize(
    ("number", "instruction", "price", "quantity", "figures"),
    [
        # 0.0511 x 20,000; 2 x 3.00; 2.50 + 1028 / 20,000 = 2.5514, 2.88% above 2.48
        (CALL, Instruction.BUY_OPEN, "0.0511", "2",
         ("−1,022.00", "6.00", DASH, DASH, "1,028.00", "2.5514  +2.9%", "100,000.00 → 98,972.00")),
        # 2 x 1.40; 2 x 3840.00; 2.50 + 999.20 / 20,000 = 2.54996
        (CALL, Instruction.SELL_OPEN, "0.0501", "2",
         ("+1,002.00", "2.80", "7,680.00", DASH, DASH, "2.5500  +2.8%", "100,000.00 → 92,317.20")),
        # 2.50 x 10,000 - 702.00 + 1.40; 2.50 - 700.60 / 10,000 = 2.42994
        (PUT, Instruction.SELL_OPEN, "0.0702", "1",
         ("+702.00", "1.40", "3,840.00", DASH, "24,299.40", "2.4299  −2.0%", "100,000.00 → 96,158.60")),
        (CALL, Instruction.BUY_CLOSE, "0.0511", "2",
         ("−1,022.00", "6.00", DASH, "7,680.00", DASH, DASH, "100,000.00 → 98,972.00")),
        (CALL, Instruction.COVERED_OPEN, "0.0501", "3",
         ("+1,503.00", "4.20", DASH, DASH, DASH, DASH, "100,000.00 → 99,995.80")),
        # What closes by selling freezes nothing; its fee comes out of the premium
        (CALL, Instruction.SELL_CLOSE, "0.0501", "2",
         ("+1,002.00", "6.00", DASH, DASH, DASH, DASH, "100,000.00 → 100,000.00")),
    ],
    ids=lambda value: value.name if isinstance(value, Instruction) else None,
)  # fmt: skip
def test_the_figures_are_those_of_the_rulebook(
    preview: CostPreview,
    judge: DraftJudge,
    desk: Desk,
    number: int,
    instruction: Instruction,
    price: str,
    quantity: str,
    figures: tuple[str, ...],
) -> None:
    account(desk, holdings=(Holding(underlying="510050", total=50_000, locked=30_000),))
    draft = OrderDraft(code_of(desk, number), instruction, OrderType.LIMIT, price, quantity)
    assert show(preview, judge, desk, draft) == figures


@pytest.mark.requirement("O5")
def test_a_market_order_is_told_at_the_book_and_set_aside_at_the_limit(
    preview: CostPreview, judge: DraftJudge, desk: Desk
) -> None:
    buy = OrderDraft(code_of(desk), Instruction.BUY_OPEN, OrderType.MARKET_IOC, "", "1")
    told = show(preview, judge, desk, buy)
    # Ask 0.0511 for ten; limit-up 0.3000
    assert (told[0], told[-1]) == ("≈ −511.00", "100,000.00 → 96,997.00")
    assert "0.3000" in preview.funds_tip
    assert "3,003.00" in preview.funds_tip
    sell = OrderDraft(code_of(desk), Instruction.SELL_OPEN, OrderType.MARKET_IOC, "", "1")
    assert show(preview, judge, desk, sell)[0].startswith("≈ +")
    show(preview, judge, desk, OrderDraft(code_of(desk), price_text="0.0511"))
    assert preview.funds_tip == ""


@pytest.mark.requirement("O5")
def test_beyond_the_book_in_sight_a_market_order_is_told_at_the_limit(
    preview: CostPreview, judge: DraftJudge, desk: Desk
) -> None:
    buy = OrderDraft(code_of(desk), Instruction.BUY_OPEN, OrderType.MARKET_IOC, "", "5000")
    # Limit-up 0.3000, limit-down 0.0001
    assert show(preview, judge, desk, buy)[0] == "≤ −15,000,000.00"
    sell = OrderDraft(code_of(desk), Instruction.SELL_OPEN, OrderType.MARKET_IOC, "", "5000")
    assert show(preview, judge, desk, sell)[0] == "≥ +5,000.00"


def test_without_a_readable_draft_only_the_funds_stand(preview: CostPreview, judge: DraftJudge, desk: Desk) -> None:
    draft = OrderDraft(code_of(desk), price_text="abc")
    assert show(preview, judge, desk, draft) == (DASH,) * 6 + ("100,000.00",)


def test_without_an_account_nothing_is_made_up(preview: CostPreview, judge: DraftJudge, desk: Desk) -> None:
    draft = OrderDraft(code_of(desk), price_text="0.0511")
    tell(preview, judge, desk, draft, None, None)
    assert preview.figures()["Available"] == DASH
    assert preview.figures()["Break-even"] == DASH
    assert preview.figures()["Premium"] == "−511.00"


def test_funds_below_zero_are_marked(preview: CostPreview, judge: DraftJudge, desk: Desk) -> None:
    draft = OrderDraft(code_of(desk), price_text="0.0511")
    figures = show(preview, judge, desk, draft, Funds(balance=Decimal("500.00")))
    assert figures[-1] == "500.00 → −14.00"
    assert preview.funds_role == "critical"
    show(preview, judge, desk, draft)
    assert preview.funds_role == "figure"


@pytest.mark.requirement("O5")
def test_figures_without_room_beside_each_other_stand_below_each_other(
    dressed: Appearance, preview: CostPreview, judge: DraftJudge, desk: Desk
) -> None:
    draft = OrderDraft(code_of(desk, CALL), Instruction.BUY_OPEN, OrderType.LIMIT, "0.0511", "5000")
    show(preview, judge, desk, draft)
    fee, premium = (preview.findChildren(QLabel)[place] for place in (3, 1))
    least = preview.minimumSizeHint().width()
    preview.resize(2 * least, 200)
    preview.show()
    QCoreApplication.processEvents()
    assert fee.y() == premium.y()
    preview.resize(least, 200)
    QCoreApplication.processEvents()
    assert fee.y() > premium.y()
    for label in preview.findChildren(QLabel):
        assert label.width() >= label.sizeHint().width()
