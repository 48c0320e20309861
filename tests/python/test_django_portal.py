"""The Django portal keeps rows, no register: its journal is the register's, whatever fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import kezek
import pytest
from conftest import ALMATY

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "examples" / "python" / "django_portal"
sys.path.insert(0, str(PORTAL))
JOURNALS = [ROOT / "examples/data/kokshetau-2018.jsonl", ROOT / "tests/city/generated-20.jsonl"]
CHILD = {"born": "2015-05-02"}
SOON = datetime(2018, 3, 16, 18, 20, tzinfo=ALMATY)
FIRST, SECOND = "UO.2018.000001.1", "UO.2018.000002.1"


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Django, with a database in a file: several threads come to it."""
    os.environ["PORTAL_DATABASE"] = str(tmp_path_factory.mktemp("portal") / "rows.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", run_syncdb=True, verbosity=0)
    yield
    teardown_test_environment()
    connections.close_all()


@pytest.fixture
def portal(tables: None) -> Iterator[Any]:
    """The portal's counter, over a settlement that has just been opened."""
    from django.core.management import call_command
    from portal import clock, counter

    call_command("flush", interactive=False, verbosity=0)
    counter.found()
    yield counter
    clock.stands_at(None)


@pytest.fixture
def one_open_place(portal: Any) -> Any:
    """Two children in the queue, and a place that both may choose: the first one's turn lapsed."""
    from portal import clock

    for n in (1, 2):
        child = {"iin": f"p:child-{n}", **CHILD}
        command = {"type": "submit", "applicant": f"p:parent-{n}", "child": child}
        assert portal.apply(command, SOON - timedelta(days=30 - n)).accepted
    publish = {"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015}
    assert portal.apply({**publish, "language": "ru", "places": 1}, SOON).accepted
    clock.stands_at(datetime(2018, 3, 27, 9, tzinfo=ALMATY))
    portal.advance(clock.now())
    return portal


def browser(number: int, language: str = "en", **more: Any) -> Any:
    """A parent who has signed in."""
    from django.test import Client

    client = Client(**more)
    client.post("/language", {"language": language})
    client.post("/sign-in", {"role": "applicant", "name": f"p:parent-{number}"})
    return client


def choose(client: Any, number: str) -> Any:
    url = f"/applications/{number}/choose"
    return client.post(url, {"vacancy": "1", "signature": "signed"})


def rows() -> dict[str, list[dict[str, Any]]]:
    """All that the portal keeps."""
    from django.apps import apps

    tables = apps.get_app_config("portal").get_models(include_auto_created=True)
    return {
        table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables
    }


# ---- the same as a register ----


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda journal: journal.stem)
def test_the_rows_tell_what_a_register_tells(portal: Any, journal: Path) -> None:
    from portal import models
    from portal.models import Application

    register = kezek.Register.open("akmola-2018")
    now = SOON
    for line in journal.read_text(encoding="utf-8").splitlines():
        step = json.loads(line)
        now = datetime.fromisoformat(step["at"])
        command = step.get("do")
        asked = portal.apply(command, now) if command else portal.advance(now)
        said = register.apply(command, now) if command else register.advance(now)
        assert asked == said, line

    events = list(models.journal())
    assert events == register.events()
    assert kezek.Register.replay(events).digest() == register.digest()
    for row in Application.objects.all():
        place = register.position(row.number, now)
        assert row.position() == (place["number"], place["in_group_year"])
        card = row.card(register.revision, places=models.line_places(row.group_year))
        asked = register.card(row.number, now)
        assert card.application == asked.application
        assert (
            card.permissions(now)
            == asked.permissions(now)
            == register.permissions(row.number, now=now)
        )
        assert card.deadlines(now) == asked.deadlines(now)
    due = register.next_deadline()
    assert models.next_due(now) == (due["at"] if due else None)
    for vacancy in register.vacancies(now=now):
        offer = models.Vacancy.objects.get(id=vacancy["vacancy"]).offer()
        for count in ("waiting", "open", "state", "kindergarten", "group_year"):
            assert offer[count] == vacancy[count], vacancy


SUBMIT: list[dict[str, Any]] = [
    {"type": "submit", "applicant": f"p:parent-{n}", "child": {"iin": f"p:child-{n}", **CHILD}}
    for n in (1, 2)
]
PUBLISH: list[dict[str, Any]] = [
    {
        "type": "publish_vacancy",
        "kindergarten": name,
        "group_year": 2015,
        "language": "ru",
        "places": 1,
    }
    for name in ("bobek", "ainalaiyn")
]


@pytest.mark.parametrize(
    ("commands", "brings"),
    [
        # Who chooses the place of another one's turn leaves him his own. R82: Cyrillic У and О.
        (
            [
                *SUBMIT,
                *PUBLISH,
                {"type": "choose", "application": SECOND, "vacancy": 1},
                {"type": "choose", "application": FIRST, "vacancy": 1},
                {"type": "choose", "application": "УО.2018.000001.1", "vacancy": 2},
                {"type": "record_visit", "child": "p:child-1"},
                {"type": "accept", "referral": "1000000101"},
            ],
            ["turn_moved"],
        ),
        # O14: who gives a place back is not called to it again; nobody else is there, so it opens.
        (
            [
                SUBMIT[0],
                PUBLISH[0],
                {"type": "choose", "application": FIRST, "vacancy": 1},
                {"type": "recall_referral", "child": "p:child-1", "reason": "a journey"},
            ],
            ["seat_returned", "seats_opened"],
        ),
        # A referral that is not live any more is found all the same (R69).
        (
            [
                SUBMIT[0],
                PUBLISH[0],
                {"type": "choose", "application": FIRST, "vacancy": 1},
                {"type": "recall_referral", "referral": "1000000101", "reason": "a journey"},
                {"type": "accept", "referral": "1000000101"},
                {"type": "withdraw", "application": FIRST},
                {"type": "submit", **SUBMIT[0]},
                {"type": "submit", **SUBMIT[0]},
                {"type": "submit", **SUBMIT[1], "application": "UO.2018.000002.1"},
            ],
            ["seat_returned", "seats_opened", "closed"],
        ),
    ],
    ids=["moved", "given back", "named"],
)
def test_what_is_rare_is_as_in_a_register(
    portal: Any, commands: list[dict[str, Any]], brings: list[str]
) -> None:
    from portal import models

    register = kezek.Register.open("akmola-2018")
    for command in commands:
        command = {**command, "signature": "signed"}
        assert portal.apply(command, SOON) == register.apply(command, SOON), command
    events = list(models.journal())
    assert events == register.events()
    assert set(brings) <= {event.type for event in events}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_story(portal: Any, capsys: pytest.CaptureFixture[str], language: str) -> None:
    from portal import models, story

    story.Teller(language).tell()
    told = capsys.readouterr().out
    events = list(models.journal())
    texts = kezek.Texts(language, models.policy())  # type: ignore[arg-type]
    for event in events[1:]:
        assert texts.event(event) in told
    register = kezek.Register.replay(events)
    end = datetime(2018, 4, 20, 9, tzinfo=ALMATY)
    stages = {row.number: row.stage for row in models.Application.objects.all()}
    assert stages == {n: register.application(n, end)["stage"] for n in stages}
    assert sorted(stages.values()) == ["closed", "enrolled", "queued"]


def test_it_runs_by_one_command() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL", "DJANGO"))}
    ran = subprocess.run(
        [sys.executable, str(PORTAL / "manage.py"), "story", "ru"],
        capture_output=True, text=True, check=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    assert ran.stderr == ""
    assert "Ваша очередь ещё не подошла" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("a register of this journal says the same: k1:")


# ---- two at once ----


def test_of_two_who_choose_the_last_place_one_gets_it(one_open_place: Any) -> None:
    from django.db import connections
    from portal.models import Place

    together = threading.Barrier(2)

    def press(parent: int) -> int:
        client = browser(parent)
        together.wait(10)
        answer = choose(client, f"UO.2018.{parent:06}.1")
        connections.close_all()
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(press, (1, 2))) == [302, 409]
    assert [place.state for place in Place.objects.all()] == ["referred"]


def test_the_second_waits_until_the_first_is_done(
    one_open_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is held when it has read the rows, in its transaction: nobody reads them then."""
    from django.db import connections
    from portal.models import Application, Vacancy

    has_read, may_go_on = threading.Event(), threading.Event()
    asked: list[str] = []
    offer = Vacancy.offer

    def slow(vacancy: Vacancy) -> Any:
        asked.append(threading.current_thread().name)
        read = offer(vacancy)
        if len(asked) == 1:
            has_read.set()
            assert may_go_on.wait(10)
        return read

    monkeypatch.setattr(Vacancy, "offer", slow)

    def press(parent: int) -> tuple[int, list[str]]:
        answer = choose(browser(parent), f"UO.2018.{parent:06}.1")
        connections.close_all()
        return answer.status_code, answer.context["alerts"] if answer.context else []

    with ThreadPoolExecutor(2) as two:
        first = two.submit(press, 1)
        assert has_read.wait(10)
        second = two.submit(press, 2)
        second_done = threading.Event()
        second.add_done_callback(lambda _: second_done.set())
        assert not second_done.wait(0.5) and len(asked) == 1
        may_go_on.set()
        assert first.result(20)[0] == 302
        status, alerts = second.result(20)
    # The second one read what the first had left: no place.
    assert status == 409
    assert alerts == ["No free place is left here: No. 1. Please choose another place."]
    stages = Application.objects.order_by("serial").values_list("stage", flat=True)
    assert list(stages) == ["referred", "queued"]


# ---- what fails ----


@pytest.mark.parametrize("where", ["Application.take", "Place.becomes", "Counter.record"])
def test_a_transaction_that_fails_leaves_nothing_half_done(
    one_open_place: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from portal import counter, models

    name, method = where.split(".")
    owner = getattr(models, name, None) or getattr(counter, name)
    does = getattr(owner, method)

    def does_and_fails(*args: Any) -> None:
        does(*args)
        raise OSError("the disk is full")

    before = rows()
    client = browser(1, raise_request_exception=False)
    with monkeypatch.context() as broken:
        broken.setattr(owner, method, does_and_fails)
        assert choose(client, FIRST).status_code == 500
    assert rows() == before
    # The same press does it, once the disk is there again; the journal has no gap.
    assert choose(client, FIRST).status_code == 302
    events = list(models.journal())
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert kezek.Register.replay(events).revision == len(events)


def test_an_input_that_cannot_be_read_changes_nothing(one_open_place: Any) -> None:
    from django.test import Client

    before, client = rows(), browser(1)
    extend = {"until": "2 April", "reason": "a journey", "signature": "signed"}
    answer = client.post(f"/applications/{FIRST}/extend_referral", extend)
    assert answer.status_code == 400 and answer.context["alerts"]
    assert client.post(f"/applications/{FIRST}/pause").status_code == 404
    assert client.post("/applications/UO.2018.000009.1/withdraw").status_code == 404
    assert client.get(f"/applications/{SECOND}").status_code == 404
    # Another parent's application: the rules say no, whatever the address.
    assert choose(client, SECOND).status_code == 404
    assert Client().get(f"/applications/{FIRST}").status_code == 404
    assert rows() == before


# ---- the page ----


@pytest.mark.parametrize(
    ("language", "button"),
    [
        ("kk", "Мемлекеттік балабақшаны таңдау"),
        ("ru", "Выбрать государственный детский сад"),
        ("en", "Choose a state kindergarten"),
    ],
)
def test_the_page_says_why_a_button_is_missing(
    one_open_place: Any, language: str, button: str
) -> None:
    other, client = browser(1), browser(2, language)
    page = client.get(f"/applications/{SECOND}")
    assert {b["label"]: b["allowed"] for b in page.context["buttons"]}[button]
    assert choose(other, FIRST).status_code == 302
    page = client.get(f"/applications/{SECOND}")
    (row,) = [b for b in page.context["buttons"] if b["label"] == button]
    texts = kezek.Texts(language, "akmola-2018")  # type: ignore[arg-type]
    denial = texts.denial({"code": "no_free_place", "rule": "O26", "policy": "akmola-2018"})
    assert not row["allowed"] and row["reasons"] == [f"{denial} (O26)"]
    assert f"{denial} (O26)" in page.content.decode()


def test_whoever_looks_first_settles_what_fell_due(one_open_place: Any) -> None:
    from portal import clock, models

    assert choose(browser(1), FIRST).status_code == 302
    # Nobody comes with the first child, and no deadline task runs: the other page is right still.
    clock.stands_at(datetime(2018, 4, 5, 9, tzinfo=ALMATY))
    revision = models.Settlement.objects.get().revision
    page = browser(2).get(f"/applications/{SECOND}")
    types = [event.type for event in models.journal()][revision:]
    assert types == ["referral_expired", "stop_listed", "seat_returned", "turn_came"]
    assert ("State", "Notice sent") in page.context["facts"]


def test_the_deadline_task(portal: Any) -> None:
    from django.core.management import call_command
    from portal import clock

    child = {"iin": "p:child-1", **CHILD}
    portal.apply({"type": "submit", "applicant": "p:parent-1", "child": child}, SOON)
    publish = {"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015}
    portal.apply({**publish, "language": "ru", "places": 1}, SOON)
    clock.stands_at(SOON)
    assert told(call_command) == ["next: by the end of 26 March 2018"]
    clock.stands_at(datetime(2018, 3, 27, tzinfo=ALMATY))
    lapsed, opened, due = told(call_command)
    assert "No kindergarten was chosen in time." in lapsed and "free choice" in opened
    assert due.startswith("next: ")


def told(call_command: Any) -> list[str]:
    out = StringIO()
    call_command("advance", stdout=out)
    return out.getvalue().splitlines()
