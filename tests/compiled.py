"""Compiled templates, kept for every application that a test process makes: compiling one takes longer than a page."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class SharedBytecode(BytecodeCache):
    """A bytecode cache in memory, keyed by the source and by what of an environment decides how it is compiled."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[object, ...], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where an earlier application compiled the same."""
        if (known := self.compiled.get(_key(bucket))) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.compiled[_key(bucket)] = bucket.bytecode_to_string()


def _key(bucket: Bucket) -> tuple[object, ...]:
    own = bucket.environment
    return (bucket.key, bucket.checksum, own.trim_blocks, own.lstrip_blocks, tuple(own.extensions))


def share() -> None:
    """Let every Flask application of this process use one cache."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": SharedBytecode()}
