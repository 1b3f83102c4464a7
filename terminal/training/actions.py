"""What a scripted trainee can do (脚本学员)."""

from enum import StrEnum


class ActionKind(StrEnum):
    """One step at the desk."""

    ACKNOWLEDGE = "acknowledge"
    """Every open reminder of a kind; of any kind where none is named"""
    ORDER = "order"
    CANCEL_ALL = "cancel_all"
    EXERCISE = "exercise"
    WITHDRAW_EXERCISE = "withdraw_exercise"
    MERGED_EXERCISE = "merged_exercise"
    LOCK = "lock"
    UNLOCK = "unlock"
    CASH_IN = "cash_in"
    SHARES_IN = "shares_in"
    TO_COVERED = "to_covered"
    RELEASE = "release"
    """Every combination"""
    QUOTE = "quote"
    """Both sides of a contract around its middle"""
    PULL = "pull"
    """All quotes"""
    ANSWER = "answer"
    """Every inquiry that is open"""
    HINT = "hint"
