"""A line in the log and a figure in the metrics for every request. Neither holds anything about a person: of the address
only its template, of the settlement only a name that is known here."""

from __future__ import annotations

import itertools
import json
import logging
import os
import time
import traceback
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .meter import Meter
from .problem import Problem
from .settlement import Settlement

log = logging.getLogger("portal")

KNOWN = {*vars(logging.makeLogRecord({})), "message", "color_message"}


class Lines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        more = {key: value for key, value in vars(record).items() if key not in KNOWN}
        told = {"timestamp": at, "level": record.levelname, "message": record.getMessage(), **more}
        return json.dumps(told, default=str)


class Trace:
    """Measures and logs requests, and gives each a number: `x-request-id` of the answer."""

    def __init__(self, app: ASGIApp, meter: Meter, settlements: Mapping[str, Settlement]) -> None:
        self._app, self._meter, self._settlements = app, meter, settlements
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, number, begun = time.perf_counter(), f"{os.getpid():x}-{next(self._numbers)}", False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message["headers"], (b"x-request-id", number.encode())]
                self._tell(scope, number, message["status"], time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, told)
        except Exception as fault:
            # Where it happened, not what was there: that may be anything.
            last = traceback.extract_tb(fault.__traceback__)[-1]
            where = {"fault": type(fault).__name__, "at": f"{Path(last.filename).name}:{last.lineno}"}
            log.error("a fault of the portal", extra={"request": number, **where})
            if begun:
                raise
            await Problem(500, "internal").response()(scope, receive, told)

    def _tell(self, scope: Scope, number: str, status: int, took: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "page"
        settlement = self._settlements.get(scope.get("path_params", {}).get("settlement", ""))
        self._meter.request(scope["method"], route, status, took)
        told = {"request": number, "method": scope["method"], "route": route, "status": status}
        told |= {"milliseconds": round(took * 1_000, 3)}
        if settlement is not None:
            told |= {"settlement": settlement.id, "revision": settlement.register.revision}
        log.info("request", extra=told)
