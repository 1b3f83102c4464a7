"""The heap of glibc, kept from spreading over a long day. With another C library nothing here does anything.

WORKAROUND: glibc raises the size from which it asks the kernel for a block of its own, 128 kB at first, to the largest
such block that was ever given back, up to 32 MB. After the start even the buffers of the socket (asyncio reads into
256 kB, 25 times a second) come out of the heap, small things that stay settle in the gaps between them, and the heap
grows by megabytes an hour though no more of it is in use (docs/performance.md has the figures). mallopt(3) says that a
threshold that is set stays.
"""

import ctypes
import sys

_M_MMAP_THRESHOLD = -3
#: glibc's own first value; setting it keeps it
_OWN_BLOCK_BYTES = 128 * 1024


def keep_threshold() -> bool:
    """Let large blocks be the kernel's for good, and go back to it at once; True where that was possible."""
    libc = _glibc()
    return libc is not None and libc.mallopt(_M_MMAP_THRESHOLD, _OWN_BLOCK_BYTES) == 1


def give_back() -> bool:
    """Hand whole pages that nobody uses to the kernel, wherever in the heap they lie; True where that was possible.

    By itself glibc gives back the end of the heap alone, and one small thing kept for good there, an order's text,
    holds all below it. Takes 0.2 to 0.4 ms of a desk's heap.
    """
    libc = _glibc()
    if libc is None:
        return False
    libc.malloc_trim(0)
    return True


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        libc = ctypes.CDLL(None)
        # musl has neither
        _ = libc.gnu_get_libc_version, libc.mallopt
    except (OSError, AttributeError):
        return None
    return libc
