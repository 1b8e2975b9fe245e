"""What the process that opens strangers' files gives up: memory and files beyond limits, and most of the kernel.

With seccomp (Linux on x86_64 and aarch64) it may read and write what is open already, ask for memory and the time, and
end: no file, socket, process or signal can be made or reached any more, whatever a file makes it do.
"""

import ctypes
import platform
import resource
import struct
from contextlib import suppress

MAX_MEMORY = 400_000_000  # bytes of address space
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_DUMPABLE, SECCOMP_MODE_FILTER = 38, 22, 4, 2
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE answers EPERM
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
# System calls by machine: AUDIT_ARCH, then the numbers (asm/unistd.h).
CALLS = (
    # name, x86_64, aarch64
    ("read", 0, 63), ("write", 1, 64), ("close", 3, 57), ("fstat", 5, 80), ("lseek", 8, 62), ("mmap", 9, 222),
    ("mprotect", 10, 226), ("munmap", 11, 215), ("brk", 12, 214), ("rt_sigaction", 13, 134),
    ("rt_sigprocmask", 14, 135), ("rt_sigreturn", 15, 139), ("readv", 19, 65), ("writev", 20, 66),
    ("sched_yield", 24, 124), ("mremap", 25, 216), ("madvise", 28, 233), ("getpid", 39, 172), ("exit", 60, 93),
    ("gettimeofday", 96, 169), ("getrusage", 98, 165), ("sigaltstack", 131, 132), ("gettid", 186, 178),
    ("futex", 202, 98), ("sched_getaffinity", 204, 123), ("restart_syscall", 219, 128), ("clock_gettime", 228, 113),
    ("clock_nanosleep", 230, 115), ("exit_group", 231, 94), ("getrandom", 318, 278), ("membarrier", 324, 283),
    ("rseq", 334, 293),
)  # fmt: skip
MACHINES = {"x86_64": (0xC000003E, 1), "aarch64": (0xC00000B7, 2)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def confine() -> bool:
    """Give up what is not needed; tell whether the kernel was closed too. Nothing can be opened afterwards."""
    limits = ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0))
    for which, most in limits:
        with suppress(ValueError, OSError):  # a system that knows no such limit
            resource.setrlimit(which, (most, most))
    is_closed = close_kernel()
    if not is_closed:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return is_closed


def close_kernel() -> bool:
    """Leave this process no system calls but CALLS; False where the kernel or the machine does not offer that."""
    known = MACHINES.get(platform.machine()) if platform.system() == "Linux" else None
    if known is None:
        return False
    instructions = filter_of(*known)
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def filter_of(machine: int, place: int) -> bytes:
    """Return the filter as struct sock_filter (linux/filter.h): another machine is killed, other calls refused."""
    numbers = [call[place] for call in CALLS]
    lines = [(LOAD, 0, 0, 4), (JUMP_IF_EQUAL, 1, 0, machine), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    for left, number in enumerate(reversed(range(len(numbers)))):
        lines.append((JUMP_IF_EQUAL, number + 1, 0, int(numbers[left])))
    lines += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
