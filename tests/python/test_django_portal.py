"""The portal in miniature: its story, two clerks at once, and a transaction that fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import kezek
import pytest
from kezek.types import Language

sys.path.insert(0, str(Path(__file__).parents[2] / "examples/python/django_portal"))
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from portal import counter, models, story, views


@pytest.fixture(autouse=True)
def rows(tmp_path: Path) -> Iterator[None]:
    """An empty database of its own."""
    connections.close_all()
    connections.settings["default"]["NAME"] = str(tmp_path / "rows.sqlite3")
    connection.settings_dict["NAME"] = str(tmp_path / "rows.sqlite3")
    call_command("migrate", run_syncdb=True, verbosity=0)
    yield
    connections.close_all()


def journal() -> list[dict[str, Any]]:
    return list(models.Event.objects.order_by("seq").values_list("row", flat=True))


def test_the_story_ends_where_a_register_of_its_journal_stands() -> None:
    assert [status for _, status in story.tell()] == [201, 409, 200, 302, 409, 302, 409, 302, 302]
    register = kezek.Register.replay(journal())
    assert register.now is not None
    stages = story.stages()
    assert stages == [(story.FIRST, "closed"), (story.SECOND, "enrolled")]
    for number, stage in stages:
        card = counter.card_of(models.Application.objects.get(number=number))
        assert card.application == register.application(number, register.now)
        assert card.application["stage"] == stage
    # A register that is told the same commands has the same journal.
    own = kezek.Register.open("akmola-2018")
    for event in register.events()[1:]:
        if event.type == "registered":
            own.submit(applicant=event.applicant, child=event.child, now=counter.happened(event))
    assert [event.to_dict() for event in own.events()] == journal()[: own.revision]


def test_the_page_says_why_a_button_is_not_there() -> None:
    story.begin()
    story.at("2018-03-16T18:20:00")
    web = Client()
    place = {"kindergarten": "bobek", "group_year": "2015", "language": "ru", "places": "1"}
    assert web.post("/places/", place).status_code == 201
    languages: list[Language] = ["kk", "ru", "en"]
    for language in languages:
        texts = kezek.Texts(language, "akmola-2018")
        page = web.get(f"/card/{story.SECOND}/", {"lang": language}).content.decode()
        assert texts.stage("queued") in page and texts.button("withdraw") in page
        card = counter.card_of(models.Application.objects.get(number=story.SECOND))
        choose = {"type": "choose", "application": story.SECOND, "vacancy": 1}
        offer = counter.offer_of(models.Vacancy.objects.get())
        (denial,) = card.with_offer(offer).check(choose, views.clock())
        assert denial.code == "not_your_turn" and texts.denial(denial) in page
    assert web.get("/card/nobody/").status_code == 404
    refused = web.post(f"/card/{story.FIRST}/extend_referral/", {"until": "soon", "reason": "leave"})
    assert refused.status_code == 400


def test_of_two_at_once_one_gets_the_last_place() -> None:
    story.begin()
    story.at("2018-03-16T18:20:00")
    place = {"kindergarten": "bobek", "group_year": "2015", "language": "ru", "places": "1"}
    assert Client().post("/places/", place).status_code == 201
    story.at("2018-03-27T00:00:00")

    def choose(number: str) -> int:
        try:
            answer = Client().post(f"/card/{number}/choose/", {"vacancy": "1", "signature": "demo"})
            return answer.status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as clerks:
        statuses = sorted(clerks.map(choose, [story.FIRST, story.SECOND]))
    assert statuses == [302, 409]
    assert sorted(stage for _, stage in story.stages()) == ["queued", "referred"]
    assert models.Place.objects.get().state == "referred"
    register = kezek.Register.replay(journal())
    assert [event.type for event in register.events()].count("referral_issued") == 1


def test_a_transaction_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    story.begin()
    now = story.at("2018-03-16T18:20:00")
    before = (journal(), story.stages(), models.Settlement.objects.get().now)

    def broken(self: counter.Counter, application: Any, effect: Any, done: Any) -> None:
        raise OSError("the disk is full")

    # The place is published, its events are written, and the turn comes: then it fails.
    monkeypatch.setattr(counter.Counter, "follow", broken)
    command = {"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru", "places": 1}
    with pytest.raises(OSError, match="disk"), counter.counter(now) as desk:
        desk.apply(command, now)
    assert (journal(), story.stages(), models.Settlement.objects.get().now) == before
    assert not models.Vacancy.objects.exists()
