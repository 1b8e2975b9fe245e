"""Processor time of a server's answers, as the system counts it for its process, in ticks of 10 ms."""

import http.client
import os
from collections.abc import Sequence
from pathlib import Path

from bench.serving import LONGEST, Server

TICK = os.sysconf("SC_CLK_TCK")


def seconds(server: Server) -> float:
    """Return the processor seconds that a server's workers have taken, their own and the system's for them."""
    stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in server.workers]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICK


def each(server: Server, addresses: Sequence[str]) -> float:
    """Return the processor milliseconds of one answer: the mean over addresses asked one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGEST)
    before = seconds(server)
    for address in addresses:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (address, answer.status)
    connection.close()
    return (seconds(server) - before) / len(addresses) * 1000
