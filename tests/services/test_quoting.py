"""Quotes of the desk against the real venue: one message, answers matched, lost lines, restarts, a disk that fails."""

import asyncio
import json
from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.errors import JournalError
from terminal.domain.messages import CancelQuotes, Event, QuoteReport, SubmitQuotes
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind
from terminal.services.gate import DESK
from terminal.services.orders import OVERDUE_SECONDS
from tests.harness import CHEAP_CALL, FUND, PUT, World, limit, play
from tests.quoting_rig import open_maker, quote, quote_cancels, quote_messages, reports, with_limits

LONG, SHORT = PositionSide.LONG, PositionSide.SHORT


@pytest.mark.requirement("M3", "M4")
def test_a_mass_quote_is_one_message_and_every_answer_finds_its_contract(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083", 7)])
        outcome = rig.quoting.submit(batch)
        assert outcome.sent == 2
        (message,) = quote_messages(rig)
        assert [entry.contract_code for entry in message.entries] == [PUT, CHEAP_CALL]
        assert not message.by_program
        await world.settle()
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid, live.bid_quantity, live.ask, live.ask_quantity) == (692, 5, 708, 5)
        board, number = rig.quoting.board, rig.theoretical.universe.number_of[CHEAP_CALL]
        assert (board.worst_bid_quantity[number], board.worst_ask[number], board.newest[number]) == (7, 83, "")
        assert rig.quoting.in_doubt == 0

    play(tmp_path, story)


def test_the_most_urgent_quotes_may_go_ahead_in_a_message_of_their_own(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083")])
        outcome = rig.quoting.submit(batch, first=1)
        assert len(outcome.quote_ids) == 2
        assert [len(message.entries) for message in quote_messages(rig)] == [1, 1]

    play(tmp_path, story)


@pytest.mark.requirement("M3", "O10")
def test_a_newer_quote_takes_the_place_of_the_older_one_and_is_never_doubled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        for bid in ("0.0690", "0.0691", "0.0692"):
            assert rig.quoting.quote(quote(PUT, bid, "0.0708")) is None
        number = rig.theoretical.universe.number_of[PUT]
        # Unanswered, the larger of all is counted once and not added up
        assert rig.quoting.board.worst_bid_quantity[number] == 5
        await world.settle()
        statuses = [report.status for report in reports(rig)]
        assert statuses == [QuoteStatus.LIVE, *([QuoteStatus.REPLACED, QuoteStatus.LIVE] * 2)]
        live = rig.quoting.live(PUT)
        assert live is not None
        assert live.bid == 692
        assert len(list(world.market.counter.working_orders())) == 2

    play(tmp_path, story)


@pytest.mark.requirement("M3", "O12")
def test_a_fill_is_booked_once_and_takes_from_the_side_alone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        other = await world.open_desk("D2", "880000009999")
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        await other.orders.submit(limit(PUT, "0.0692", 2, Instruction.SELL_OPEN))
        await world.settle()
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid_quantity, live.ask_quantity) == (3, 5)
        assert rig.held() == {(PUT, LONG): 2}
        (side,) = rig.orders.orders
        assert side.status is OrderStatus.PARTIALLY_FILLED
        # A side of a quote is no order to be cancelled: cancel-all leaves it to the quote
        assert rig.orders.working() == []
        assert await rig.orders.cancel_all() == 0
        assert not await rig.orders.cancel(side.client_order_id)
        rig.quoting.cancel(PUT)
        await world.settle()
        assert rig.quoting.live(PUT) is None
        assert rig.order(side).status is OrderStatus.CANCELLED
        assert rig.portfolio.breaks == set()

    play(tmp_path, story)


def test_a_quote_whose_both_sides_trade_away_is_over(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        other = await world.open_desk("D2", "880000009999")
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        await other.orders.submit(limit(PUT, "0.0692", 5, Instruction.SELL_OPEN))
        await world.settle()
        await other.orders.submit(limit(PUT, "0.0708", 5))
        await world.settle()
        assert rig.quoting.live(PUT) is None
        assert rig.held() == {(PUT, LONG): 5, (PUT, SHORT): 5}
        assert [order.status for order in rig.orders.orders] == [OrderStatus.FILLED] * 2

    play(tmp_path, story)


@pytest.mark.fault("F25")
def test_of_a_mass_quote_the_refused_legs_are_not_live_and_the_others_are(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        # 60 is more than a quote may have at the venue; the desk's open sheet lets it through
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708", 60), quote(CHEAP_CALL, "0.0079", "0.0083")])
        rig.quoting.submit(batch)
        await world.settle()
        assert rig.quoting.live(PUT) is None
        assert rig.quoting.live(CHEAP_CALL) is not None
        assert (rig.quoting.refused, rig.quoting.in_doubt) == (1, 0)
        number = rig.theoretical.universe.number_of[PUT]
        assert rig.quoting.board.worst_bid_quantity[number] == 0

    play(tmp_path, story)


@pytest.mark.fault("F01", "F05")
@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "lost"])
def test_a_quote_on_a_line_that_breaks_is_in_doubt_until_recovery_tells(tmp_path: Path, arrived: bool) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        if arrived:
            rig.gateway.deliver_to_venue()
        rig.gateway.cut()
        assert rig.quoting.in_doubt == 1
        assert AlarmKind.QUOTE_IN_DOUBT in rig.alarm_kinds()
        number = rig.theoretical.universe.number_of[PUT]
        assert rig.quoting.board.worst_bid_quantity[number] == 5
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is not None
        rig.gateway.connect()
        await world.settle()
        assert (rig.quoting.live(PUT) is not None) is arrived
        assert rig.quoting.board.worst_bid_quantity[number] == (5 if arrived else 0)
        assert rig.quoting.in_doubt == 0
        assert len(quote_messages(rig)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F01")
def test_a_line_that_stays_away_costs_the_quotes_and_the_desk_learns_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        rig.gateway.cut()
        world.pass_time(3.0, ticks=30)
        assert rig.quoting.live(PUT) is not None
        rig.gateway.connect()
        await world.settle()
        assert rig.quoting.live(PUT) is None
        assert reports(rig)[-1].reason is Reason.CANCELLED_ON_DISCONNECT

    play(tmp_path, story)


@pytest.mark.fault("F04", "F51")
def test_a_desk_that_starts_again_knows_its_quotes_and_takes_them_out(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        rig.quoting.quote(quote(CHEAP_CALL, "0.0079", "0.0083"))
        rig.gateway.deliver_to_venue()
        await rig.journal.flush()
        await world.kill_desk("D1")
        again = await open_maker(world)
        await world.settle()
        assert quote_cancels(again) == [CancelQuotes()]
        assert again.quoting.board.live_numbers == []
        assert list(world.market.counter.working_orders()) == []
        # Its numbers go on where they were
        again.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        assert quote_messages(again)[0].quote_id.endswith("Q0000003")

    play(tmp_path, story)


@pytest.mark.fault("F51", "F55")
def test_a_quote_whose_record_the_disk_lost_is_told_by_the_venue(tmp_path: Path) -> None:
    """Quotes do not wait for the disk: this is why nothing is lost by it."""

    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.journal.hold = True
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        rig.gateway.deliver_to_venue()
        await world.kill_desk("D1")
        again = await open_maker(world)
        await world.settle()
        # The venue told of a quote that this disk never saw; nobody minds it, so it is taken out
        assert reports(again)[0].status is QuoteStatus.LIVE
        assert list(world.market.counter.working_orders()) == []
        again.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        assert again.quoting.live(PUT) is not None
        assert len({message.quote_id for message in quote_messages(again)} | {reports(again)[0].quote_id}) == 2

    play(tmp_path, story)


def test_the_record_is_handed_in_before_the_line_gets_a_byte(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.journal.hold = True
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        assert (rig.journal.held_count, len(quote_messages(rig))) == (1, 1)
        # What the quote was made of is written once all of a burst have left
        await asyncio.sleep(0)
        assert (rig.journal.held_count, len(quote_messages(rig))) == (2, 1)
        await rig.journal.release()
        written = [record for record in rig.journal.read() if record.kind is RecordKind.QUOTED]
        assert len(written) == 1

    play(tmp_path, story)


@pytest.mark.fault("F56", "F16")
def test_when_the_disk_fails_quotes_are_taken_out_no_new_one_leaves_and_cancels_do(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        rig.journal.failure = JournalError("disk full")
        rig.quoting.quote(quote(PUT, "0.0693", "0.0708"))
        await world.settle()
        assert rig.quoting.closed_because is Reason.JOURNAL_FAILED
        assert rig.quoting.board.live_numbers == []
        denial = rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        assert denial is not None
        assert denial.reason is Reason.JOURNAL_FAILED
        assert rig.quoting.cancel()

    play(tmp_path, story)


@pytest.mark.fault("F16")
def test_a_cancel_pressed_while_the_line_is_down_goes_out_when_it_is_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        rig.gateway.cut()
        assert not rig.quoting.cancel(PUT)
        rig.gateway.connect()
        await world.settle()
        assert quote_cancels(rig) == [CancelQuotes(contract_code=PUT)]
        assert rig.quoting.live(PUT) is None

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_a_quote_without_an_answer_on_a_good_line_is_doubted_and_pulled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.gateway.hold_to_venue = True
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        rig.gateway.to_venue.clear()
        world.clock.seconds += OVERDUE_SECONDS + 0.1
        rig.desk.ping()
        rig.desk.ping()
        rig.gateway.hold_to_venue = False
        await world.settle()
        assert rig.quoting.in_doubt == 1
        assert quote_cancels(rig) == [CancelQuotes(contract_code=PUT)]
        # What replaces it settles it
        rig.quoting.quote(quote(PUT, "0.0691", "0.0708"))
        await world.settle()
        assert rig.quoting.in_doubt == 0
        assert rig.alarm_kinds() == [AlarmKind.QUOTE_IN_DOUBT]

    play(tmp_path, story)


def test_a_message_refused_as_a_whole_leaves_nothing_waiting(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        rig.gateway.send(quote_messages(rig)[0])
        rig.quoting._ids._count -= 1
        rig.quoting.quote(quote(PUT, "0.0691", "0.0708"))
        await world.settle()
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid, rig.quoting.in_doubt) == (692, 0)

    play(tmp_path, story)


def test_reports_that_come_late_or_twice_change_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)

        def twice(event: Event) -> list[Event]:
            return [event, event] if isinstance(event, QuoteReport) else [event]

        rig.gateway.meddle = twice
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        rig.quoting.quote(quote(PUT, "0.0693", "0.0708"))
        await world.settle()
        live = rig.quoting.live(PUT)
        assert live is not None
        assert live.bid == 693

    play(tmp_path, story)


def test_contracts_are_taken_out_by_underlying_when_all_of_it_goes(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083")])
        rig.quoting.submit(batch)
        await world.settle()
        number_of = rig.theoretical.universe.number_of
        assert rig.quoting.cancel_numbers([number_of[PUT]]) == 1
        await world.settle()
        assert quote_cancels(rig) == [CancelQuotes(contract_code=PUT)]
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await world.settle()
        assert rig.quoting.cancel_sender(DESK) == 2
        assert quote_cancels(rig)[1:] == [CancelQuotes(underlying=FUND)]
        await world.settle()
        assert rig.quoting.board.live_numbers == []

    play(tmp_path, story)


@pytest.mark.fault("F89", "F90")
def test_a_lower_limit_counts_from_the_next_quote_on(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        assert rig.quoting.failures(quote(PUT, "0.0692", "0.0708")) == []
        with_limits(rig, order_quantity=4)
        (denial,) = rig.quoting.failures(quote(PUT, "0.0692", "0.0708"))
        assert (denial.reason, denial.given, denial.allowed) == (Reason.ORDER_SIZE, "5", "4")
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) == denial
        assert not any(isinstance(command, SubmitQuotes) for command in rig.gateway.sent)

    play(tmp_path, story)


@pytest.mark.requirement("X9")
def test_what_a_quote_was_made_of_is_in_the_journal(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.submit(
            rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083")])
        )
        price = rig.theoretical.price.copy()
        await world.settle()
        notes = [json.loads(r.body) for r in rig.journal.read() if r.kind is RecordKind.WORTH]
        numbers = [rig.theoretical.universe.number_of[code] for code in (PUT, CHEAP_CALL)]
        (sent,) = quote_messages(rig)
        assert notes == [
            {"quote": sent.quote_id, "by": "desk", "theoretical": [round(float(price[n]), 2) for n in numbers]}
        ]

    play(tmp_path, story)
