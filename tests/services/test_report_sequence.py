"""Numbered reports in their sequence: gaps are filled before anything later, and asked for at a bounded pace."""

from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import OrderReport, Recovered, Resend
from terminal.domain.orders import OrderStatus
from terminal.domain.ports import LinkState
from tests.harness import CALL, DeskRig, World, limit, play

RESTING = limit(CALL, "0.4000", 3)


def resends(rig: DeskRig) -> list[int]:
    return [c.last_sequence for c in rig.gateway.sent if isinstance(c, Resend)]


@pytest.mark.fault("F06")
def test_a_gap_is_asked_for_and_nothing_later_is_processed_before_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.meddle = lambda event: (
            [] if isinstance(event, OrderReport) and event.sequence in (1, 2) else [event]
        )
        first = await rig.orders.submit(limit(CALL, "0.4630", 3))  # reports 1 and 2
        second = await rig.orders.submit(limit(CALL, "0.4630", 2))  # reports 3 and 4
        rig.gateway.deliver_to_venue()
        rig.gateway.hold_to_venue = True
        await world.settle()
        rig.gateway.meddle = None
        assert rig.order(first).status is rig.order(second).status is OrderStatus.SUBMITTED
        assert rig.portfolio.fills == []
        assert rig.desk.last_sequence == 0
        assert resends(rig) == [0]
        rig.gateway.hold_to_venue = False
        await world.settle()
        assert rig.order(first).status is rig.order(second).status is OrderStatus.FILLED
        assert [fill.quantity for fill in rig.portfolio.fills] == [3, 2]
        assert rig.held() == {(CALL, PositionSide.LONG): 5}
        assert resends(rig) == [0]
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F06", "F14")
def test_the_newest_report_lost_is_noticed_by_the_next_picture(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.meddle = lambda event: [] if isinstance(event, OrderReport) else [event]
        order = await rig.orders.submit(limit(CALL, "0.4630", 3))
        rig.gateway.deliver_to_venue()
        rig.gateway.hold_to_venue = True
        await world.settle()
        assert resends(rig) == [0]
        assert rig.held() == {}
        rig.gateway.meddle = None
        rig.gateway.hold_to_venue = False
        await world.settle()
        assert rig.order(order).status is OrderStatus.FILLED
        assert rig.held() == {(CALL, PositionSide.LONG): 3}
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F08")
def test_a_gap_that_cannot_be_filled_is_asked_for_at_a_bounded_pace(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.meddle = lambda event: [] if isinstance(event, OrderReport) and event.sequence == 1 else [event]
        for _ in range(5):
            await rig.orders.submit(RESTING)
            await world.settle()
        assert resends(rig) == [0]
        world.pass_time(1.1, ticks=55)
        await world.settle()
        assert resends(rig) == [0, 0]
        rig.gateway.meddle = None
        world.pass_time(1.1, ticks=55)
        await world.settle()
        assert rig.desk.last_sequence == 5
        assert all(order.status is OrderStatus.WORKING for order in rig.orders.orders)

    play(tmp_path, story)


@pytest.mark.fault("F06")
def test_recovery_is_not_over_before_its_last_report_is_here(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(RESTING)
        rig.gateway.deliver_to_venue()
        rig.gateway.cut()
        rig.gateway.meddle = lambda event: [] if isinstance(event, OrderReport) else [event]
        rig.gateway.connect()
        rig.gateway.deliver_to_venue()
        rig.gateway.hold_to_venue = True
        await world.settle()
        assert isinstance(rig.gateway.received[-1], Recovered)
        assert rig.desk.link.value == "recovering"
        assert not rig.orders.accepting
        rig.gateway.meddle = None
        rig.gateway.hold_to_venue = False
        await world.settle()
        assert rig.desk.link is LinkState.UP
        assert [order.status for order in rig.orders.orders] == [OrderStatus.WORKING]

    play(tmp_path, story)


@pytest.mark.fault("F06")
def test_a_recovery_whose_gap_is_lost_twice_is_asked_for_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(RESTING)
        rig.gateway.deliver_to_venue()
        rig.gateway.cut()
        rig.gateway.meddle = lambda event: [] if isinstance(event, OrderReport) else [event]
        rig.gateway.connect()
        await world.settle()
        assert not rig.orders.accepting
        rig.gateway.meddle = None
        world.pass_time(1.1, ticks=55)
        await world.settle()
        assert rig.orders.accepting
        assert [order.status for order in rig.orders.orders] == [OrderStatus.WORKING]

    play(tmp_path, story)
