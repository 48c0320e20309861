"""python -m portal --config portal.json --database postgres://…"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from .api import Portal, create
from .clock import Clock
from .config import Config
from .outbox import Outbox
from .settlement import Settlement
from .store import open_store

KNOWN = set(vars(logging.makeLogRecord({})))


class Lines(logging.Formatter):
    """A JSON object a line. No person, no body, no token."""

    def format(self, record: logging.LogRecord) -> str:
        more = {key: value for key, value in vars(record).items() if key not in KNOWN and key != "message"}
        return json.dumps({"level": record.levelname.lower(), "message": record.getMessage(), **more})


def main() -> None:
    parser = argparse.ArgumentParser(prog="portal", description="A queue portal: a JSON API over the journal, messages.")
    parser.add_argument("--config", type=Path, required=True, help="the settlements and the tokens, as JSON")
    parser.add_argument("--database", help="a file, or postgres://…; else what PORTAL_DATABASE says, else portal.db")
    parser.add_argument("--listen", default="127.0.0.1:8080", help="port 0 is any that is free")
    parser.add_argument("--page", type=Path, help="the folder with the parent's page")
    parser.add_argument("--outbox-url", help="messages are PUT to URL/ID")
    parser.add_argument("--outbox-dir", type=Path, help="messages are written to FOLDER/ID.json")
    parser.add_argument("--accept-clock", action="store_true", help="the clock is right, whatever it did")
    parser.add_argument("--clock", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])

    config = Config.read(given.config)
    store = open_store(given.database or os.environ.get("PORTAL_DATABASE") or "portal.db")
    clock = Clock(given.clock, given.accept_clock)
    settlements = {place.id: Settlement(place, store, clock) for place in config.places}
    sends = given.outbox_url is not None or given.outbox_dir is not None
    outbox = Outbox(store, given.outbox_url, given.outbox_dir) if sends else None
    app = create(Portal(config, store, settlements, outbox, given.page))

    host, _, port = given.listen.rpartition(":")
    listener = socket.create_server((host, int(port)))
    print(f"The portal is at http://{host}:{listener.getsockname()[1]}/", flush=True)
    # One process for a port: the register is in its memory. Its own log says more than uvicorn's, and less of persons.
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=10))
    # uvicorn ends gracefully at SIGTERM and then raises it again: that is the end that was asked for.
    signal.signal(signal.SIGTERM, lambda *_: None)
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
