"""The pages: what a card says for whoever asks, and its commands as POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

import kezek
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from kezek.types import ButtonRow, GivenActor, LabelName, Language, RoleName, Stage

from . import clock, counter, models
from .models import Application, Event, Settlement, Vacancy

# What a command asks for beside its application, and how the page says it.
FIELDS: dict[str, list[str]] = {
    "change_benefit": ["benefit", "documents"],
    "confirm_interest": [],
    "withdraw": [],
    "pass_turn": [],
    "choose": ["vacancy"],
    "extend_referral": ["until", "reason"],
    "recall_referral": ["reason"],
    "record_visit": [],
    "prove_benefit": [],
    "accept": [],
    "refuse": ["reason"],
    "uphold_refusal": [],
    "overturn_refusal": [],
    "mark_departure": ["date", "reason"],
}
SUBMIT: dict[str, LabelName] = {
    "iin": "form.child_iin",
    "born": "form.child_born",
    "benefit": "form.benefit",
    "documents": "form.documents",
}
PUBLISH: dict[str, LabelName] = {
    "kindergarten": "kindergarten",
    "group_year": "group_year",
    "language": "language",
    "places": "total",
}
VACANCY: list[LabelName] = [
    "kindergarten", "group_year", "language", "total", "free", "vacancy_state",
]  # fmt: skip
NUMBERS = {"vacancy", "documents", "group_year", "places"}
ROLES: list[RoleName] = ["applicant", "staff", "department"]
WORDS = {
    "kk": {"reason": "Себебі", "until": "Соңғы күні", "date": "Күні", "signature": "ЭЦҚ"},
    "ru": {"reason": "Причина", "until": "Последний день", "date": "Дата", "signature": "ЭЦП"},
    "en": {"reason": "Reason", "until": "Last good day", "date": "Date", "signature": "Signature"},
}

View = Callable[..., HttpResponse]


# ---- who asks, and in which language ----


def language(request: HttpRequest) -> Language:
    return cast(Language, request.session.get("language", "kk"))


def actor(request: HttpRequest) -> GivenActor | None:
    """Who has signed in. A real portal asks the state's identity service."""
    return cast("GivenActor | None", request.session.get("who"))


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    role, name = (str(request.POST.get(field, "")).strip() for field in ("role", "name"))
    own: dict[str, dict[str, Any]] = {
        "applicant": {"iin": name},
        "staff": {"kindergartens": [name]},
        "department": {},
    }
    if role not in own:
        raise Http404
    request.session["who"] = {"role": role, **own[role]}
    return redirect("home")


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    if request.POST["language"] not in WORDS:
        raise Http404
    request.session["language"] = request.POST["language"]
    back = request.POST.get("next", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "home")


def answers(view: View) -> View:
    """Says what is wrong with an input, and what is not there. Nothing has changed then."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        try:
            return view(request, *args, **names)
        except ObjectDoesNotExist:
            raise Http404 from None
        except kezek.Error as error:
            texts = kezek.Texts(language(request), models.policy())
            return page(
                request, "home.html", 400, alerts=[texts.error(error)], **home_rows(request)
            )

    return guarded


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    who, texts = actor(request), kezek.Texts(language(request), models.policy())
    words = WORDS[language(request)]
    common = {"who": who, "texts": texts, "words": words, "language": language(request),
              "languages": list(WORDS)}  # fmt: skip
    return render(request, f"portal/{template}", {**common, **context}, status=status)


# ---- pages ----


@answers
def home(request: HttpRequest) -> HttpResponse:
    return page(request, "home.html", **home_rows(request))


def home_rows(request: HttpRequest) -> dict[str, Any]:
    """The applications of whoever asks, and all vacancies (R61)."""
    texts = kezek.Texts(language(request), models.policy())
    free = Count("places", Q(places__state__in=["waiting", "open"]))
    vacancies = Vacancy.objects.annotate(total=Count("places"), free=free).order_by("-id")
    return {
        "roles": [(role, texts.role(role)) for role in ROLES],
        "applications": [
            (
                row.number,
                row.group_year,
                texts.stage(cast(Stage, row.stage)),
                row.kindergarten or "",
            )
            for row in own_applications(actor(request)).order_by("-serial")
        ],
        "vacancy_labels": ["№", *map(texts.label, VACANCY)],
        "vacancies": [
            (
                row["id"],
                row["kindergarten"],
                row["group_year"],
                texts.language_of_instruction(row["language"]),
                row["total"],
                row["free"],
                texts.vacancy_state(row["state"]),
            )
            for row in vacancies.values()
        ],
        "submit": {name: texts.label(label) for name, label in SUBMIT.items()},
        "publish": {name: texts.label(label) for name, label in PUBLISH.items()},
        "send": texts.button("send"),
        "save": texts.button("save"),
    }


def own_applications(who: GivenActor | None) -> QuerySet[Application]:
    """R05, R69, R74: a parent's own, those with a referral to the staff's kindergarten, or all."""
    rows = Application.objects.all()
    if who is None:
        return rows.none()
    if who["role"] == "applicant":
        mine = Q(applicant=who["iin"]) | Q(parent__person=who["iin"])
        return rows.filter(mine).distinct()
    return rows.filter(kindergarten__in=who["kindergartens"]) if who["role"] == "staff" else rows


@answers
def application(request: HttpRequest, number: str) -> HttpResponse:
    return application_page(request, number)


def application_page(
    request: HttpRequest, number: str, denials: tuple[kezek.Denial, ...] = ()
) -> HttpResponse:
    """The card: where the application stands, every button, and why one is missing."""
    who = actor(request)
    if who is None or not own_applications(who).filter(number=number).exists():
        raise Http404
    now = clock.now()
    row, card = card_at(number, now)
    texts = kezek.Texts(language(request), models.policy())
    history = Event.objects.filter(application=number).order_by("seq")
    offers = Vacancy.objects.filter(group_year=row.group_year).order_by("id")
    return page(
        request,
        "application.html",
        409 if denials else 200,
        alerts=[texts.denial(denial) for denial in denials],
        facts=facts(row, card, texts),
        deadlines=[texts.deadline(deadline) for deadline in card.deadlines(now)],
        buttons=[button(shown, texts) for shown in card.buttons(now, by=who)],
        number=number,
        benefits=[(b["id"], texts.benefit(b["id"])) for b in models.policy().to_dict()["benefits"]],
        offers=offers,
        history=[(texts.stamp(e.at), texts.event(e)) for e in (r.event for r in history) if e.at],
    )


def card_at(number: str, now: datetime) -> tuple[Application, kezek.Card]:
    """The row and its card, with all places of its line, as they are at that moment.

    A card is good until something of anybody falls due (`valid_until`): what did since the last
    command is settled first, as the deadline task would.
    """
    row, card = read_card(number)
    try:
        card.deadlines(now)
    except kezek.NotSettledError:
        counter.advance(now)
        return read_card(number)
    return row, card


def read_card(number: str) -> tuple[Application, kezek.Card]:
    """The row and its card as they stand, good until something of anybody else falls due."""
    row, settlement = Application.objects.get(number=number), Settlement.objects.get()
    until = models.next_due(settlement.now, but=row)
    places = models.line_places(row.group_year)
    return row, row.card(settlement.revision, places=places, valid_until=until)


def facts(row: Application, card: kezek.Card, texts: kezek.Texts) -> list[tuple[str, str]]:
    """What the page says of the application."""
    number, in_group_year = row.position()
    return [
        (texts.label("application"), row.number),
        (texts.label("stage"), texts.stage(card.application["stage"])),
        (texts.label("in_queue_since"), texts.stamp(card.application["registered_at"])),
        (texts.label("number"), f"{number}"),
        (texts.label("number_in_group_year"), f"{in_group_year}"),
        (texts.label("benefit"), texts.benefit(card.application["benefit"])),
        (texts.label("kindergarten"), card.application["kindergarten"] or "–"),
    ]


def button(row: ButtonRow, texts: kezek.Texts) -> dict[str, Any]:
    """A button as the template draws it."""
    return {
        "action": row["action"],
        "label": texts.button(row["button"]),
        "allowed": row["allowed"],
        "reasons": [f"{texts.denial(denial)} ({denial['rule']})" for denial in row["denials"]],
        "ends": texts.until(row["ends"]) if row["ends"] else "",
        "fields": FIELDS.get(row["action"], []),
        "signed": row["signed"],
    }


# ---- commands ----


@require_POST
@answers
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """A command on one application: done, or denied with every reason."""
    if action not in FIELDS:
        raise Http404
    command = {"type": action, "application": number, **given(request, FIELDS[action])}
    if action == "change_benefit":
        command.setdefault("benefit", None)
    outcome = counter.apply(command, clock.now())
    if outcome.denials:
        return application_page(request, number, outcome.denials)
    return redirect("application", number)


@require_POST
@answers
def submit(request: HttpRequest) -> HttpResponse:
    """A new application."""
    who, fields = actor(request), given(request, ["benefit", "documents"])
    child = {name: str(request.POST.get(name, "")) for name in ("iin", "born")}
    applicant = who.get("iin") if who else None
    command: dict[str, Any] = {"type": "submit", "applicant": applicant, "child": child, **fields}
    outcome = counter.apply(command, clock.now())
    return done(request, outcome)


@require_POST
@answers
def publish(request: HttpRequest) -> HttpResponse:
    """New places."""
    command = {"type": "publish_vacancy", **given(request, [*PUBLISH])}
    return done(request, counter.apply(command, clock.now()))


def given(request: HttpRequest, names: list[str]) -> dict[str, Any]:
    """What the form says, who says it, and the signature. What is missing, the library will say."""
    fields: dict[str, Any] = {"by": actor(request)}
    for name in [*names, "signature"]:
        if text := request.POST.get(name, "").strip():
            fields[name] = int(text) if name in NUMBERS and text.isdecimal() else text
    return fields


def done(request: HttpRequest, outcome: kezek.Outcome) -> HttpResponse:
    """Back to the first page; with what stood against the command where it was denied."""
    if not outcome.denials:
        return redirect("home")
    texts = kezek.Texts(language(request), models.policy())
    alerts = [texts.denial(denial) for denial in outcome.denials]
    return page(request, "home.html", 409, alerts=alerts, **home_rows(request))


urlpatterns = [
    path("", home, name="home"),
    path("sign-in", sign_in, name="sign_in"),
    path("language", speak, name="language"),
    path("applications", submit, name="submit"),
    path("applications/<str:number>", application, name="application"),
    path("applications/<str:number>/<str:action>", act, name="act"),
    path("vacancies", publish, name="publish"),
]
