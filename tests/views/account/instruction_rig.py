"""Hands for the form of instructions, and what it has sent."""

from typing import Any

from terminal.domain.messages import Instruct
from terminal.views.account.instruction_form import InstructionForm


def sent(gateway: Any) -> list[Instruct]:
    """The instructions that left, oldest first."""
    return [command for command in gateway.sent if isinstance(command, Instruct)]


def choose(form: InstructionForm, box: str, wanted: str) -> None:
    """Pick an entry of a box by its value."""
    combo = getattr(form, box)
    combo.setCurrentIndex(combo.findData(wanted))
    combo.activated.emit(combo.currentIndex())


def write(form: InstructionForm, text: str, field: str = "quantity") -> None:
    """Type over what stands in a field."""
    line = getattr(form, field)
    # QTest types no full-width digits
    line.setText(text)
    line.textEdited.emit(text)
