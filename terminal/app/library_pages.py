"""The pages of a large library: read before it is loaded, given back once its work is done."""

import ctypes
import importlib.util
import sys
from pathlib import Path

#: Endings of compiled libraries on the three systems
_ENDINGS = frozenset({".so", ".dylib", ".dll"})
_CHUNK_BYTES = 1 << 20
_MADV_DONTNEED = 4


def read_ahead(package: str) -> None:
    """Bring a package's libraries from the disk into the system's cache.

    Python loads a library with its lock held: one of 179 MB that lay on the disk alone stopped the loop for 120 to 185
    ms. A file is read without the lock.
    """
    chunk = bytearray(_CHUNK_BYTES)
    for path in _libraries(package):
        with path.open("rb", buffering=0) as file:
            while file.readinto(chunk):
                pass


def let_go(package: str) -> None:
    """Take a package's libraries out of resident memory; what is called again is mapped again.

    Of LLVM more than 100 MB are code and tables that nobody needs once it has compiled. Only mappings that cannot be
    written and have no page of their own are let go: they are as in the file. On Linux alone; madvise(2), proc(5).
    """
    if not sys.platform.startswith("linux"):
        return
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    names = {str(path.resolve()) for path in _libraries(package)}
    start = end = 0
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace").splitlines():
        name, *rest = line.split(maxsplit=5)
        if not name.endswith(":"):
            # Addresses, rights, offset, device, inode, path
            is_ours = len(rest) == 5 and rest[0][:2] == "r-" and rest[4] in names
            start, end = (int(address, 16) for address in name.split("-")) if is_ours else (0, 0)
        elif name == "Anonymous:" and rest[0] == "0" and end:
            madvise(start, end - start, _MADV_DONTNEED)


def _libraries(package: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    folders = (found.submodule_search_locations or ()) if found is not None else ()
    return [path for folder in folders for path in Path(folder).rglob("*") if path.suffix in _ENDINGS]
