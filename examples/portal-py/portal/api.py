"""The API of docs/portal.md. Its OpenAPI document is the one that the Rust portal writes: docs/portal.openapi.json."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import kezek
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from .config import Caller, Config
from .outbox import Outbox
from .problem import Problem
from .rights import Rights, concerned
from .settlement import ClockLeapt, Done, Settlement, Unavailable, written
from .store import Store, StoreError

log = logging.getLogger("portal")

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "portal.openapi.json"
ROOT = "/api/v1/settlements/{settlement}"
LARGEST = 2 * 1024 * 1024
BEAT, OTHERS = 15.0, 2.0
FOREIGN = {
    "by": "the token says it",
    "key": "the header Idempotency-Key",
    "expected_revision": "the header If-Match",
}


@dataclass
class Portal:
    """What every request may need."""

    config: Config
    store: Store
    settlements: dict[str, Settlement]
    outbox: Outbox | None = None
    page: Path | None = None
    stopping: bool = False
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self.requests = Histogram(
            "portal_request_seconds", "Requests", ["method", "route", "status"], registry=self.registry
        )
        self.commands = Counter("portal_commands", "Commands", ["type", "done"], registry=self.registry)
        self.revision = Gauge("portal_revision", "The last event's number", ["settlement"], registry=self.registry)

    def caller(self, request: Request) -> Caller | None:
        """Whoever asks; nobody in particular without a token."""
        header = request.headers.get("authorization")
        if header is None:
            return None
        scheme, _, token = header.partition(" ")
        caller = self.config.caller(token.strip()) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Problem(401, "unauthorized")
        return caller

    def known(self, request: Request) -> Caller:
        caller = self.caller(request)
        if caller is None:
            raise Problem(401, "unauthorized")
        return caller

    def at(self, request: Request) -> Settlement:
        """The settlement that the address names, where the caller's token is good."""
        caller = self.caller(request)
        found = self.settlements.get(request.path_params["settlement"])
        if found is None:
            raise Problem(404, "not_found")
        if caller is not None and not caller.may_enter(found.id):
            raise Problem(403, "forbidden")
        return found


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(written(value), status, headers, "application/json")


async def body(request: Request) -> dict[str, Any]:
    """A JSON object."""
    read = await request.body()
    if len(read) > LARGEST:
        raise Problem(413, "too_large")
    try:
        value = json.loads(read)
    except (ValueError, RecursionError) as fault:
        # What stands there is not repeated: it may be anything.
        place = f"something else at line {getattr(fault, 'lineno', 1)} column {getattr(fault, 'colno', 1)}"
        raise Problem.malformed("", "JSON", place) from None
    if not isinstance(value, dict):
        raise Problem.malformed("", "a JSON object", "other JSON")
    return value


def full(value: dict[str, Any], caller: Caller, request: Request) -> dict[str, Any]:
    """The command as the rules read it: with who asks, and at which revision."""
    for name, instead in FOREIGN.items():
        if name in value:
            raise Problem.malformed(name, instead, "the field")
    value = {**value, "by": caller.actor}
    tag = request.headers.get("if-match")
    if tag is not None and tag != "*":
        inner = tag[1:-1]
        if not (tag.startswith('"') and tag.endswith('"') and inner.isascii() and inner.isdigit()):
            raise Problem.malformed("If-Match", 'a revision such as "17"', "something else")
        value["expected_revision"] = int(inner)
    return value


def number(request: Request, name: str, given: str | None, least: int, most: int, default: int | None) -> int:
    if given is None and default is not None:
        return default
    if given is None or not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise Problem.malformed(name, f"a whole number from {least} to {most}", given or "nothing")
    return int(given)


def only(request: Request, names: set[str]) -> dict[str, str]:
    for name in request.query_params:
        if name not in names:
            raise Problem.malformed(name, "what the OpenAPI says", "a parameter of that name")
    return dict(request.query_params)


def dossier(settlement: Settlement, application: str, now: datetime) -> dict[str, Any]:
    """An application with everything that its people may know."""
    register = settlement.register
    return {
        "card": register.card(application, now),
        "position": register.position(application, now),
        "history": list(settlement.index.events[application]),
        "documents": register.documents(application, now),
        "revision": register.revision,
    }


def create(portal: Portal) -> FastAPI:
    """The application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for settlement in portal.settlements.values():
            settlement.start()
        if portal.outbox is not None:
            portal.outbox.start(portal.settlements)
        yield
        portal.stopping = True
        if portal.outbox is not None:
            await portal.outbox.stop()
        for settlement in portal.settlements.values():
            await settlement.stop()
        portal.store.close()

    app = FastAPI(title="kezek portal", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    _faults(app)
    _trace(app, portal)

    # For everybody.

    @app.get("/health/live")
    async def live() -> Response:
        return Response("live\n", media_type="text/plain")

    @app.get("/health/ready")
    async def ready() -> Response:
        faults = ["stopping"] if portal.stopping else []
        if any(settlement.clock_leapt() for settlement in portal.settlements.values()):
            faults.append("clock_leapt")
        if not all(settlement.writable for settlement in portal.settlements.values()):
            faults.append("database")
        return answer({"ready": not faults, "faults": faults}, 503 if faults else 200)

    @app.get("/metrics")
    async def metrics() -> Response:
        for settlement in portal.settlements.values():
            portal.revision.labels(settlement.id).set(settlement.register.revision)
        return Response(generate_latest(portal.registry), media_type="text/plain; version=0.0.4")

    @app.get("/openapi.json")
    async def openapi() -> Response:
        return Response(DOCUMENT.read_bytes(), media_type="application/json")

    @app.get("/api/v1/me")
    async def me(request: Request) -> Response:
        caller = portal.known(request)
        return answer({**caller.actor, "settlements": [name for name in portal.settlements if caller.may_enter(name)]})

    @app.get("/api/v1/settlements")
    async def settlements(request: Request) -> Response:
        caller = portal.caller(request)
        rows = []
        for settlement in portal.settlements.values():
            if caller is None or caller.may_enter(settlement.id):
                policy, revision = settlement.register.policy, settlement.register.revision
                row = {"settlement": settlement.id, "policy": policy.name, "zone": policy.zone, "revision": revision}
                rows.append(row)
        return answer(rows)

    @app.get(ROOT + "/policy")
    async def policy(request: Request) -> Response:
        return answer(portal.at(request).register.policy)

    @app.get(ROOT + "/vacancies")
    async def vacancies(request: Request) -> Response:
        settlement, given = portal.at(request), only(request, {"group_year", "kindergarten", "state"})
        question: dict[str, Any] = {"view": "vacancies", **given}
        if "group_year" in given:
            question["group_year"] = number(request, "group_year", given["group_year"], 0, 65_535, None)
        return answer(await settlement.ask(lambda now: settlement.register.ask(question, now)))

    @app.get(ROOT + "/queue")
    async def queue(request: Request) -> Response:
        settlement, given = portal.at(request), only(request, {"group_year", "offset", "limit"})
        question = {
            "view": "queue",
            "group_year": number(request, "group_year", given.get("group_year"), 0, 65_535, None),
            "offset": number(request, "offset", given.get("offset"), 0, 2_147_483_647, 0),
            "limit": number(request, "limit", given.get("limit"), 1, 500, 100),
        }
        return answer(await settlement.ask(lambda now: settlement.register.ask(question, now)))

    # Commands and questions.

    @app.post(ROOT + "/commands")
    async def commands(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        key = request.headers.get("idempotency-key", "").strip()
        if not 1 <= len(key) <= 200:
            raise Problem.malformed("Idempotency-Key", "1 to 200 characters", f"{len(key)} characters")
        command = full(await body(request), caller, request) | {"key": key}
        done: Done = await settlement.command(command)
        accepted = not done.outcome.denials
        portal.commands.labels(str(command.get("type"))[:40], str(accepted).lower()).inc()

        def told(now: datetime) -> dict[str, Any]:
            rights = Rights(settlement, caller.actor, now)
            about = concerned(settlement, command, now) or next(
                (event.application for event in done.outcome.events if event.type == "registered"), None
            )
            seen = about is not None and about in settlement.index.events and rights.read(about)
            return {
                "revision": done.revision,
                "events": [event for event in done.outcome.events if rights.see(event)],
                "denials": list(done.outcome.denials),
                "dossier": dossier(settlement, about, now) if seen and about is not None else None,
            }

        return answer(await settlement.ask(told), 200 if accepted else 409)

    @app.post(ROOT + "/checks")
    async def checks(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        command = full(await body(request), caller, request)
        denials = await settlement.ask(lambda now: settlement.register.check(command, now))
        return answer({"denials": denials})

    @app.post(ROOT + "/questions")
    async def questions(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        question = await body(request)

        def told(now: datetime) -> Any:
            if not Rights(settlement, caller.actor, now).may_ask(question):
                raise Problem(403, "forbidden")
            return settlement.register.ask(question, now)

        return answer(await settlement.ask(told))

    # Applications.

    @app.get(ROOT + "/applications")
    async def applications(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        person = only(request, {"iin"}).get("iin")

        def told(now: datetime) -> list[dict[str, Any]]:
            rights, index = Rights(settlement, caller.actor, now), settlement.index
            if person is not None:
                journal = [row["application"] for row in settlement.register.journal(person, now)]
                own = journal if rights.all else rights.own() if caller.actor["role"] == "applicant" else []
            elif rights.all:
                own = _standing(settlement, list(index.kindergartens), {"under_review"}, now)
            elif caller.actor["role"] == "applicant":
                own = rights.own()
            else:
                referred = index.referred_to(caller.actor["kindergartens"])
                own = _standing(settlement, referred, {"referred", "under_review"}, now)
            return [dossier(settlement, application, now) for application in own]

        return answer(await settlement.ask(told))

    @app.get(ROOT + "/applications/{application}")
    async def one(request: Request, application: str) -> Response:
        caller, settlement = portal.known(request), portal.at(request)

        def told(now: datetime) -> tuple[str, dict[str, Any]]:
            own = str(settlement.register.application(application, now)["application"])
            if not Rights(settlement, caller.actor, now).read(own):
                raise Problem(403, "forbidden")
            return f'"{settlement.register.revision}"', dossier(settlement, own, now)

        tag, value = await settlement.ask(told)
        known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
        return Response(status_code=304, headers={"etag": tag}) if tag in known else answer(value, 200, {"etag": tag})

    @app.get(ROOT + "/applications/{application}/position")
    async def position(request: Request, application: str) -> Response:
        settlement = portal.at(request)
        numbers = await settlement.ask(lambda now: settlement.register.position(application, now))
        return answer({**numbers, "revision": settlement.register.revision})

    @app.get(ROOT + "/applications/{application}/events")
    async def events(request: Request, application: str) -> Response:
        caller, settlement = portal.known(request), portal.at(request)

        def told(now: datetime) -> str:
            own = str(settlement.register.application(application, now)["application"])
            if not Rights(settlement, caller.actor, now).read(own):
                raise Problem(403, "forbidden")
            return own

        own, revision = await settlement.ask(told), settlement.register.revision
        last = request.headers.get("last-event-id")
        if last is not None and not (last.isascii() and last.strip().isdigit()):
            raise Problem.malformed("Last-Event-ID", "a revision", "something else")
        since = revision if last is None else min(int(last), revision)
        return StreamingResponse(_said(portal, settlement, own, since), media_type="text/event-stream")

    if portal.page is not None:
        first = next(iter(portal.settlements))
        page = StaticFiles(directory=portal.page, html=True)

        @app.get("/")
        async def index(request: Request) -> Response:
            # The page itself does not know whether a portal serves it: its address says so.
            if not request.query_params:
                return RedirectResponse(f"/?portal=/api/v1/settlements/{first}", 303)
            return await page.get_response("index.html", request.scope)

        app.mount("/", page)
    return app


def _standing(settlement: Settlement, among: list[str], stages: set[str], now: datetime) -> list[str]:
    register = settlement.register
    return [number for number in among if register.application(number, now)["stage"] in stages]


async def _said(portal: Portal, settlement: Settlement, application: str, told: int) -> AsyncIterator[str]:
    """What changes: the events of this application at once; that its card has become old, every two seconds at most."""
    others_from, beat = 0.0, time.monotonic() + BEAT
    while not portal.stopping:
        revision = settlement.register.revision
        own = [event for event in settlement.index.events[application] if event.seq > told]
        now = time.monotonic()
        if own or (revision > told and now >= others_from):
            data = written({"revision": revision, "events": own})
            yield f"event: changed\nid: {revision}\ndata: {data}\n\n"
            told, others_from, beat = revision, now + OTHERS, now + BEAT
            continue
        if now >= beat:
            yield ": still here\n\n"
            beat = now + BEAT
        await settlement.changed(revision, 0.5)


def _faults(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(_: Request, fault: Problem) -> Response:
        return fault.response()

    @app.exception_handler(kezek.Error)
    async def unreadable(_: Request, fault: kezek.Error) -> Response:
        return Problem.of(fault).response()

    @app.exception_handler(ClockLeapt)
    async def leapt(_: Request, __: ClockLeapt) -> Response:
        return Problem(503, "clock_leapt").response()

    @app.exception_handler(StoreError)
    @app.exception_handler(Unavailable)
    async def unavailable(_: Request, __: Exception) -> Response:
        return Problem(503, "unavailable").response()

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, __: RequestValidationError) -> Response:
        return Problem.malformed("query", "what the OpenAPI says", "something else").response()

    @app.exception_handler(HTTPException)
    async def http(_: Request, fault: HTTPException) -> Response:
        code = {404: "not_found", 405: "method_not_allowed"}.get(fault.status_code, "malformed")
        return Problem(fault.status_code if fault.status_code in (404, 405) else 400, code).response()


def _trace(app: FastAPI, portal: Portal) -> None:
    @app.middleware("http")
    async def trace(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        began, identity = time.perf_counter(), uuid.uuid4().hex[:16]
        response = await go_on(request)
        # No person, no body, no token: the template of the address, not the address.
        route = getattr(request.scope.get("route"), "path", "other")
        took = time.perf_counter() - began
        portal.requests.labels(request.method, route, response.status_code).observe(took)
        told = {"request": identity, "method": request.method, "route": route, "status": response.status_code}
        log.info("answered", extra={**told, "milliseconds": round(took * 1000, 2)})
        response.headers["x-request-id"] = identity
        return response
