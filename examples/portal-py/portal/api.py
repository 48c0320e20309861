"""The API of docs/portal.md. Its OpenAPI document is the one that the Rust portal writes: docs/portal.openapi.json."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import kezek
from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from . import document
from . import request as asked
from .portal import Portal
from .problem import Problem
from .rights import Rights, concerned
from .settlement import Settlement
from .store import StoreError
from .stream import said
from .trace import Trace
from .writer import ClockLeapt, Unavailable, written

ROOT = "/api/v1/settlements/{settlement}"
YEARS = (0, 65_535)
ROWS = 500

Handler = Callable[..., Awaitable[Response]]


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(written(value), status, headers, "application/json")


def plain_text(text: str | bytes, kind: str = "text/plain; charset=utf-8") -> Response:
    return Response(text, headers={"content-type": kind})


def dossier(settlement: Settlement, application: str, now: datetime) -> dict[str, Any]:
    """An application with everything that its people may know."""
    register = settlement.register
    return {
        "card": register.card(application, now),
        "position": register.position(application, now),
        "history": list(settlement.index.events_of(application)),
        "documents": register.documents(application, now),
        "revision": register.revision,
    }


def create(portal: Portal) -> FastAPI:
    """The application."""
    app = FastAPI(
        title="kezek portal", lifespan=portal.lifespan, openapi_url=None, docs_url=None, redoc_url=None,
        redirect_slashes=False,
    )  # fmt: skip
    app.add_middleware(Trace, meter=portal.meter, settlements=portal.settlements)
    _faults(app)
    _health(app, portal)
    _public(app, portal)
    _commands(app, portal)
    _applications(app, portal)
    _page(app, portal)
    return app


def _get(app: FastAPI, path: str) -> Callable[[Handler], Handler]:
    """Whoever may GET may ask for the head alone."""
    return app.api_route(path, methods=["GET", "HEAD"])


def _health(app: FastAPI, portal: Portal) -> None:
    """For those who run the portal."""

    @_get(app, "/health/live")
    async def live() -> Response:
        return plain_text("live\n")

    @_get(app, "/health/ready")
    async def ready() -> Response:
        faults = await portal.faults()
        return answer({"faults": faults, "ready": not faults}, 503 if faults else 200)

    @_get(app, "/metrics")
    async def metrics() -> Response:
        return plain_text(await portal.measured(), "text/plain; version=0.0.4")

    @_get(app, "/openapi.json")
    async def openapi() -> Response:
        return Response(document.text(), media_type="application/json")


def _public(app: FastAPI, portal: Portal) -> None:
    """For everybody."""

    @_get(app, "/api/v1/me")
    async def me(request: Request) -> Response:
        caller = portal.known(request)
        return answer({**caller.actor, "settlements": [name for name in portal.settlements if caller.may_enter(name)]})

    @_get(app, "/api/v1/demo")
    async def demo(request: Request) -> Response:
        if portal.demo is None:
            raise Problem(404, "not_found")
        settlement = next(iter(portal.settlements.values()))
        now = datetime.fromtimestamp(settlement.clock.now(), portal.demo.now.tzinfo)
        return answer({"settlement": settlement.id, "now": now, "people": portal.demo.people})

    @_get(app, "/api/v1/settlements")
    async def settlements(request: Request) -> Response:
        caller, rows = portal.caller(request), []
        for settlement in portal.settlements.values():
            if caller is None or caller.may_enter(settlement.id):
                policy, revision = settlement.register.policy, settlement.register.revision
                rows.append(
                    {"settlement": settlement.id, "policy": policy.name, "zone": policy.zone, "revision": revision}
                )
        return answer(rows)

    @_get(app, ROOT + "/policy")
    async def policy(request: Request) -> Response:
        return answer(portal.at(request).register.policy)

    @_get(app, ROOT + "/vacancies")
    async def vacancies(request: Request) -> Response:
        settlement = portal.at(request)
        given = asked.query(request, "group_year", "kindergarten", "state")
        question: dict[str, Any] = {"view": "vacancies", **given}
        if "group_year" in given:
            question["group_year"] = asked.number(given, "group_year", *YEARS)
        return answer(await settlement.ask(lambda now: settlement.register.ask(question, now)))

    @_get(app, ROOT + "/queue")
    async def queue(request: Request) -> Response:
        settlement, given = portal.at(request), asked.query(request, "group_year", "offset", "limit")
        question = {
            "view": "queue",
            "group_year": asked.number(given, "group_year", *YEARS),
            "offset": asked.number(given, "offset", 0, 2**31 - 1, 0),
            "limit": asked.number(given, "limit", 1, ROWS, 100),
        }
        return answer(await settlement.ask(lambda now: settlement.register.ask(question, now)))


def _commands(app: FastAPI, portal: Portal) -> None:
    """What the rules do or deny, and what they are asked."""

    @app.post(ROOT + "/commands")
    async def commands(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        key = asked.key(request)
        command = asked.full(await asked.body(request), caller.actor, request) | {"key": key}
        done = await settlement.command(command)

        def told(now: datetime) -> dict[str, Any]:
            rights = Rights(settlement, caller.actor, now)
            # Of a registration: the number that it was given.
            given = (event for event in done.outcome.events if event.type == "registered" and event.command is not None)
            about = concerned(settlement, command, now) or next((event.application for event in given), None)
            seen = about is not None and about in settlement.index and rights.read(about)
            return {
                "revision": done.revision,
                "events": [event for event in done.outcome.events if rights.see(event)],
                "denials": list(done.outcome.denials),
                "dossier": dossier(settlement, about, now) if seen and about is not None else None,
            }

        return answer(await settlement.ask(told), 409 if done.outcome.denials else 200)

    @app.post(ROOT + "/checks")
    async def checks(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        command = asked.full(await asked.body(request), caller.actor, request)
        denials = await settlement.ask(lambda now: settlement.register.check(command, now))
        return answer({"denials": denials})

    @app.post(ROOT + "/questions")
    async def questions(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        question = await asked.body(request)

        def told(now: datetime) -> Any:
            if not Rights(settlement, caller.actor, now).may_ask(question):
                raise Problem(403, "forbidden")
            return settlement.register.ask(question, now)

        try:
            return answer(await settlement.ask(told))
        except kezek.Error as fault:
            raise Problem.of(fault, question) from None


def _applications(app: FastAPI, portal: Portal) -> None:
    """Dossiers, and what changes in them."""

    def readable(settlement: Settlement, actor: dict[str, Any], application: str, now: datetime) -> str:
        """The application's number, where the actor may read its dossier."""
        own = str(settlement.register.application(application, now)["application"])
        if not Rights(settlement, actor, now).read(own):
            raise Problem(403, "forbidden")
        return own

    @_get(app, ROOT + "/applications")
    async def applications(request: Request) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        person = asked.query(request, "iin").get("iin")

        def told(now: datetime) -> list[dict[str, Any]]:
            numbers = _numbers(settlement, Rights(settlement, caller.actor, now), person, now)
            return [dossier(settlement, application, now) for application in numbers]

        return answer(await settlement.ask(told))

    @_get(app, ROOT + "/applications/{application}")
    async def one(request: Request, application: str) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]

        def told(now: datetime) -> Response:
            own, tag = readable(settlement, caller.actor, application, now), f'"{settlement.register.revision}"'
            if tag in known:
                return Response(status_code=304, headers={"etag": tag})
            return answer(dossier(settlement, own, now), 200, {"etag": tag})

        return await settlement.ask(told)

    @_get(app, ROOT + "/applications/{application}/position")
    async def position(request: Request, application: str) -> Response:
        settlement = portal.at(request)
        numbers = await settlement.ask(lambda now: settlement.register.position(application, now))
        return answer({**numbers, "revision": settlement.register.revision})

    @app.get(ROOT + "/applications/{application}/events")
    async def events(request: Request, application: str) -> Response:
        caller, settlement = portal.known(request), portal.at(request)
        own = await settlement.ask(lambda now: readable(settlement, caller.actor, application, now))
        told = asked.last_event(request, settlement.register.revision)
        stream = said(settlement, own, told, lambda: portal.stopping)
        return StreamingResponse(stream, headers={"cache-control": "no-cache"}, media_type="text/event-stream")


def _numbers(settlement: Settlement, rights: Rights, person: str | None, now: datetime) -> list[str]:
    """The applications that concern an actor: an applicant's own; of staff those with a live referral to them; of the
    department and the operator those of a person, without one those under review."""
    register, index = settlement.register, settlement.index
    persons_own = [] if person is None else [row["application"] for row in register.journal(person, now)]
    if rights.all and person is not None:
        return persons_own
    if rights.actor["role"] == "applicant":
        return rights.own
    among, stages = (
        (index.refused, {"under_review"})
        if rights.all
        else (index.referred_to(rights.actor["kindergartens"]), {"referred", "under_review"})
    )
    return [number for number in among if register.application(number, now)["stage"] in stages]


def _page(app: FastAPI, portal: Portal) -> None:
    """The parent's page, where there is one. Nothing under `/api` is a file of it."""
    if portal.page is None:

        @_get(app, "/")
        async def nothing() -> Response:
            return plain_text("The portal runs. There is no page here; /openapi.json tells of the API.\n")

        return
    page, first = StaticFiles(directory=portal.page), next(iter(portal.settlements))

    @_get(app, "/")
    async def index(request: Request) -> Response:
        # The page itself does not know whether a portal serves it: its address says so.
        if not request.query_params:
            return RedirectResponse(f"/?portal=/api/v1/settlements/{first}", 303)
        return await page.get_response("index.html", request.scope)

    async def otherwise(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/api/"):
            await page(scope, receive, send)
        else:
            raise HTTPException(404)

    app.router.default = otherwise


def _faults(app: FastAPI) -> None:
    """Exceptions as problems. (Of any other one `Trace` makes a 500.)"""

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

    @app.exception_handler(HTTPException)
    async def http(_: Request, fault: HTTPException) -> Response:
        code = {404: "not_found", 405: "method_not_allowed"}.get(fault.status_code, "malformed")
        return Problem(fault.status_code if fault.status_code in (404, 405) else 400, code).response()
