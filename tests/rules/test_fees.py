"""Fees of a fill (rulebook 9): 1.30 exchange, 0.30 clearing, 1.40 broker."""

from decimal import Decimal

import msgspec
import pytest

from terminal.domain.orders import Instruction
from terminal.rules.fees import fill_fee
from terminal.rules.profile import Profile


@pytest.mark.requirement("O10")
@pytest.mark.parametrize("instruction", Instruction)
def test_opening_by_selling_pays_the_broker_only(profile: Profile, instruction: Instruction) -> None:
    waived = instruction in (Instruction.SELL_OPEN, Instruction.COVERED_OPEN)
    assert str(fill_fee(profile.fees, instruction, 7)) == ("9.80" if waived else "21.00")


@pytest.mark.requirement("O10")
def test_without_the_waiver_everyone_pays(profile: Profile) -> None:
    fees = msgspec.structs.replace(profile.fees, sell_open_waived=False)
    assert {fill_fee(fees, instruction, 1) for instruction in Instruction} == {Decimal("3.00")}
