"""One worker process: `python -m live.worker PORT`. Any number of them share a port; the kernel spreads what comes."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config

from live.settlement import app

STREAMS = 4
"""Calls at once over one connection: Restate opens more connections then, and they reach every worker."""


def listen(port: int) -> socket.socket:
    """A socket on a port that other workers listen on too."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    listener.setblocking(False)
    listener.set_inheritable(True)
    return listener


def main() -> None:
    """Serves until it is stopped."""
    listener = listen(int(sys.argv[1]))
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.h2_max_concurrent_streams = STREAMS
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    asyncio.run(serve(cast("Any", app), config))


if __name__ == "__main__":
    main()
