"""A story that the portal's pages tell: two children, one place, a choice missed over Nauryz, and one chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import Client

from . import views
from .counter import counter, found_settlement
from .models import Application

ALMATY = ZoneInfo("Asia/Almaty")
FIRST, SECOND = "UO.2018.000001.1", "UO.2018.000002.1"


def at(text: str) -> datetime:
    """The story's clock shows this from now on."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ALMATY)
    views.clock = lambda: moment
    return moment


def begin() -> None:
    """Two children wait."""
    found_settlement("akmola-2018")
    for serial, born in ((1, "2015-05-02"), (2, "2015-06-03")):
        now = at(f"2018-01-1{serial}T09:00:00")
        with counter(now) as desk:
            desk.apply({"type": "submit", "applicant": f"p:parent-{serial}", "child": {"iin": f"p:child-{serial}", "born": born}}, now)


def tell() -> Iterator[tuple[str, int]]:
    """What is done, and the page's answer to it."""
    web = Client()

    def post(path: str, **fields: str) -> int:
        return web.post(path, {"lang": "ru", "signature": "demo", **fields}).status_code

    begin()
    at("2018-03-16T18:20:00")
    place = {"kindergarten": "bobek", "group_year": "2015", "language": "ru", "places": "1"}
    yield "staff publish a place: the first child's turn comes, with three working days over Nauryz", post("/places/", **place)
    yield "the second child's parent tries to choose it too", post(f"/card/{SECOND}/choose/", vacancy="1")
    at("2018-03-27T00:00:00")
    yield "the window is over: the second child's parent looks at the card", web.get(f"/card/{SECOND}/").status_code
    yield "the second child's parent chooses the place, which is open now", post(f"/card/{SECOND}/choose/", vacancy="1")
    yield "the first child's parent is too late", post(f"/card/{FIRST}/choose/", vacancy="1")
    at("2018-03-28T10:00:00")
    until = {"until": "2018-04-09", "reason": "leave"}
    yield "the referral is extended", post(f"/card/{SECOND}/extend_referral/", **until)
    yield "and extended again, once too often", post(f"/card/{SECOND}/extend_referral/", **until)
    at("2018-04-02T11:00:00")
    accepted = post(f"/card/{SECOND}/accept/", **{"as": "staff"})
    yield "the kindergarten accepts the child", accepted
    yield "the family withdraws the other application", post(f"/card/{FIRST}/withdraw/")


def stages() -> list[tuple[str, str]]:
    """Where all of them stand."""
    return list(Application.objects.order_by("serial").values_list("number", "stage"))
