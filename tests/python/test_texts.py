"""Everything that the other objects give out is put into words, as it is and out of JSON."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, timedelta
from typing import Any, cast, get_args

import kezek
import pytest
from conftest import ALMATY, NOW, NUMBER
from kezek import types
from kezek.types import Language

LANGUAGES: list[Language] = ["kk", "ru", "en"]
THEN, LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)
SECOND, THIRD = "UO.2018.000002.1", "UO.2018.000003.1"


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> kezek.Texts:
    return kezek.Texts(request.param, "akmola-2018")


def kept(row: Any) -> Any:
    """As a page gets it: through JSON."""
    return json.loads(json.dumps(row, default=lambda at: at.isoformat()))


def said(text: str, texts: kezek.Texts) -> str:
    """It is a sentence with nothing left open, and in its own letters."""
    assert text and "{" not in text and "|" not in text
    cyrillic = any("а" <= letter.lower() <= "я" for letter in text)
    assert cyrillic == (texts.language != "en")
    return text


@pytest.fixture
def story(register: kezek.Register) -> kezek.Register:
    """Three children, the second with a benefit; the first withdraws, and a place comes."""
    register.submit(
        applicant="p:b", child={"iin": "p:c", "born": "2015-06-01"}, benefit="orphan", documents=1, now=THEN
    ).raise_for_denial()
    register.submit(applicant="p:d", child={"iin": "p:e", "born": "2015-07-01"}, now=THEN).raise_for_denial()
    register.withdraw(application=NUMBER, now=LATER).raise_for_denial()
    register.publish_vacancy(kindergarten="bobek", group_year=2015, language="ru", places=1, now=LATER)
    return register


def test_why_a_number_changed(story: kezek.Register, texts: kezek.Texts) -> None:
    why = story.explain_position(THIRD, THEN, LATER, LATER)
    assert why["in_group_year"]["change"] == -1
    sentences = texts.position_change(why)
    assert len(sentences) == 4 and [said(one, texts) for one in sentences] == texts.position_change(kept(why))
    assert texts.number_change("number_in_group_year", why["in_group_year"]) == sentences[2:]
    (part,) = why["in_group_year"]["causes"]
    assert said(texts.change_part(part), texts) == sentences[3] == texts.change_part(kept(part))


def test_when_the_turn_may_come(story: kezek.Register, texts: kezek.Texts) -> None:
    orphan, waits = story.forecasts([SECOND, THIRD], LATER)
    assert orphan == story.forecast(SECOND, LATER)
    assert orphan["turn"] is not None and waits["cannot_tell"] is not None
    assert said(texts.forecast(orphan), texts) == texts.forecast_turn(orphan["turn"])
    assert said(texts.forecast(waits), texts) == texts.forecast(kept(waits)) == texts.cannot_tell(waits["cannot_tell"])
    told: types.ForecastTurn = {"from": date(2018, 8, 1), "to": date(2018, 9, 9), "confidence": 83, "samples": 90}
    assert "83" in said(texts.forecast_turn(told), texts)


def test_deadlines_rows_and_documents(story: kezek.Register, texts: kezek.Texts) -> None:
    due = story.next_deadline()
    assert due is not None
    assert said(texts.deadline(due), texts) == texts.deadline(kept(due))
    rows = story.queue(2015, now=LATER)
    assert [row["has_benefit"] for row in rows] == [True, False]
    unnamed, none = (said(texts.listed_benefit(row), texts) for row in rows)
    assert none == texts.benefit(None) != unnamed == texts.listed_benefit(kept(rows[0]))
    for document in story.documents(SECOND, LATER):
        said(texts.document(document["kind"]), texts)


def test_findings_and_fields_of_a_form(texts: kezek.Texts) -> None:
    typed: Any = {"applicant": {"iin": "991231500017", "email": "parent@gmial.com"}, "child": {"iin": "p:c"}}
    findings = kezek.Form(typed).check("akmola-2018", NOW)["findings"]
    assert len(findings) > 4
    for finding in findings:
        assert said(texts.finding(finding), texts) == texts.finding(kept(finding))
        assert texts.field(finding["field"])


def test_buttons_labels_and_words(register: kezek.Register, texts: kezek.Texts) -> None:
    rows = register.buttons(NUMBER, by={"role": "applicant", "iin": "p:parent-1"}, now=NOW)
    assert rows
    for row in rows:
        said(texts.button(row["button"]), texts)

    def names(alias: Any) -> list[Any]:
        return [word for literal in get_args(alias) for word in (get_args(literal) or [literal])]

    # Every word that the types name is said; the labels are all that there are.
    words: list[tuple[Any, Any]] = [
        (texts.button, types.Button),
        (texts.label, types.LabelName),
        (texts.stage, types.Stage),
        (texts.close_reason, types.CloseReason),
        (texts.vacancy_state, types.VacancyState),
        (texts.kind, types.KindergartenKind),
        (texts.language_of_instruction, types.Language),
        (texts.tier, types.Tier),
        (texts.channel, types.Channel),
        (texts.role, types.RoleName),
        (texts.document, types.DocumentKind),
        (texts.error, types.ErrorCode),
    ]
    for say, alias in words:
        assert names(alias), alias
        for name in names(alias):
            assert say(name)
    stored = {key.removeprefix("label.") for key in texts.stored() if key.startswith("label.")}
    assert stored == set(names(types.LabelName))


def test_the_words_of_an_error(register: kezek.Register, texts: kezek.Texts) -> None:
    with pytest.raises(kezek.NotFoundError) as raised:
        register.position("UO.2018.000009.1", NOW)
    assert said(texts.error(raised.value), texts) == texts.error("not_found")


def test_dates_and_terms() -> None:
    texts = kezek.Texts("ru", "akmola-2018")
    end = datetime(2018, 3, 27, tzinfo=ALMATY)
    assert texts.until(end) == "до 26 марта 2018 г. включительно"
    assert texts.stamp(datetime(2018, 3, 26, 18, 20, tzinfo=ALMATY)) == "26.03.2018 18:20:00"
    assert texts.from_(end) == texts.date(date(2018, 3, 27)) == "27 марта 2018 г."
    assert (texts.places(3), texts.term({"working_days": 3})) == ("3 места", "3 рабочих дня")
    assert (texts.language, texts.zone) == ("ru", "Asia/Almaty")


def test_texts_are_equal_and_pickle(texts: kezek.Texts) -> None:
    again = pickle.loads(pickle.dumps(texts))
    assert again == texts and hash(again) == hash(texts) and again.stage("queued") == texts.stage("queued")
    assert texts != kezek.Texts(texts.language, "astana-2018")


def test_a_denial_keeps_its_words(register: kezek.Register, texts: kezek.Texts) -> None:
    """Pickled, as a dictionary, in an answer, in a `DeniedError`: it is the same denial."""
    register.submit(applicant="p:b", child={"iin": "p:c", "born": "2017-01-01"}, now=NOW).raise_for_denial()
    register.publish_vacancy(kindergarten="bobek", group_year=2017, language="kk", places=1, now=NOW)
    outcome = register.choose(application="UO.2018.000002.1", vacancy=1, now=NOW)
    with pytest.raises(kezek.DeniedError) as raised:
        outcome.raise_for_denial()
    for denial in (*outcome.denials, *pickle.loads(pickle.dumps(raised.value)).denials):
        same = [pickle.loads(pickle.dumps(denial)), kezek.Denial.from_dict(kept(denial.to_dict()), zone="Asia/Almaty")]
        for other in same:
            assert other == denial and hash(other) == hash(denial)
            assert other.to_dict() == denial.to_dict() and other.until == denial.until
            assert texts.denial(other) == said(texts.denial(denial), texts)
    young = next(denial for denial in outcome.denials if denial.code == "too_young")
    again = pickle.loads(pickle.dumps(young))
    assert again.until == datetime(2019, 1, 1, tzinfo=ALMATY) and again.until.utcoffset() == timedelta(hours=6)
    for row in register.permissions(NUMBER, now=NOW):
        for told in row["denials"]:
            assert texts.denial(told) == texts.denial(kezek.Denial.from_dict(told))


@pytest.mark.parametrize(
    ("method", "given", "path"),
    [
        ("finding", {"field": "colour", "level": "error", "code": "missing", "rule": "R14"}, "finding.field"),
        ("finding", {"field": "child.iin"}, "finding.level"),
        ("forecast", {}, "forecast.application"),
        ("forecast", {"cannot_tell": {"why": "not_in_queue"}}, "forecast.cannot_tell.stage"),
        ("position_change", [], "change"),
        ("change_part", {"cause": "own_left", "change": 1, "count": -1, "events": []}, "part.count"),
        ("cannot_tell", {"why": "no_idea"}, "why.why"),
        ("deadline", {"brings": "rain", "at": NOW}, "deadline.brings"),
        ("denial", {"code": "not_found"}, "denial.policy"),
        ("denial", 7, "denial"),
        ("event", "registered", "event"),
        ("button", "explode", "button"),
        ("label", "explode", "label"),
        ("field", "child.name", "path"),
        ("error", "explode", "error"),
        ("places", 70_000, "count"),
        ("stage", None, "stage"),
    ],
)
def test_what_has_no_words_names_its_path(method: str, given: Any, path: str) -> None:
    with pytest.raises(kezek.MalformedError) as raised:
        getattr(kezek.Texts("ru", "akmola-2018"), method)(given)
    error = cast(kezek.Error, raised.value)
    assert error.path == path and error.expected and error.found
