"""Where an account stands on the broker's steps of the risk ratio (风险度), rulebook 11b."""

from enum import StrEnum

from terminal.domain.accounts import Funds
from terminal.rules.profile import RiskLights


class RiskLevel(StrEnum):
    """Steps of the risk ratio, the mildest first; each holds from its mark on."""

    NORMAL = "normal"
    WARN = "warn"
    """预警"""
    CALL = "call"
    """追保"""
    FORCE = "force"
    """强平"""


def risk_level(funds: Funds | None, lights: RiskLights) -> RiskLevel:
    """The step the account stands on; margin without any cash is the last one."""
    if funds is None:
        return RiskLevel.NORMAL
    ratio = funds.risk_ratio
    if ratio is None:
        return RiskLevel.FORCE if funds.margin > 0 else RiskLevel.NORMAL
    if ratio < lights.warn:
        return RiskLevel.NORMAL
    if ratio < lights.call:
        return RiskLevel.WARN
    return RiskLevel.CALL if ratio < lights.force else RiskLevel.FORCE
