"""Front-end control: a quote is held to the terms, an answer to its hold, a pull to its price."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.quotes import Handling, QuoteEntry
from terminal.domain.reasons import Reason
from terminal.rules.obligations.control import QuoteChange, check_quote, may_cancel_answer, pull_question
from tests.rules.obligations.day import at, day, live, quote_fault, terms_of

GENERIC = terms_of("sse_generic")
REFUSE, ADJUST = Handling.REFUSE, Handling.ADJUST


def entry(bid: str, ask: str, bid_quantity: int = 10, ask_quantity: int = 10) -> QuoteEntry:
    return QuoteEntry(
        contract_code="10000001",
        bid_price=Decimal(bid),
        bid_quantity=bid_quantity,
        ask_price=Decimal(ask),
        ask_quantity=ask_quantity,
    )


@pytest.mark.requirement("M5")
def test_a_quote_within_the_terms_is_as_it_was() -> None:
    # rulebook 8.4: 10 % of 0.0500
    quote = entry("0.0500", "0.0550")
    for handling in Handling:
        checked = check_quote(quote, GENERIC, near=True, handling=handling)
        assert (checked.entry, checked.changes, checked.denial) == (quote, (), None)


@pytest.mark.requirement("M5")
@pytest.mark.parametrize(
    ("quote", "reason", "given", "allowed"),
    [
        (entry("0.0500", "0.0551"), Reason.QUOTE_SPREAD, "0.0051", "0-0.0050"),
        (entry("0.0500", "0.0550", 9), Reason.QUOTE_SIZE, "9", "10-"),
        (entry("0.0500", "0.0550", ask_quantity=1), Reason.QUOTE_SIZE, "1", "10-"),
        (entry("0.0500", "0.0500"), Reason.QUOTE_CROSSED, "0.0500", ""),
        (entry("0.0500", "NaN"), Reason.QUOTE_TWO_SIDED, "", ""),
        (entry("0", "0.0500"), Reason.QUOTE_TWO_SIDED, "", ""),
        (entry("0.0500", "0.0550", 0), Reason.QUOTE_TWO_SIDED, "", ""),
    ],
)
@pytest.mark.fault("F72")
def test_a_wider_or_smaller_quote_is_refused_with_the_figures(
    quote: QuoteEntry, reason: Reason, given: str, allowed: str
) -> None:
    denial = check_quote(quote, GENERIC, near=True, handling=REFUSE).denial
    assert denial is not None
    assert (denial.reason, denial.given, denial.allowed) == (reason, given, allowed)


@pytest.mark.requirement("M5")
def test_or_it_is_narrowed_and_raised_and_the_change_is_told() -> None:
    # 56 ticks wide, 10 % of 0.0503 is 50.3: three ticks up, three down
    checked = check_quote(entry("0.0500", "0.0556", 3), GENERIC, near=True, handling=ADJUST)
    assert checked.changes == (
        QuoteChange("bid_price", Decimal("0.0500"), Decimal("0.0503")),
        QuoteChange("bid_quantity", 3, 10),
        QuoteChange("ask_price", Decimal("0.0556"), Decimal("0.0553")),
    )
    assert (checked.entry.bid_price, checked.entry.ask_price) == (Decimal("0.0503"), Decimal("0.0553"))
    # What is not even one tick wide cannot be helped
    denied = check_quote(entry("4", "5"), GENERIC, near=True, handling=ADJUST, tick_size=Decimal("1")).denial
    assert denied is not None
    assert denied.reason is Reason.QUOTE_SPREAD


@pytest.mark.requirement("M5")
@settings(max_examples=200)
@given(
    st.integers(1, 3000),
    st.integers(1, 900),
    st.integers(1, 30),
    st.integers(1, 30),
    st.booleans(),
    st.sampled_from(["sse_generic", "sse_simulation_2014", "hkex", "deribit"]),
)
def test_whatever_is_adjusted_counts_and_lies_inside_what_was_asked(
    bid: int, width: int, bid_quantity: int, ask_quantity: int, near: bool, name: str
) -> None:
    terms = terms_of(name)
    quote = entry(f"{bid / 10000:.4f}", f"{(bid + width) / 10000:.4f}", bid_quantity, ask_quantity)
    checked = check_quote(quote, terms, near=near, handling=ADJUST, delta=0.3)
    if checked.denial is not None:
        # Not even one tick is allowed inside
        assert checked.denial.reason is Reason.QUOTE_SPREAD
        assert (bid + width) * 2 < 100
        return
    new = checked.entry
    found = quote_fault(terms, new.bid_price, new.bid_quantity, new.ask_price, new.ask_quantity, near=near, delta=0.3)
    assert found is None
    assert quote.bid_price <= new.bid_price < new.ask_price <= quote.ask_price
    up, down = new.bid_price - quote.bid_price, quote.ask_price - new.ask_price
    assert 0 <= down - up <= Decimal("0.0001")
    refused = check_quote(quote, terms, near=near, handling=REFUSE, delta=0.3)
    assert (refused.denial is None) == (not checked.changes)


@pytest.mark.requirement("M8")
def test_an_answer_is_held_unless_protection_pulls_it() -> None:
    # rulebook 8.4: 20 s
    rules, answered = GENERIC.inquiries, at("10:00:00")
    early = may_cancel_answer(answered, rules, answered + timedelta(seconds=5))
    assert (early.allowed, early.until, early.seconds_left) == (False, at("10:00:20"), 15.0)
    assert may_cancel_answer(answered, rules, answered + timedelta(seconds=5), by_protection=True).allowed
    assert may_cancel_answer(answered, rules, at("10:00:20")).allowed
    assert may_cancel_answer(None, rules, answered).allowed


@pytest.mark.requirement("M7")
def test_pulling_is_a_question_of_the_contract_rate() -> None:
    # Five contracts, 80 %: one may be spared; 14,220 s owed, 4,266 may be missed (rulebook 8.4, 2.4)
    codes = [str(10000001 + n) for n in range(5)]
    measure = day(*codes)
    for number, code in enumerate(codes):
        live(measure, f"09:3{number}:00", code)
    measure.advance(at("09:40:00"))
    figures = measure.figures()
    one = pull_question(figures, frozenset(codes[:1]))
    assert (one.failing, one.breaks, one.seconds_until_break) == ((codes[0],), False, None)
    two = pull_question(figures, frozenset(codes[:2]))
    assert (two.reachable_before, two.reachable_after, two.required) == (5, 3, 4)
    # The second one falls when the first, with a minute more, has fallen too
    assert (two.breaks, two.seconds_until_break) == (True, 4266.0)
    short = pull_question(figures, frozenset(codes), seconds=4026.0)
    assert (short.failing, short.breaks) == ((), False)
    short = pull_question(figures, frozenset(codes), seconds=4026.1)
    assert (short.failing, short.breaks) == ((codes[4],), False)
    assert pull_question(figures, frozenset(["10009999"])).failing == ()
    safe = day(*codes)
    for code in codes:
        live(safe, "09:00:00", code)
    safe.advance(at("14:00:00"))
    assert pull_question(safe.figures(), frozenset(codes)).failing == ()
