"""Stops of a person on a real desk: what each tier takes out, what leaves no more, and who lifts it."""

import asyncio
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.messages import CancelAll
from terminal.domain.orders import Instruction, OrderStatus, Side
from terminal.domain.reasons import Reason
from terminal.rules.protection.stops import StopTier
from tests.harness import CONTRACTS, FUND, PUT, World, limit, play
from tests.quoting_rig import open_maker
from tests.services.guarded_desk import TASKS, guarded, live, quote_both, rest


@pytest.mark.requirement("X4")
@pytest.mark.fault("F22", "F16")
def test_the_stop_of_everything_takes_all_out_and_a_second_person_lifts_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig, needs_second=True)
        quote_both(rig)
        order = await rig.orders.submit(limit(PUT, "0.0600"))
        await world.settle()
        guard.stop(StopTier.CANCEL_ALL, "ann")
        await rest(world)
        assert live(rig) == []
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert any(isinstance(command, CancelAll) for command in rig.gateway.sent)
        refused = await rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.STOPPED
        assert quote_both(rig) == 0
        # Cancels go whatever is stopped
        assert rig.quoting.cancel()
        for second in ("", "ann"):
            denial = guard.lift("ann", second)
            assert denial is not None
            assert denial.reason is Reason.FORBIDDEN
        assert guard.lift("ann", "bob") is None
        assert quote_both(rig) == 2
        assert guard.records[-1].what == "stops lifted, agreed by bob"

    play(tmp_path, story)


@pytest.mark.fault("F22")
def test_an_order_on_its_way_to_the_disk_when_the_stop_comes_does_not_leave(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        rig.journal.hold = True
        sending = asyncio.ensure_future(rig.orders.submit(limit(PUT, "0.0600")))
        await asyncio.sleep(0)
        guard.stop(StopTier.CANCEL_ALL, "ann")
        await rig.journal.release()
        order = await sending
        assert (order.status, order.reason) == (OrderStatus.REJECTED, Reason.STOPPED)
        await rest(world)

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_the_milder_tiers_take_out_what_they_concern(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        buy = await rig.orders.submit(limit(PUT, "0.0600"))
        sell = await rig.orders.submit(limit(PUT, "0.0900", 1, Instruction.SELL_OPEN))
        quote_both(rig)
        await world.settle()
        guard.stop(StopTier.SIDE, "ann", side=Side.BUY)
        await rest(world)
        assert rig.order(buy).status is OrderStatus.CANCELLED
        assert rig.order(sell).status is OrderStatus.WORKING
        assert live(rig) == []
        guard.stop(StopTier.EXPIRY, "ann", underlying=FUND, expiry=CONTRACTS[0].expiry)
        await rest(world)
        assert rig.order(sell).status is OrderStatus.CANCELLED
        assert guard.stop_tier is StopTier.EXPIRY
        assert guard.lift("ann") is None
        guard.stop(StopTier.REDUCE_ONLY, "ann")
        refused = await rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.REDUCE_ONLY
        for missing in (StopTier.SIDE, StopTier.EXPIRY):
            with pytest.raises(BadInput):
                guard.stop(missing, "ann")
        with pytest.raises(BadInput):
            guard.stop(StopTier.REDUCE_ONLY, "")

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_the_farthest_stop_lets_the_line_go(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig, disconnect=rig.gateway.cut)
        quote_both(rig)
        await world.settle()
        guard.stop(StopTier.DISCONNECT, "ann")
        await asyncio.gather(*TASKS)
        TASKS.clear()
        assert not rig.gateway.connected

    play(tmp_path, story)
