"""The pages: the journal of applications, a card with its buttons, and what pressing one does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
import kezek
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from kezek.types import GivenActor

from .counter import Unknown, card_of, counter, offer_of
from .models import Application, Settlement, Vacancy

clock: Callable[[], datetime] = timezone.now
"""What time it is. The story has a clock of its own."""

FIELDS = {"extend_referral": ("until", "reason"), "recall_referral": ("reason",), "refuse": ("reason",)}
"""What a button's form asks for besides."""


GIVEN = ("until", "reason", "vacancy", "signature")
"""What a form may give. (R11: the signature is checked before, by whoever can; a portal keeps it with the event.)"""


def texts_of(request: HttpRequest) -> kezek.Texts:
    language = request.GET.get("lang", request.POST.get("lang", "kk"))
    if language not in ("kk", "ru", "en"):
        raise Http404("kk, ru or en")
    return kezek.Texts(language, Settlement.objects.get(pk=1).policy)  # type: ignore[arg-type]


def actor_of(request: HttpRequest, application: Application) -> GivenActor:
    """Who asks. (A portal takes this from its login; the miniature believes the address.)"""
    if request.GET.get("as", request.POST.get("as")) == "staff":
        kindergartens = list(Vacancy.objects.values_list("kindergarten", flat=True).distinct())
        return {"role": "staff", "kindergartens": kindergartens}
    return {"role": "applicant", "iin": application.card["applicant"]}


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    texts = texts_of(request)
    rows = [
        (row.number, texts.stage(row.stage), row.line)  # type: ignore[arg-type]
        for row in Application.objects.order_by("order_key")
    ]
    return render(request, "portal/journal.html", {"rows": rows, "lang": texts.language, "title": texts.label("queue")})


@require_GET
def card(request: HttpRequest, number: str, denials: tuple[kezek.Denial, ...] = ()) -> HttpResponse:
    """The card: where the application stands, its deadlines, its buttons; for a button that is not there, why."""
    now, texts = clock(), texts_of(request)
    with counter(now):
        application = get_object_or_404(Application, number=number)
        by, shown = actor_of(request, application), card_of(application)
        offers = [offer_of(vacancy) for vacancy in Vacancy.objects.filter(line=application.line)]
    buttons: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    signed = False
    for row in shown.buttons(now, by=by):
        if row["action"] == "choose":
            signed = row["signed"]
            continue  # One for each kindergarten, below.
        buttons.append(
            {
                "action": row["action"],
                "label": texts.button(row["button"]),
                "allowed": row["allowed"],
                "signed": row["signed"],
                "fields": FIELDS.get(row["action"], ()),
                "ends": texts.until(row["ends"]) if row["ends"] else "",
                "why": [texts.denial(denial) for denial in row["denials"]],
            }
        )
    for offer in offers:
        choose = {"type": "choose", "application": number, "vacancy": offer["vacancy"], "by": by, "signature": "…"}
        against = shown.with_offer(offer).check(choose, now)
        why = [texts.denial(denial) for denial in against]
        choices.append({**offer, "label": texts.button("choose"), "allowed": not against, "signed": signed, "why": why})
    seen = shown.application
    return render(
        request,
        "portal/card.html",
        {
            "number": number,
            "lang": texts.language,
            "role": by["role"],
            "stage": texts.stage(seen["stage"]),
            "reason": texts.close_reason(seen["reason"]) if seen["reason"] else "",
            "since": texts.moment(seen["registered_at"]),
            "deadlines": [texts.deadline(deadline) for deadline in shown.deadlines(now)],
            "buttons": buttons,
            "choices": choices if by["role"] == "applicant" else [],
            "denials": [texts.denial(denial) for denial in denials],
        },
        status=409 if denials else 200,
    )


@require_POST
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Presses a button: the command and everything that it does to the rows are one transaction."""
    now = clock()
    given = {key: value for key, value in request.POST.items() if key in GIVEN and value}
    if "vacancy" in given:
        given["vacancy"] = int(given["vacancy"])  # type: ignore[assignment]
    try:
        with counter(now) as desk:
            application = get_object_or_404(Application, number=number)
            by = actor_of(request, application)
            denials = desk.apply({"type": action, "application": number, "by": by, **given}, now)
    except Unknown as unknown:
        raise Http404(str(unknown)) from unknown
    except kezek.Error as error:
        return HttpResponse(texts_of(request).error(error), status=400, content_type="text/plain; charset=utf-8")
    if denials:
        request.method = "GET"
        return card(request, number, denials)
    return redirect(f"/card/{number}/?lang={request.POST.get('lang', 'kk')}&as={request.POST.get('as', '')}")


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Staff publish places: those whose turn it is are called in the same transaction."""
    now = clock()
    posted = {key: str(value) for key, value in request.POST.items()}
    command: dict[str, Any] = {
        "type": "publish_vacancy",
        "kindergarten": posted["kindergarten"],
        "group_year": int(posted["group_year"]),
        "language": posted["language"],
        "places": int(posted["places"]),
        "by": {"role": "staff", "kindergartens": [posted["kindergarten"]]},
    }
    with counter(now) as desk:
        denials = desk.apply(command, now)
    texts = texts_of(request)
    said = "\n".join(texts.denial(denial) for denial in denials)
    return HttpResponse(said, status=409 if denials else 201, content_type="text/plain; charset=utf-8")
