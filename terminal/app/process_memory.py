"""How much memory another process has: resident pages on Linux and macOS, private ones on Windows."""

import ctypes
import os
import sys

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096

if sys.platform == "win32":
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quota_peak_paged", ctypes.c_size_t),
            ("quota_paged", ctypes.c_size_t),
            ("quota_peak_non_paged", ctypes.c_size_t),
            ("quota_non_paged", ctypes.c_size_t),
            ("page_file", ctypes.c_size_t),
            ("peak_page_file", ctypes.c_size_t),
        )

    _QUERY_LIMITED_INFORMATION = 0x1000

    def memory_bytes(process_id: int) -> int | None:
        """What a process has; None when it is gone or the system does not say."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process_id)
        if not handle:
            return None
        try:
            counters = _Counters(size=ctypes.sizeof(_Counters))
            told = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
            return int(counters.page_file) if told else None
        finally:
            kernel.CloseHandle(handle)

elif sys.platform == "darwin":
    _TASK_INFO = 4
    _system = ctypes.CDLL("/usr/lib/libproc.dylib")

    class _TaskInfo(ctypes.Structure):
        """proc_taskinfo of sys/proc_info.h."""

        _fields_ = (
            ("virtual_size", ctypes.c_uint64),
            ("resident_size", ctypes.c_uint64),
            ("times", ctypes.c_uint64 * 4),
            ("counts", ctypes.c_int32 * 12),
        )

    def memory_bytes(process_id: int) -> int | None:
        """What a process has; None when it is gone or the system does not say."""
        info = _TaskInfo()
        size = ctypes.sizeof(info)
        told = _system.proc_pidinfo(process_id, _TASK_INFO, ctypes.c_uint64(0), ctypes.byref(info), size)
        return int(info.resident_size) if told == size else None

else:

    def memory_bytes(process_id: int) -> int | None:
        """What a process has; None when it is gone or the system does not say."""
        try:
            with open(f"/proc/{process_id}/statm", "rb") as told:
                return int(told.read().split()[1]) * _PAGE_BYTES
        except (OSError, ValueError, IndexError):
            return None
