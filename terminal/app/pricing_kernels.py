"""Compiles the pricing kernels beside the running desk, once it is up, and hands them over between two ticks.

Loading LLVM and compiling take some tenths of a second and leave 40 MB. A thread of its own pays that, and not before
the chain has been on screen for a while, so that nothing starts later for it. Until then, and wherever llvmlite is
missing or fails, numpy computes the same figures.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from threading import Thread

from terminal.app.library_pages import let_go, read_ahead
from terminal.pricing.compiled.kernels import Kernels

logger = logging.getLogger(__name__)
#: After the first painted chain
SETTLING_SECONDS = 10.0
_LIBRARY = "llvmlite"


async def compile_beside(
    is_up: asyncio.Event, hand_over: Callable[[Kernels], None], settling_seconds: float = SETTLING_SECONDS
) -> None:
    """Wait until the desk is up and has settled, compile, hand over. Cancelled, it waits for nothing."""
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
            loop.call_soon_threadsafe(finish, made)

    def finish(made: Kernels | None) -> None:
        # At its last step
        thread.join()
        if not done.done():
            done.set_result(made)

    # No daemon: the interpreter must not end inside LLVM
    thread = Thread(target=work, name="pricing kernels")
    thread.start()
    # A desk that ends has orders to take out first: the thread's end is the interpreter's to wait for
    return await done


def compile_or_say_why() -> Kernels | None:
    """The kernels; without llvmlite, or when it fails, none and a line in the log."""
    began, used = time.monotonic(), time.thread_time()
    try:
        read_ahead(_LIBRARY)
        # Imported here: loading it is most of the work
        from terminal.pricing.compiled.compiler import compile_kernels
        from terminal.pricing.compiled.trial import agree

        kernels = compile_kernels()
        is_trusted = agree(kernels)
        with contextlib.suppress(OSError):
            # A system that does not say what is mapped keeps the memory: no reason to do without kernels
            let_go(_LIBRARY)
    except ImportError as error:
        logger.info("prices by numpy: no compiled kernels, as llvmlite cannot be loaded (%s)", error)
        return None
    except (OSError, RuntimeError) as error:
        logger.info("prices by numpy: no compiled kernels, as LLVM refused this processor (%s)", error)
        return None
    except Exception as error:
        # A binding that has changed: whoever waits for kernels must hear that there are none
        logger.warning("prices by numpy: compiling the kernels failed", exc_info=error)
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
