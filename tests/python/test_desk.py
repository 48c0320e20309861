"""A portal that keeps its own rows: the desk, cards of columns, calling a line. A register reads its journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import kezek
import pytest
from conftest import ALMATY, NOW, NUMBER
from kezek.types import GivenChild, Offer

CHILD: GivenChild = {"iin": "p:child-1", "born": date(2015, 5, 2)}
OTHER: GivenChild = {"iin": "p:child-2", "born": date(2015, 6, 3)}
SECOND = "UO.2018.000002.1"
LATER = datetime(2018, 3, 16, 18, 20, tzinfo=ALMATY)


def two_waiting() -> tuple[kezek.Desk, kezek.Card, kezek.Card, list[kezek.Event]]:
    """Two children in the queue of a portal without a register."""
    desk = kezek.Desk("akmola-2018")
    journal = [kezek.Register.open("akmola-2018").events()[0]]
    cards: list[kezek.Card] = []
    for serial, (applicant, child) in enumerate([("p:parent-1", CHILD), ("p:parent-2", OTHER)], 1):
        at = NOW + timedelta(seconds=serial)
        filed = desk.after(len(journal)).submit(applicant=applicant, child=child, serial=serial, now=at)
        assert filed.accepted and filed.card is not None and filed.denials == ()
        assert [effect["type"] for effect in filed.effects] == ["line_to_call"]
        journal += filed.events
        cards.append(filed.raise_for_denial().card)
    return desk, cards[0], cards[1], journal


def test_rows_tell_the_story_of_a_register() -> None:
    desk, first, second, journal = two_waiting()
    assert (first.application["application"], second.application["application"]) == (NUMBER, SECOND)
    # The order of service is a key, and the line is called by it.
    assert first.order_key is not None and second.order_key is not None and first.order_key < second.order_key
    # R36, R12: from the age of choice to the age limit.
    assert first.callable == (datetime(2017, 5, 2, tzinfo=ALMATY), datetime(2022, 5, 2, tzinfo=ALMATY))

    published = desk.after(len(journal)).publish(
        kindergarten="bobek", group_year=2015, language="ru", places=1, vacancy=1, now=LATER
    )
    journal += published.raise_for_denial().events
    cause = published.events[0]
    called = at_revision(first, len(journal)).call(1, 1, LATER, caused_by=cause).raise_for_denial()
    journal += called.events
    (turn,) = called.events
    assert (turn.type, turn.cause, turn.command) == ("turn_came", "command", cause.seq)
    assert {"type": "place_offered", "vacancy": 1, "place": 1} in called.effects
    assert called.card.callable is None

    # Nothing is chosen in time: the place opens, and whoever is first may choose it.
    end = called.card.next_deadline
    assert end is not None and end == datetime(2018, 3, 27, tzinfo=ALMATY)
    lapsed = at_revision(called.card, len(journal)).advance(end)
    journal += lapsed.events
    assert [event.type for event in lapsed.events] == ["turn_lapsed", "seats_opened"]
    offer: Offer = {
        "vacancy": 1, "kindergarten": "bobek", "group_year": 2015, "waiting": 0, "open": 1,
        "open_place": 1, "state": "free_choice",
    }
    chosen = at_revision(second, len(journal)).with_offer(offer).apply(
        {"type": "choose", "application": SECOND, "vacancy": 1}, end
    )
    journal += chosen.raise_for_denial().events
    # A register of the same commands has the same journal.
    register = kezek.Register.open("akmola-2018")
    register.submit(applicant="p:parent-1", child=CHILD, now=NOW + timedelta(seconds=1))
    register.submit(applicant="p:parent-2", child=OTHER, now=NOW + timedelta(seconds=2))
    register.publish_vacancy(kindergarten="bobek", group_year=2015, language="ru", places=1, now=LATER)
    register.choose(application=SECOND, vacancy=1, now=end)
    assert [event.type for event in register.events()] == [event.type for event in journal]
    assert kezek.Register.replay(journal).digest() == register.digest()


def at_revision(card: kezek.Card, revision: int) -> kezek.Card:
    """The stored card with what is around it now."""
    return kezek.Card.from_dict({**card.to_dict(), "revision": revision})


def test_a_turn_moves_and_places_open() -> None:
    desk, first, second, _ = two_waiting()
    turn = first.call(1, 1, LATER).raise_for_denial()
    assert (turn.events[0].cause, turn.events[0].command) == ("due", None)
    moved = turn.card.move_turn(1, 2, LATER, caused_by=7).raise_for_denial()
    assert [(event.type, event.vacancy, event.place, event.command) for event in moved.events] == [
        ("turn_moved", 1, 2, 7)
    ]
    (denial,) = second.move_turn(1, 2, LATER).denials
    assert denial.code == "not_your_turn"
    (denial,) = turn.card.call(1, 2, LATER).denials
    assert denial.code == "not_in_queue"
    opened = desk.open(3, [1, 2], LATER, caused_by=9)
    assert [(event.type, event.vacancy, event.places, event.seats) for event in opened.events] == [
        ("seats_opened", 3, 2, [1, 2])
    ]
    with pytest.raises(kezek.MalformedError) as raised:
        desk.open(3, [], LATER)
    assert raised.value.path == "seats"
    with pytest.raises(kezek.MalformedError) as raised:
        first.with_offer({"vacancy": 1, "kindergarten": "bobek", "group_year": 2015, "state": "asleep"})
    assert raised.value.path == "offer.state"
    for wrong in (0.5, -1, 70_000, None, "one"):
        with pytest.raises(kezek.MalformedError) as raised:
            first.call(1, wrong, LATER)  # type: ignore[arg-type]
        assert raised.value.path == "place"


def test_the_desk_denies() -> None:
    desk = kezek.Desk(kezek.Policy("akmola-2018"), prefix="KK", paused=True)
    filed = desk.submit(applicant="p:a", child=CHILD, serial=1, now=NOW, taken=NUMBER, active=SECOND)
    assert not filed.accepted and filed.card is None and filed.effects == [] and filed.events == ()
    assert [denial.code for denial in filed.denials] == ["paused", "number_taken", "already_in_queue"]
    assert filed.outcome.denials == filed.denials
    with pytest.raises(kezek.DeniedError, match="already_in_queue"):
        filed.raise_for_denial()
    match filed:
        case kezek.Filed(denials=(kezek.Denial("paused"), *_)):
            pass
        case _:
            pytest.fail("no match")
    assert desk.number(7, NOW) == "KK.2018.000007.1" and desk.policy.name == "akmola-2018"


def test_the_desk_takes_a_dictionary_or_keywords() -> None:
    desk = kezek.Desk("akmola-2018", revision=4)
    one = desk.submit({"type": "submit", "applicant": "p:a", "child": CHILD}, serial=1, now=NOW)
    other = desk.submit(applicant="p:a", child=CHILD, serial=1, now=NOW)
    assert one.events == other.events and one.events[0].seq == 5
    anything: Any = desk
    cases: list[tuple[Callable[[], Any], str]] = [
        (lambda: anything.submit({"type": "submit"}, applicant="p:a", serial=1, now=NOW), ""),
        (lambda: anything.submit({"type": "withdraw", "application": NUMBER}, serial=1, now=NOW), "type"),
        (lambda: anything.submit(applicant="p:a", serial=1, now=NOW), "child"),
        (lambda: anything.submit(applicant="p:a", child=CHILD, serial=0, now=NOW), "serial"),
        (lambda: anything.submit(applicant="p:a", child=CHILD, serial="1", now=NOW), "serial"),
        (lambda: anything.submit(applicant="p:a", child=CHILD, serial=1, now=datetime(2018, 1, 1)), "now"),
    ]
    for call, path in cases:
        with pytest.raises(kezek.MalformedError) as raised:
            call()
        assert raised.value.path == path
    with pytest.raises(kezek.NumbersExhaustedError):
        desk.submit(applicant="p:a", child=CHILD, serial=1_000_000, now=NOW)
    with pytest.raises(kezek.StaleRevisionError):
        desk.submit(applicant="p:a", child=CHILD, serial=1, now=NOW, expected_revision=3)


def test_a_card_of_columns_is_the_registers() -> None:
    register = kezek.Register.open("akmola-2018")
    register.submit(applicant="p:parent-1", child=CHILD, now=NOW)
    register.publish_vacancy(kindergarten="bobek", group_year=2015, language="ru", places=1, now=LATER)
    card = register.card(NUMBER, LATER)
    end = card.application["choose_by"]
    row = kezek.Card.of_row(
        policy=kezek.Policy("akmola-2018"),
        application=NUMBER,
        serial=1,
        applicant="p:parent-1",
        child=CHILD,
        registered_at=NOW,
        stage="notified",
        choose_by=end,
        seat={"vacancy": 1, "place": 1},
        until=None,
        lapses=None,
        visited=None,
        revision=register.revision,
        made_at=LATER,
    )
    assert row.application == card.application and row.order_key == card.order_key
    allowed = [answer["action"] for answer in row.permissions(LATER) if answer["allowed"]]
    assert allowed == [answer["action"] for answer in card.permissions(LATER) if answer["allowed"]]
    lapsed, _opened = row.advance(datetime(2018, 3, 27, tzinfo=ALMATY)).events
    assert lapsed.type == "turn_lapsed" and lapsed.seq == register.revision + 1
    # What a host stored of a card goes in by the same names.
    stored = card.to_dict()
    again = kezek.Card.of_row(
        policy="akmola-2018",
        serial=1,
        applicant="p:parent-1",
        child=CHILD,
        revision=stored["revision"],
        **stored["application"],
        **stored["details"],
    )
    assert again.application == card.application and again.to_dict()["details"] == stored["details"]


@pytest.mark.parametrize(
    ("columns", "path"),
    [
        ({"stage": "notified"}, "seat"),
        ({"stage": "stop_listed"}, "until"),
        ({"stage": "enrolled"}, "kindergarten"),
        ({"stage": "asleep"}, "stage"),
        ({"choose_by": NOW}, "choose_by"),
        ({"made_at": datetime(2018, 1, 1)}, "made_at"),
        ({"serial": "1"}, "serial"),
        ({"colour": "red"}, "colour"),
        ({"child": {"iin": "p:c"}}, "child.born"),
        ({"vacancies": [{"vacancy": 1}]}, "vacancies[0].kindergarten"),
    ],
)
def test_a_faulty_column_is_named(columns: dict[str, Any], path: str) -> None:
    row: dict[str, Any] = {
        "application": NUMBER, "serial": 1, "applicant": "p:a", "child": CHILD, "registered_at": NOW, **columns
    }
    with pytest.raises(kezek.MalformedError) as raised:
        kezek.Card.of_row(policy="akmola-2018", **row)
    assert raised.value.path == path


def test_the_order_key_of_columns() -> None:
    late = NOW + timedelta(seconds=1)
    early = kezek.order_key(registered_at=NOW, serial=9, policy="akmola-2018")
    assert early == "00000 2018-01-10T03:00:00Z 000009"
    after = kezek.order_key(registered_at=late, serial=2, policy="akmola-2018")
    assert after is not None and early < after
    # Under shares the order is no key.
    assert kezek.order_key(registered_at=NOW, serial=1, policy="astana-2019") is None
    assert kezek.Card.of_row(
        policy="akmola-2018", application=NUMBER, serial=9, applicant="p:a", child=CHILD, registered_at=NOW
    ).order_key == early
    with pytest.raises(kezek.MalformedError) as raised:
        kezek.order_key(registered_at=datetime(2018, 1, 1), serial=1, policy="akmola-2018")
    assert raised.value.path == "registered_at"
