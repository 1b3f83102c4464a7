"""Python's collector of cycles, out of the way while the desk is built.

Building makes half a million objects that live as long as the desk; the collector would walk them again and again,
a sixth of the time that starting takes. Once the desk is warm it looks through them all once and then leaves them out.
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
    """Leave it as it was before `rest`, for who goes on in this process."""
    gc.unfreeze()
    gc.enable()
