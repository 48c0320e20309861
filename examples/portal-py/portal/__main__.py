"""python -m portal --config portal.json --database postgres://…"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType

import kezek
import uvicorn

from .api import create
from .clock import Clock
from .config import Config, ConfigError
from .demo import TOWN, town
from .meter import Meter
from .outbox import Outbox
from .portal import Portal
from .settlement import Habits, Settlement
from .store import StoreError, open_store
from .trace import Lines

LAST_REQUESTS = 10
"""So long may requests that run take once the portal is to stop, in seconds."""


class Server(uvicorn.Server):
    """One process for a port: the register is in its memory. Streams hear of a stop, and end."""

    def __init__(self, config: uvicorn.Config, portal: Portal) -> None:
        super().__init__(config)
        self._portal = portal

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._portal.stopping = True
        super().handle_exit(sig, frame)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="portal", description="A queue portal: a JSON API over the journal, messages.")
    parser.add_argument("--config", type=Path, help="the settlements and the tokens, as JSON")
    parser.add_argument("--database", help="a file, or postgres://…; else what PORTAL_DATABASE says, else portal.db")
    parser.add_argument("--listen", default="127.0.0.1:8080", help="port 0 is any that is free")
    parser.add_argument("--page", type=Path, help="the folder with the parent's page")
    out = parser.add_mutually_exclusive_group()
    out.add_argument("--outbox-url", help="messages are PUT to URL/ID")
    out.add_argument("--outbox-dir", type=Path, help="messages are written to FOLDER/ID.json")
    parser.add_argument(
        "--demo", type=Path, nargs="?", const=TOWN, metavar="JOURNAL",
        help="a town to try everything in, with tokens that everybody knows; never beside real families",
    )  # fmt: skip
    parser.add_argument("--accept-clock", action="store_true", help="the clock is right, though the journal says it cannot be")
    parser.add_argument(
        "--longest-stop", type=int, default=72, metavar="HOURS",
        help="a start at which something would fall due later than by so many hours asks for --accept-clock",
    )  # fmt: skip
    parser.add_argument("--snapshot-every", type=int, default=50_000, metavar="EVENTS", help="a new snapshot is kept")
    parser.add_argument("--clock", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if (given.config is None) == (given.demo is None):
        parser.error("--config FILE is needed, or --demo")
    return given


def opened(given: argparse.Namespace) -> Portal:
    """The portal as it is set; everything is read, nothing runs yet."""
    if given.page is not None and not (given.page / "index.html").is_file():
        raise ConfigError(f"--page: {given.page} holds no index.html")
    store, meter = open_store(given.database or os.environ.get("PORTAL_DATABASE") or "portal.db"), Meter()
    shift, demo = 0, None
    if given.demo is not None:
        config, demo = town(given.demo, store)
        shift = 0 if given.clock else int(demo.now.timestamp() - time.time())
    else:
        config = Config.read(given.config)
    clock = Clock(given.clock, shift)
    database = store.clock()
    if database is not None:
        clock.compare(database)
    habits = Habits(None if given.accept_clock else given.longest_stop, given.snapshot_every)
    settlements = {place.id: Settlement(place, store, clock, meter, habits) for place in config.places}
    sends = given.outbox_url is not None or given.outbox_dir is not None
    outbox = Outbox(store, meter, given.outbox_url, given.outbox_dir) if sends else None
    return Portal(config, store, clock, settlements, meter, outbox, given.page, demo)


def main() -> int:
    given = arguments()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # (A pool's own fault may quote an address with its password.)
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    try:
        portal = opened(given)
        host, _, port = given.listen.rpartition(":")
        listener = socket.create_server((host, int(port)))
    except (ConfigError, StoreError, kezek.Error, OSError, ValueError) as fault:
        print(f"portal: {fault}", file=sys.stderr)
        return 1
    print(f"The portal is at http://{host}:{listener.getsockname()[1]}/ (stop with Ctrl+C)", flush=True)
    # Its own log says more than uvicorn's, and less of persons.
    config = uvicorn.Config(
        create(portal), log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=LAST_REQUESTS,
    )  # fmt: skip
    # uvicorn ends gracefully at a signal and then raises it again: that is the end that was asked for.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: None)
    Server(config, portal).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
