"""What a person is warned of before an opening order (下单前提醒), guideline 2.4: deep out of the money, near expiry,
adjusted, margin tight. Warned is not refused: each warning is acknowledged by itself, and then the order goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from terminal.domain.accounts import Funds
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, PositionEffect
from terminal.rules.expiry.worth import inside_by


class OrderWarning(StrEnum):
    """Its value is the name it has in the journal and among the reminders."""

    DEEP_OUT_OF_MONEY = "deep_out_of_money"
    """严重价外, T8"""
    NEAR_EXPIRY = "opens_near_expiry"
    """临近到期, T9"""
    ADJUSTED = "opens_adjusted"
    """合约已调整, T10"""
    MARGIN_TIGHT = "margin_tight"
    """The risk ratio would stand over its first line (风险度), R6"""


@dataclass(frozen=True, slots=True)
class WarningLimits:
    """From where on it is warned: the profile's figures or the user's (rulebook 11b)."""

    near_expiry_days: int
    """Trading days"""
    deep_out_percent: Decimal
    deep_out_delta: Decimal
    margin_warn: Decimal


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning with the figures of its sentence."""

    warning: OrderWarning
    figures: Mapping[str, str] = field(default_factory=dict)


def warnings_of(
    contract: Contract,
    instruction: Instruction,
    *,
    spot: Decimal,
    delta: float | None,
    days_left: int,
    funds: Funds | None,
    frozen: Decimal,
    held_margin: Decimal,
    limits: WarningLimits,
) -> Iterator[Warned]:
    """Everything an opening order is warned of; nothing for one that closes.

    `delta` is that of one share, None where there is none. `frozen` and `held_margin`: what the order would set aside
    and hold as margin, yuan.
    """
    if instruction.position_effect is PositionEffect.CLOSE:
        return
    out_percent = -inside_by(contract.right, contract.strike, spot) / spot * 100 if spot > 0 else Decimal(0)
    is_small = delta is not None and abs(delta) < float(limits.deep_out_delta)
    if out_percent > limits.deep_out_percent or (is_small and out_percent > 0):
        figures = {"percent": f"{out_percent:.1f}"}
        yield Warned(
            OrderWarning.DEEP_OUT_OF_MONEY, figures if delta is None else figures | {"delta": f"{abs(delta):.3f}"}
        )
    if days_left <= limits.near_expiry_days:
        yield Warned(OrderWarning.NEAR_EXPIRY, {"days": str(days_left), "day": contract.expiry.isoformat()})
    if contract.is_adjusted:
        yield Warned(OrderWarning.ADJUSTED, {"unit": str(contract.multiplier), "strike": f"{contract.strike:f}"})
    if funds is not None and held_margin > 0 and funds.balance > 0:
        after = (max(funds.margin, funds.maintenance) + funds.frozen_margin + held_margin) / funds.balance
        if after >= limits.margin_warn:
            yield Warned(
                OrderWarning.MARGIN_TIGHT,
                {"ratio": f"{after:.4f}", "warn": f"{limits.margin_warn:f}", "frozen": f"{frozen:f}"},
            )
