"""What crosses the border: times, values, errors, events, denials."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import kezek
import numpy
import pytest
from conftest import ALMATY, NOW, NUMBER
from kezek.events import KINDS, Registered, TurnCame
from kezek.types import GivenChild


def test_a_naive_datetime_says_what_to_do(register: kezek.Register) -> None:
    with pytest.raises(ValueError, match="tzinfo=zoneinfo.ZoneInfo") as raised:
        register.advance(datetime(2018, 1, 11))
    assert isinstance(raised.value, kezek.MalformedError)
    assert (raised.value.code, raised.value.path) == ("malformed", "now")
    inside = {"type": "change_policy", "from": datetime(2018, 2, 1), "policy": "akmola-2018"}
    with pytest.raises(ValueError) as raised:
        register.apply(inside, NOW)
    assert raised.value.path == "from"  # type: ignore[attr-defined]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "Asia/Aqtobe", "America/New_York", "Asia/Kathmandu"])
def test_any_zone_is_the_same_instant(register: kezek.Register, zone: str) -> None:
    later = NOW + timedelta(days=1)
    register.advance(later.astimezone(ZoneInfo(zone)))
    assert register.now == later
    assert register.now is not None and register.now.utcoffset() == timedelta(hours=6)


def test_a_fraction_is_cut_off_and_text_is_read(register: kezek.Register) -> None:
    register.advance(NOW.replace(second=59, microsecond=999_999))
    assert register.now == NOW.replace(second=59)
    register.advance("2018-01-10T10:00:00.9+06:00")
    assert register.now == NOW.replace(hour=10)
    register.advance(datetime(2018, 1, 10, 4, 0, 1, tzinfo=timezone(timedelta(minutes=-3))))
    assert register.now == datetime(2018, 1, 10, 4, 3, 1, tzinfo=timezone.utc)


def test_the_clocks_of_the_zone_change() -> None:
    register = kezek.Register.open("akmola-2018")
    register.advance("2024-02-29T23:59:59+06:00")
    assert register.now is not None and register.now.utcoffset() == timedelta(hours=6)
    register.advance("2024-03-01T00:00:00+05:00")
    assert register.now.utcoffset() == timedelta(hours=5)
    assert register.now.isoformat() == "2024-03-01T00:00:00+05:00"


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({}, "type"),
        ({"type": "choose", "application": NUMBER}, "vacancy"),
        ({"type": "choose", "application": NUMBER, "vacancy": 1.0}, "vacancy"),
        ({"type": "choose", "application": NUMBER, "vacancy": True}, "vacancy"),
        ({"type": "choose", "application": NUMBER, "vacancy": 2**70}, "vacancy"),
        ({"type": "choose", "application": NUMBER, "vacancy": {1}}, "vacancy"),
        ({"type": "choose", "application": "\ud800", "vacancy": 1}, "application"),
        ({"type": "withdraw", "application": NUMBER, "aplication": NUMBER}, "aplication"),
        ({"type": "submit", "applicant": "p:a", "child": {"iin": "p:b", "born": "soon"}}, "child.born"),
        ({"type": "withdraw", "application": NUMBER, "ext": {"rows": [1, [2, {"x": 0.5}]]}}, "ext.rows[1][1].x"),
        ({"type": "withdraw", "application": NUMBER, "ext": {1: 2}}, "ext"),
        ({"type": "withdraw", "application": NUMBER, "by": {"role": "king"}}, "by.role"),
    ],
)
def test_wrong_values_name_their_path(register: kezek.Register, command: Any, path: str) -> None:
    digest, events = register.digest(), register.events()
    with pytest.raises(kezek.MalformedError) as raised:
        register.apply(command, NOW)
    assert (raised.value.code, raised.value.path) == ("malformed", path)
    assert (register.digest(), register.events()) == (digest, events)


@pytest.mark.parametrize("command", [None, 1, "withdraw", [], (), NOW, object(), b"{}"])
def test_what_is_no_command_is_malformed(register: kezek.Register, command: Any) -> None:
    with pytest.raises(kezek.MalformedError):
        register.apply(command, NOW)
    with pytest.raises(kezek.MalformedError):
        register.ask(command, NOW)


def test_cycles_and_depth_are_refused(register: kezek.Register) -> None:
    cycle: dict[str, Any] = {}
    cycle["again"] = [cycle]
    with pytest.raises(kezek.MalformedError, match="contains itself"):
        register.withdraw(application=NUMBER, ext=cycle, now=NOW)
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(kezek.MalformedError, match="64 levels"):
        register.withdraw(application=NUMBER, ext={"deep": deep}, now=NOW)
    wide: Any = 1
    for _ in range(30):
        wide = [wide] * 10
    with pytest.raises(kezek.MalformedError, match="values"):
        register.withdraw(application=NUMBER, ext={"wide": wide}, now=NOW)


def test_dates_and_own_objects_go_in(register: kezek.Register) -> None:
    typed: GivenChild = {"iin": kezek.Iin("991231500016"), "born": date(2015, 5, 3)}
    outcome = register.submit(applicant="p:parent-2", child=typed, now=NOW).raise_for_denial()
    assert outcome.events[0].child == {"iin": "991231500016", "born": date(2015, 5, 3)}
    assert "991231500016" not in repr(outcome) and "99**********" in repr(outcome)
    announced = register.change_policy(
        policy=kezek.Policy("astana-2018"),
        from_=NOW + timedelta(days=1),
        authority={"kind": "department", "document": "12"},
        reason="new rules",
        now=NOW,
    ).raise_for_denial()
    assert announced.events[0].from_ == NOW + timedelta(days=1)


def test_an_event_is_immutable_and_has_attributes(register: kezek.Register) -> None:
    _, event = register.events()
    assert type(event) is Registered and event.type == "registered"
    assert (event.seq, event.at, event.application, event.rule) == (2, NOW, NUMBER, "R20")
    assert event.registered_at == NOW and event.child["born"] == date(2015, 5, 2)
    assert event.channel is None and event.by is None and event.override is False
    with pytest.raises(AttributeError, match="no field 'choose_by'|no field \"choose_by\""):
        _ = event.choose_by
    for change in ("seq", "application", "anything"):
        with pytest.raises(AttributeError):
            setattr(event, change, 1)
    assert "p:child-1" not in repr(event) and "p:***" in repr(event)
    assert "application" in dir(event)


def test_an_event_matches_patterns(register: kezek.Register) -> None:
    outcome = register.publish_vacancy(
        kindergarten="bobek", group_year=2015, language="ru", places=1, now=NOW
    ).raise_for_denial()
    seen: list[object] = []
    for event in outcome.events:
        match event:
            case TurnCame(application=number, choose_by=end):
                seen.append((number, end))
            case kezek.Event("vacancy_published"):
                seen.append("published")
            case _:
                seen.append(event.type)
    assert seen == ["published", (NUMBER, datetime(2018, 1, 16, tzinfo=ALMATY))]


def test_events_are_equal_hash_pickle_and_copy(register: kezek.Register) -> None:
    for event in register.events():
        same = [
            pickle.loads(pickle.dumps(event)),
            kezek.Event.from_dict(event.to_dict(), zone="Asia/Almaty"),
            kezek.Event.from_json(event.to_json()),
            copy.deepcopy(event),
        ]
        for other in same:
            assert other == event and hash(other) == hash(event) and type(other) is type(event)
        assert same[0].at == event.at and same[0].to_dict() == event.to_dict()
        assert json.loads(event.to_json()) == event.to_dict()
    one, two = register.events()
    assert one != two and one != 1


def test_every_type_of_event_has_a_class(register: kezek.Register) -> None:
    assert all(issubclass(kind, kezek.Event) for kind in KINDS.values())
    assert {type(event) for event in register.events()} <= set(KINDS.values())


def test_a_denial_is_data(register: kezek.Register) -> None:
    outcome = register.choose(application=NUMBER, vacancy=7, now=NOW)
    assert not outcome.accepted and outcome.events == ()
    (denial,) = outcome.denials
    assert (denial.code, denial.found, denial.policy) == ("not_found", "7", "akmola-2018")
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert register.check({"type": "choose", "application": NUMBER, "vacancy": 7}, NOW) == [denial]
    with pytest.raises(kezek.DeniedError, match="not_found") as raised:
        outcome.raise_for_denial()
    assert raised.value.denials == (denial,)
    assert not issubclass(kezek.DeniedError, kezek.Error)
    assert pickle.loads(pickle.dumps(raised.value)).denials == (denial,)


def test_a_denial_has_its_dates(register: kezek.Register) -> None:
    register.submit(applicant="p:b", child={"iin": "p:c", "born": "2017-01-01"}, now=NOW).raise_for_denial()
    register.publish_vacancy(kindergarten="bobek", group_year=2017, language="kk", places=1, now=NOW)
    denials = register.choose(application="UO.2018.000002.1", vacancy=1, now=NOW).denials
    young = next(denial for denial in denials if denial.code == "too_young")
    assert young.expected == date(2019, 1, 1) and young.until == datetime(2019, 1, 1, tzinfo=ALMATY)
    assert young.to_dict()["until"] == "2019-01-01T00:00:00+06:00"
    assert kezek.Texts("ru", "akmola-2018").denial(young)


def test_errors_are_of_their_kind_and_pickle(register: kezek.Register) -> None:
    cases: list[tuple[type[kezek.Error], Any]] = [
        (kezek.UnknownPolicyError, lambda: kezek.Policy("atlantis")),
        (kezek.InvalidPolicyError, lambda: kezek.Policy({"base": "akmola-2018", "age": {"until": {"years": 0}}})),
        (kezek.NotFoundError, lambda: register.position("UO.2018.000009.1", NOW)),
        (kezek.ClockMovedBackError, lambda: register.advance(NOW - timedelta(seconds=1))),
        (kezek.OutsideCalendarError, lambda: register.advance("2101-01-01T00:00:00Z")),
        (kezek.StaleRevisionError, lambda: register.withdraw(application=NUMBER, expected_revision=9, now=NOW)),
        (kezek.CorruptHistoryError, lambda: kezek.Register.replay([])),
        (kezek.MalformedError, lambda: kezek.Register.replay("{")),
        (kezek.MalformedError, lambda: kezek.Register.restore(b"[")),
    ]
    for kind, call in cases:
        with pytest.raises(kind) as raised:
            call()
        error = raised.value
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is kind and again.to_dict() == error.to_dict() and str(again) == str(error)
        assert error.code == error.to_dict()["code"]


def test_a_key_is_done_once(register: kezek.Register) -> None:
    first = register.confirm_interest(application=NUMBER, key="k", now=NOW)
    again = register.confirm_interest(application=NUMBER, key="k", now=NOW - timedelta(days=9))
    assert first == again
    with pytest.raises(kezek.KeyConflictError):
        register.withdraw(application=NUMBER, key="k", now=NOW)


def test_a_packed_register_and_a_history_that_the_host_keeps(register: kezek.Register) -> None:
    packed = register.pack()
    again = kezek.Register.unpack(packed)
    assert (again.digest(), again.events(), again.pack()) == (register.digest(), register.events(), packed)
    for broken in (packed[:20], packed[:-1], packed[:40] + b"?" + packed[41:], b""):
        with pytest.raises(kezek.CorruptHistoryError):
            kezek.Register.unpack(broken)
    told, revision = register.events(), register.revision
    assert register.leave_history() == told and register.revision == revision
    assert register.events(after=revision) == [] and register.digest() == again.digest()
    for past in (register.events, lambda: register.history(NUMBER, now=NOW), lambda: register.overrides(now=NOW)):
        with pytest.raises(kezek.NotFoundError) as raised:
            past()
        assert raised.value.path == "events"
    copied = pickle.loads(pickle.dumps(register))
    assert copied.digest() == again.digest() and copied.events(after=revision) == []


def test_rollback_follow_and_copies(register: kezek.Register) -> None:
    other = copy.copy(register)
    before = register.digest()
    events = register.withdraw(application=NUMBER, now=NOW).events
    assert other.digest() == before != register.digest()
    other.follow(event.to_dict() for event in events)
    assert other.digest() == register.digest() == pickle.loads(pickle.dumps(register)).digest()
    assert register.rollback() and register.digest() == before and not register.rollback()
    with pytest.raises(kezek.CorruptHistoryError) as raised:
        other.follow(events)
    assert raised.value.path == "[0]"


def test_a_card_says_what_the_register_says(register: kezek.Register) -> None:
    card = register.card(NUMBER, NOW)
    same = kezek.Card.from_dict(json.loads(json.dumps(card.to_dict())))
    for one in (card, same, pickle.loads(pickle.dumps(card))):
        assert one.permissions(NOW) == register.permissions(NUMBER, now=NOW)
        assert one.application == register.application(NUMBER, NOW)
        left = one.apply({"type": "withdraw", "application": NUMBER}, NOW).raise_for_denial()
        assert [event.type for event in left.events] == ["closed"]
        assert left.card.application["stage"] == "closed"


def test_policy_and_calendar() -> None:
    policy = kezek.Policy("akmola-2018")
    assert policy == kezek.Policy(policy.to_dict()) == pickle.loads(pickle.dumps(policy))
    assert policy != kezek.Policy({"base": "akmola-2018", "choice_window": {"working_days": 2}})
    assert "akmola-2018" in kezek.Policy.names() and policy.zone == "Asia/Almaty"
    calendar = kezek.Calendar.kazakhstan()
    end = calendar.working_day_after(date(2018, 3, 16), 3)
    assert end == (date(2018, 3, 26), False) and end.day == date(2018, 3, 26)
    assert calendar.working_days_between("2018-03-16", end.day) == 3
    assert calendar == kezek.Calendar.from_dict(calendar.to_dict()) == pickle.loads(pickle.dumps(calendar))
    own = kezek.Calendar("own", date(2024, 6, 6), {2024: {"off": [date(2024, 6, 17)], "on": []}})
    assert own.working_day_after("2024-06-12", 3).day == date(2024, 6, 18)
    for wrong in (0, -1, 70_000, 1.5, True, "3"):
        with pytest.raises(kezek.MalformedError):
            calendar.working_day_after(date(2018, 3, 16), wrong)  # type: ignore[arg-type]
    with pytest.raises(kezek.OutsideCalendarError):
        calendar.is_working_day(date(1990, 1, 1))


def test_working_days_over_arrays() -> None:
    calendar = kezek.Calendar.kazakhstan()
    dates = numpy.arange("2018-01-01", "2020-01-01", dtype="datetime64[D]").reshape(2, 365)
    ends = calendar.add_working_days(dates, 5)
    assert ends.dtype == numpy.dtype("datetime64[D]") and ends.shape == (2, 365)
    flat = dates.reshape(-1).astype(object).tolist()
    assert ends.reshape(-1).astype(object).tolist() == calendar.add_working_days(flat, 5)
    assert calendar.add_working_days(flat, 5) == [calendar.working_day_after(day, 5).day for day in flat]


def test_form_person_and_texts(register: kezek.Register) -> None:
    typed: Any = {
        "applicant": {"iin": "p:parent-1", "email": "parent@example.kz", "phone": "8 (700) 000-00-00"},
        "child": {"iin": "p:child-9", "born": "02.05.2015"},
        "instruction_read": True,
    }
    checked = kezek.Form(typed).check("akmola-2018", NOW)
    assert checked["contacts"]["phone"] == "+77000000000" and checked["command"] is not None
    register.apply(checked["command"], NOW).raise_for_denial()
    iin = kezek.Iin("991231500016")
    assert iin.birth_date == date(2099, 12, 31) and iin.differs_from(date(2015, 1, 1))
    assert "991231500016" not in repr(iin) and pickle.loads(pickle.dumps(iin)) == iin
    with pytest.raises(kezek.MalformedError) as raised:
        kezek.Iin("991231500017")
    assert "991231500017" not in str(raised.value)
    assert kezek.is_person("p:somebody") and not kezek.is_person("991231500017")
    for language in ("kk", "ru", "en"):
        texts = kezek.Texts(language, register.policy)
        assert texts.event(register.events()[1]) and texts.stage("queued") and texts.until(NOW)


def test_views_answer_typed_values(register: kezek.Register) -> None:
    register.publish_vacancy(kindergarten="bobek", group_year=2015, language="ru", places=1, now=NOW)
    due = register.next_deadline()
    assert due is not None and due["at"] == datetime(2018, 1, 16, tzinfo=ALMATY)
    assert register.deadlines(NUMBER, NOW)[0] == due
    assert register.vacancies(now=NOW, state="waiting")[0]["published_at"] == NOW
    assert register.queue(2015, now=NOW, round="day")[0]["registered_at"] == NOW.replace(hour=0)
    assert [event.type for event in register.history(NUMBER, NOW)] == ["registered", "turn_came"]
    assert register.ask({"view": "next_deadline"}, NOW)["at"] == "2018-01-16T00:00:00+06:00"
    assert register.messages(register.events()[-1], NOW)
    assert register.forecast(NUMBER, NOW)["asked_at"] == NOW
    with pytest.raises(kezek.NotSettledError):
        register.application(NUMBER, due["at"])
