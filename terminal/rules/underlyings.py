"""The day's underlyings (合约标的), out of the profile and their previous closes."""

from decimal import Decimal

from terminal.domain.contracts import Underlying, kind_of
from terminal.domain.errors import BadInput
from terminal.rules.price_limits import underlying_limits
from terminal.rules.profile import Profile, UnderlyingRules


def underlying_rules(profile: Profile, code: str) -> UnderlyingRules:
    """The rules of one underlying. Raises BadInput when the profile lists no options on it."""
    rules = profile.underlying(code)
    if rules is None:
        listed = ", ".join(u.code for u in profile.underlyings)
        raise BadInput("underlying", code, f"one of {listed}")
    return rules


def build_underlying(profile: Profile, code: str, previous_close: Decimal) -> Underlying:
    """One underlying with its limits for the day; on an ex-day `previous_close` is the adjusted one.

    Raises BadInput for a code the profile does not list and for a close that is not above zero.
    """
    rules = underlying_rules(profile, code)
    if not previous_close.is_finite() or previous_close <= 0:
        raise BadInput("previous close", previous_close, "a price above zero")
    limits = underlying_limits(previous_close, rules.limit_rate, rules.tick_size)
    return Underlying(
        code=code,
        name=rules.name,
        pinyin=rules.pinyin,
        kind=kind_of(code),
        previous_close=previous_close,
        limit_rate=rules.limit_rate,
        tick_size=rules.tick_size,
        limit_up=limits.limit_up,
        limit_down=limits.limit_down,
    )
