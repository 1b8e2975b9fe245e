"""What runs in the process apart: it reads a request, calls one of FUNCTIONS on its bytes, and writes the answer.

It is started as a program of its own, with an empty environment and nothing inherited but two pipes. A request names
a function, its arguments and the content; an answer says how it went (DONE and so on) and holds what was returned.
"""

import gc
import os
import struct
import sys
from collections.abc import Callable, Mapping
from importlib import import_module

DONE, FAILED, MEMORY, UNKNOWN = b"d", b"f", b"m", b"u"
# What may be called, by name: the function `answer` of a module, which takes content and arguments and returns bytes.
# Its `rehearse` is called first: whatever Python loads only when it is used is loaded then.
FUNCTIONS = {"sheet": "campaign.sheets.reading"}
SIZES = struct.Struct(">III")
Function = Callable[[bytes, bytes], bytes]


def main() -> None:
    """Answer requests until there are none. The first byte that is written says whether the kernel is closed."""
    from campaign.sandbox.confine import confine

    # Everything is loaded now: afterwards no file can be opened.
    functions: dict[str, Function] = {}
    for name, module in FUNCTIONS.items():
        functions[name] = import_module(module).answer
        import_module(module).rehearse()
    _write(1, b"1" if confine() else b"0")
    while head := _read(SIZES.size):
        asked, arguments, content = (_read(size) for size in SIZES.unpack(head))
        how, answer = called(functions, asked.decode(), arguments, content)
        _write(1, how + struct.pack(">I", len(answer)) + answer)


def called(functions: Mapping[str, Function], name: str, arguments: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Return how a call went, and what it returned."""
    if name not in functions:
        return UNKNOWN, b""
    try:
        return DONE, functions[name](content, arguments)
    except MemoryError:
        gc.collect()
        return MEMORY, b""
    except BaseException as error:  # a panic of Rust is none of Exception; its words may quote the file
        return FAILED, type(error).__name__.encode()


def _read(size: int) -> bytes:
    """Return so many bytes of standard input, fewer where it ends."""
    parts = []
    while size and (part := os.read(0, min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(to: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(to, left) :]


if __name__ == "__main__":
    # Isolated mode looks in no folder of ours.
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    main()
