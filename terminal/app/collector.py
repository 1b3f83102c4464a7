"""Python's collector of cycles: it looks on the screen's thread only, and not at all while the desk is built.

Left to itself it runs in whichever thread happens to make one object too many, takes a cycle that holds a Qt object
apart there, and Qt, whose objects belong to the screen's thread, now and then waits for ever. So it is switched off for
good, and the frame timer asks between two frames whether it is due, by Python's own rule.

Building makes two hundred thousand objects that live as long as the desk; the collector would walk them again and
again, a sixth of the time that starting takes. Once the desk is warm it looks through them all once and then leaves
them out, at the end too: otherwise the process stays for a third of a second after its window has gone.
"""

import gc

#: The oldest objects are looked through once they are this many times what the last such look left of them
_GROWTH = 1.25
_OLDEST = 2


def rest() -> None:
    """Let it look at nothing until `resume`."""
    gc.disable()


def resume() -> bool:
    """Collect what building left behind, and leave out what stands; False where it has not rested."""
    if gc.isenabled():
        return False
    gc.collect()
    gc.freeze()
    return True


def end() -> None:
    """The process ends: what still stands is the kernel's to take back, all at once, not the collector's one by one."""
    gc.freeze()


class ScreenCollector:
    """Stands in for the collector that is switched off; served by the frame timer, at every frame."""

    def __init__(self) -> None:
        self._oldest = 0
        """Objects that the last look through the oldest left"""

    def isVisible(self) -> bool:
        """Always: cycles are left behind whatever can be seen."""
        return True

    def flush(self) -> None:
        """Look through the oldest generation that is due, if any."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if not 0 < limits[0] < counts[0]:
            return
        generation = max(n for n, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit)
        if generation == _OLDEST and len(gc.get_objects(_OLDEST)) < self._oldest * _GROWTH:
            generation = _OLDEST - 1
        gc.collect(generation)
        if generation == _OLDEST:
            self._oldest = len(gc.get_objects(_OLDEST))
