"""Drafts keep the terms and stand behind the market; what answered an inquiry is known; days are counted again."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import AccountReport, SubmitQuotes
from terminal.domain.orders import PositionEffect
from terminal.domain.quotes import EffectRule, Handling, QuoteEntry
from terminal.domain.reasons import Reason
from terminal.rules.obligations.clock import QuotingState
from terminal.rules.obligations.inquiries import InquiryStatus
from terminal.services.gate import DESK
from terminal.services.quote_drafts import QuoteDrafts
from tests.making_rig import PUT, MakingRig, making_story
from tests.quoting_rig import STRATEGY, limits
from tests.services.obligation_desk import terms_of


def quote(code: str, bid: str, ask: str, size: int = 10) -> QuoteEntry:
    return QuoteEntry(
        contract_code=code, bid_price=Decimal(bid), bid_quantity=size, ask_price=Decimal(ask), ask_quantity=size
    )


@pytest.mark.requirement("M5")
def test_a_draft_stands_around_the_theoretical_price_and_within_the_terms(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        drafts = making.drafts
        facts = drafts.facts(PUT)
        assert facts is not None
        assert facts.bid < facts.theoretical < facts.ask + 20
        whole, half = drafts.draft(PUT), drafts.draft(PUT, Fraction(1, 2))
        assert whole is not None
        assert half is not None
        for entry in (whole, half):
            verdict = drafts.verdict(entry)
            assert verdict is not None
            assert (verdict.denial, verdict.least_quantity, entry.bid_quantity) == (None, 10, 10)
            assert verdict.width <= verdict.allowed
            assert abs(float(entry.bid_price + entry.ask_price) * 5000 - facts.theoretical) <= 1.0
        assert half.ask_price - half.bid_price < (whole.ask_price - whole.bid_price) * Decimal("0.6")
        asked = drafts.draft(PUT, quantity=25)
        assert asked is not None
        assert (asked.bid_quantity, asked.ask_quantity) == (25, 25)
        assert drafts.draft("99999999") is None
        assert drafts.verdict(quote("99999999", "0.1", "0.2")) is None

    making_story(tmp_path, story)


@pytest.mark.requirement("M5")
@pytest.mark.fault("F72")
def test_what_is_too_wide_too_small_or_stopped_by_the_gate_is_not_sent(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        drafts, rig = making.drafts, making.rig
        for entry, reason in (
            (quote(PUT, "0.0600", "0.0800"), Reason.QUOTE_SPREAD),
            (quote(PUT, "0.0680", "0.0720", 9), Reason.QUOTE_SIZE),
            (quote(PUT, "0.0720", "0.0680"), Reason.QUOTE_CROSSED),
        ):
            denial = drafts.send(entry)
            assert denial is not None
            assert denial.reason is reason
        rig.gate.set_sheet(DESK, limits(order_quantity=5))
        denial = drafts.send(quote(PUT, "0.0680", "0.0720"))
        assert denial is not None
        assert denial.reason is Reason.ORDER_SIZE
        assert not [c for c in rig.gateway.sent if isinstance(c, SubmitQuotes)]

    making_story(tmp_path, story)


@pytest.mark.requirement("M5")
def test_the_control_of_quotes_typed_refuses_or_adjusts_as_it_is_set(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        rig = making.rig
        wide, small = quote(PUT, "0.0600", "0.0800"), quote(PUT, "0.0680", "0.0720", 9)
        for entry, reason in ((wide, Reason.QUOTE_SPREAD), (small, Reason.QUOTE_SIZE)):
            denial = making.drafts.prepared(entry).denial
            assert denial is not None
            assert denial.reason is reason
        adjusting = QuoteDrafts(
            rig.desk.market, rig.theoretical, making.obligations, rig.quoting, handling=Handling.ADJUST
        )
        narrowed = adjusting.prepared(quote(PUT, "0.0600", "0.0800", 10))
        assert [change.field for change in narrowed.changes] == ["bid_price", "ask_price"]
        verdict = adjusting.verdict(narrowed.entry)
        assert verdict is not None
        assert (verdict.denial, verdict.width <= verdict.allowed) == (None, True)
        raised = adjusting.prepared(small)
        assert [(c.field, c.given, c.changed) for c in raised.changes] == [
            ("bid_quantity", 9, 10),
            ("ask_quantity", 9, 10),
        ]
        # What goes out without a person's look at the change is still refused
        assert adjusting.send(wide) is not None

    making_story(tmp_path, story)


@pytest.mark.requirement("M6", "X1")
def test_a_join_is_live_and_a_widened_quote_stays_valid(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        drafts, obligations = making.drafts, making.obligations
        assert drafts.widened(PUT) is None
        entry = drafts.draft(PUT, Fraction(1, 2))
        assert entry is not None
        assert drafts.send(entry) is None
        sent = drafts.newest_id(PUT)
        assert drafts.is_under_way(PUT, sent)
        await making.world.settle()
        assert not drafts.is_under_way(PUT, sent)
        assert obligations.measure is not None
        assert obligations.measure.state(PUT) is QuotingState.LIVE
        wider = drafts.widened(PUT)
        assert wider is not None
        assert wider.bid_price <= entry.bid_price
        assert wider.ask_price >= entry.ask_price
        assert wider.ask_price - wider.bid_price > entry.ask_price - entry.bid_price
        assert drafts.send(wider) is None
        await making.world.settle()
        assert obligations.measure.state(PUT) is QuotingState.LIVE

    making_story(tmp_path, story)


@pytest.mark.requirement("M7", "M8")
def test_who_answered_an_inquiry_is_known(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        await making.ask(PUT)
        (waiting,) = making.obligations.inquiry_results()
        assert waiting.status is InquiryStatus.OPEN
        assert making.log.answer(waiting.inquiry) is None
        entry = making.drafts.draft(PUT)
        assert entry is not None
        assert making.drafts.send(entry, waiting.inquiry) is None
        await making.world.settle()
        (answered,) = making.obligations.inquiry_results()
        assert answered.status is InquiryStatus.ANSWERED
        answer = making.log.answer(answered.inquiry)
        assert answer is not None
        assert answer.by_hand
        assert (answer.quote.quote_id, answer.quote.original_bid_quantity) == (answered.quote_id, 10)

    making_story(tmp_path, story)


@pytest.mark.requirement("M8")
def test_a_strategys_quote_that_stands_answers_at_once_and_is_known_for_its(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        making.rig.gate.set_sheet(STRATEGY, limits())
        # Wide enough that the exchange sends the inquiry on
        assert making.rig.quoting.quote(quote(PUT, "0.0665", "0.0728"), STRATEGY) is None
        await making.world.settle()
        await making.ask(PUT)
        (answered,) = making.obligations.inquiry_results()
        assert (answered.status, answered.response_seconds) == (InquiryStatus.ANSWERED, 0.0)
        answer = making.log.answer(answered.inquiry)
        assert answer is not None
        assert (answer.sender, answer.by_hand) == (STRATEGY, False)

    making_story(tmp_path, story)


@pytest.mark.requirement("X10")
def test_a_day_is_counted_again_under_other_terms_and_the_month_has_no_day_before_it(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        entry = making.drafts.draft(PUT)
        assert entry is not None
        making.drafts.send(entry)
        await making.wait(5.0)
        await making.rig.journal.flush()
        obligations = making.obligations
        measure, mine = obligations.measure, obligations.result()
        assert measure is not None
        assert mine is not None
        until = measure.moment(measure.now_us)
        same = await making.scores.day(measure.terms, measure.trading_day, until)
        assert same is not None
        assert same.figures.totals_us.tolist() == mine.figures.totals_us.tolist()
        other = await making.scores.day(terms_of("sse_simulation_2014"), measure.trading_day, until)
        assert other is not None
        assert other.terms.name == "sse_simulation_2014"
        month = await making.scores.month(measure.terms, measure.trading_day)
        assert (month.days, month.mean != month.mean) == (0, True)

    making_story(tmp_path, story)


@pytest.mark.requirement("M3")
@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (EffectRule.CLOSE_FIRST, (PositionEffect.CLOSE, PositionEffect.OPEN)),
        (EffectRule.OPEN_FIRST, (PositionEffect.OPEN, PositionEffect.OPEN)),
        (EffectRule.ASK_CLOSES, (PositionEffect.OPEN, PositionEffect.CLOSE)),
    ],
)
def test_a_quote_by_hand_opens_and_closes_by_its_rule(
    tmp_path: Path, effect: EffectRule, expected: tuple[PositionEffect, PositionEffect]
) -> None:
    async def story(making: MakingRig) -> None:
        rig = making.rig
        portfolio = rig.portfolio
        assert portfolio.funds is not None
        portfolio.on_account(
            AccountReport(
                sequence=rig.desk.last_sequence,
                account_id=rig.desk.account_id,
                at=rig.desk.clock.now(),
                funds=portfolio.funds,
                positions=(Position(contract_code=PUT, side=PositionSide.SHORT, quantity=10),),
                holdings=(),
                profile=portfolio.profile,
            )
        )
        drafts = QuoteDrafts(rig.desk.market, rig.theoretical, making.obligations, rig.quoting, effect)
        made = drafts.with_effects(quote(PUT, "0.0690", "0.0720"))
        assert (made.bid_effect, made.ask_effect) == expected
        assert drafts.with_effects(quote("99999999", "0.0690", "0.0720")).bid_effect is PositionEffect.OPEN

    making_story(tmp_path, story)
