"""Compiles the pricing kernels beside the running desk, once it is up, and hands them over between two ticks.

Loading LLVM and compiling take some tenths of a second and some 60 MB. A thread of its own pays that, and not before
the chain has been on screen for a while, so that nothing starts later for it. Until then, and wherever llvmlite is
missing or fails, numpy computes the same figures.
"""

import asyncio
import contextlib
import importlib.util
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from terminal.pricing.compiled.kernels import Kernels

logger = logging.getLogger(__name__)
#: After the first painted chain
SETTLING_SECONDS = 10.0
#: Endings of compiled libraries on the three systems
_LIBRARIES = frozenset({".so", ".dylib", ".dll"})
_CHUNK_BYTES = 1 << 20


async def compile_beside(
    is_up: asyncio.Event, hand_over: Callable[[Kernels], None], settling_seconds: float = SETTLING_SECONDS
) -> None:
    """Wait until the desk is up and has settled, compile, hand over. Cancelled, it waits for the thread's end."""
    await is_up.wait()
    await asyncio.sleep(settling_seconds)
    kernels = await _compiled()
    if kernels is not None:
        hand_over(kernels)


async def _compiled() -> Kernels | None:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Kernels | None] = loop.create_future()

    def work() -> None:
        made = compile_or_say_why()
        # A loop that has ended waits for nothing
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if done.done() else done.set_result(made))

    # No daemon: the interpreter must not end inside LLVM
    thread = Thread(target=work, name="pricing kernels")
    thread.start()
    try:
        return await done
    finally:
        thread.join()


def compile_or_say_why() -> Kernels | None:
    """The kernels; without llvmlite, or when it fails, none and a line in the log."""
    began, used = time.monotonic(), time.thread_time()
    try:
        _read_ahead("llvmlite")
        # Imported here: loading it is most of the work
        from terminal.pricing.compiled.compiler import compile_kernels
        from terminal.pricing.compiled.trial import agree

        kernels = compile_kernels()
        is_trusted = agree(kernels)
    except ImportError as error:
        logger.info("prices by numpy: no compiled kernels, as llvmlite cannot be loaded (%s)", error)
        return None
    except (OSError, RuntimeError) as error:
        logger.info("prices by numpy: no compiled kernels, as LLVM refused this processor (%s)", error)
        return None
    if not is_trusted:
        logger.warning("prices by numpy: kernels compiled for %s compute something else", kernels.processor)
        return None
    logger.info(
        "prices by kernels compiled for %s: %.2f s, of which %.2f s of one processor",
        kernels.processor,
        time.monotonic() - began,
        time.thread_time() - used,
    )
    return kernels


def _read_ahead(package: str) -> None:
    """Bring a package's libraries from the disk into the system's cache.

    Python loads a library with its lock held: one of 179 MB that lay on the disk alone stopped the loop for 120 to 185
    ms. A file is read without the lock.
    """
    found = importlib.util.find_spec(package)
    chunk = bytearray(_CHUNK_BYTES)
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        for path in Path(folder).rglob("*"):
            if path.suffix in _LIBRARIES:
                with path.open("rb", buffering=0) as file:
                    while file.readinto(chunk):
                        pass
