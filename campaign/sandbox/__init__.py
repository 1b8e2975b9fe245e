"""Files from strangers, opened in one process apart: without keys, database, network, files, and within limits.

One rule: no byte that a stranger sent is parsed in a process that holds a key.

    worker                   the process as its owner sees it: started, asked one thing at a time, restarted
    child                    what runs in it: the functions that may be called, and nothing else
    confine                  what it gives up before it reads the first byte
"""

from campaign.sandbox.worker import NotRunning, Stopped, Worker, call, running, start, stop

__all__ = ["NotRunning", "Stopped", "Worker", "call", "running", "start", "stop"]
