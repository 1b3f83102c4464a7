"""Python's collector of cycles, out of the way while the desk is built.

Building makes two hundred thousand objects that live as long as the desk; the collector would walk them again and
again, a sixth of the time that starting takes. Once the desk is warm it looks through them all once and then leaves
them out, at the end too: otherwise the process stays for a third of a second after its window has gone.
"""

import gc


def rest() -> None:
    """Let it look at nothing until `resume`."""
    gc.disable()


def resume() -> None:
    """Collect what building left behind, and look at what comes from now on; nothing where it has not rested."""
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
        gc.enable()


def end() -> None:
    """The process ends: what still stands is the kernel's to take back, all at once, not the collector's one by one."""
    gc.freeze()
    gc.enable()
