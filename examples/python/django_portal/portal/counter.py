"""What a request does to the rows, in one transaction: every decision is a card's, every order a query's.

The card answers, its events go to the journal, its effects change places, and the lines are called by
`ORDER BY order_key`. An exception anywhere takes all of it back.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import kezek
from django.db import transaction
from django.db.models import Min
from kezek.types import Effect, Offer

from .models import Application, Event, Place, Referral, Settlement, Vacancy

AROUND = ("vacancies", "places", "enrolled_with", "valid_until", "made_at")
"""What stands around an application is asked anew every time, and not stored with its card."""


class Unknown(LookupError):
    """No row of that name."""


def found_settlement(policy: str) -> None:
    """Begins the journal of a settlement whose order of service is a key."""
    first = kezek.Register.open(policy).events()[0]
    with transaction.atomic():
        Settlement.objects.create(pk=1, policy=policy)
        Event.objects.create(seq=first.seq, row=first.to_dict())


@contextmanager
def counter(now: datetime) -> Generator[Counter, None, None]:
    """The counter at a moment: a transaction that has let everything due happen."""
    with transaction.atomic():
        settlement = Settlement.objects.select_for_update().get(pk=1)
        desk = Counter(settlement)
        desk.settle(now)
        yield desk


def card_of(application: Application, revision: int | None = None) -> kezek.Card:
    """The card of a row, with what is around it now."""
    stored = dict(application.card)
    stored["revision"] = Event.objects.count() if revision is None else revision
    other = Application.objects.filter(child=application.child, stage="enrolled").exclude(pk=application.pk)
    stored["enrolled_with"] = other.values_list("number", flat=True).first()
    return kezek.Card.from_dict(stored)


def offer_of(vacancy: Vacancy) -> Offer:
    """A vacancy as a card needs it."""
    places = list(Place.objects.filter(vacancy=vacancy))
    waiting = [place for place in places if place.state == "waiting"]
    untaken = [place for place in waiting if place.turn_id is None] or waiting
    free = [place.place for place in places if place.state == "open"]
    return {
        "vacancy": vacancy.pk,
        "kindergarten": vacancy.kindergarten,
        "group_year": vacancy.line,
        "state": vacancy.state,  # type: ignore[typeddict-item]
        "waiting": len(waiting),
        "open": len(free),
        "waiting_place": untaken[0].place if untaken else None,
        "open_place": free[0] if free else None,
    }


def happened(event: kezek.Event) -> datetime:
    """When; only the first event of a journal has no moment."""
    if event.at is None:
        raise ValueError("an event without a moment")
    return event.at


class Counter:
    """One transaction at work."""

    def __init__(self, settlement: Settlement) -> None:
        self.settlement = settlement
        self.events: list[kezek.Event] = []
        self.desk = kezek.Desk(settlement.policy)

    # Commands.

    def apply(self, command: dict[str, Any], now: datetime) -> tuple[kezek.Denial, ...]:
        """Does a command, or says every reason against it."""
        began = len(self.events)
        if command["type"] == "submit":
            denials = self.submit(command, now)
        elif command["type"] == "publish_vacancy":
            denials = self.publish(command, now)
        else:
            application = self.find(command)
            card = self.card(application)
            if command["type"] == "choose":
                card = card.with_offer(offer_of(self.vacancy(command["vacancy"])))
            denials = self.keep(application, card.apply(command, now))
        if len(self.events) > began and not denials:
            self.settle_moment(now, caused_by=self.events[began])
        return denials

    def submit(self, command: dict[str, Any], now: datetime) -> tuple[kezek.Denial, ...]:
        asked, child = command.get("application"), command["child"]["iin"]
        last = Application.objects.order_by("-serial").first()
        serial = last.serial + 1 if last else 1
        desk = self.now_desk()
        while asked is None and Application.objects.filter(number=desk.number(serial, now)).exists():
            serial += 1
        active = Application.objects.filter(child=child).exclude(stage__in=["enrolled", "closed"])
        filed = desk.submit(
            command,
            serial=serial,
            now=now,
            taken=asked if Application.objects.filter(number=asked).exists() else None,
            active=active.values_list("number", flat=True).first(),
        )
        if filed.card is None:
            return filed.denials
        line = filed.card.application["group_year"]
        application = Application(serial=serial, number=str(serial), child=child, line=line)
        return self.keep(application, filed.raise_for_denial())

    def publish(self, command: dict[str, Any], now: datetime) -> tuple[kezek.Denial, ...]:
        last = Vacancy.objects.order_by("-id").first()
        outcome = self.now_desk().publish(command, vacancy=last.pk + 1 if last else 1, now=now)
        for event in outcome.events:
            vacancy = Vacancy.objects.create(
                id=event.vacancy, kindergarten=event.kindergarten, line=event.group_year, language=event.language
            )
            for place in range(1, event.places + 1):
                Place.objects.create(vacancy=vacancy, place=place, opens_at=event.opens_at)
        self.record(outcome.events)
        return outcome.denials

    # Time.

    def settle(self, now: datetime) -> None:
        """Every moment up to `now` at which something falls due, the earliest first."""
        last = self.settlement.now
        if last is not None and now < last:
            raise kezek.ClockMovedBackError("clock_moved_back", [("now", str(last), str(now))])
        while (at := self.next_due()) is not None and at <= now:
            self.settle_moment(at)
        self.clock(now)

    def next_due(self) -> datetime | None:
        """An application's own, a place that opens, a birthday while a place waits that could then be offered."""
        waiting = Place.objects.filter(state="waiting", turn=None)
        moments = [
            Application.objects.aggregate(at=Min("next_due"))["at"],
            waiting.aggregate(at=Min("opens_at"))["at"],
        ]
        for place in waiting:
            young = self.may_be_called(place).filter(callable_from__lte=place.opens_at)
            if self.settlement.now is not None:
                young = young.filter(callable_from__gt=self.settlement.now)
            moments.append(young.aggregate(at=Min("callable_from"))["at"])
        return min((at for at in moments if at is not None), default=None)

    def settle_moment(self, at: datetime, caused_by: kezek.Event | None = None) -> None:
        """What is due first, application by application; then turns; then places that nobody can be offered."""
        self.clock(at)
        late = Application.objects.filter(next_due__lte=at).order_by("next_due", "serial")
        while True:
            while (application := late.first()) is not None:
                self.keep(application, self.card(application).advance(at))
            while (turn := self.next_turn(at)) is not None:
                place, application = turn
                called = self.card(application).call(place.vacancy_id, place.place, at, caused_by=caused_by)
                self.keep(application, called)
            self.open_places(at, caused_by)
            if not late.exists():
                return

    def next_turn(self, at: datetime) -> tuple[Place, Application] | None:
        """The place that waits without a turn, and the first in the order of service who may be called to it."""
        for place in Place.objects.filter(state="waiting", turn=None):
            able = self.may_be_called(place).filter(callable_from__lte=at, callable_until__gt=at)
            if (first := able.order_by("order_key").first()) is not None:
                return place, first
        return None

    def may_be_called(self, place: Place) -> Any:
        return Application.objects.filter(line=place.vacancy.line).exclude(passed=place)

    def open_places(self, at: datetime, caused_by: kezek.Event | None) -> None:
        due = Place.objects.filter(state="waiting", turn=None, opens_at__lte=at)
        for vacancy in Vacancy.objects.filter(places__in=due).distinct().order_by("id"):
            seats = list(due.filter(vacancy=vacancy).order_by("place").values_list("place", flat=True))
            opened = self.now_desk().open(vacancy.pk, seats, at, caused_by=caused_by)
            for seat in seats:
                self.becomes(self.place(vacancy.pk, seat), "open")
            self.record(opened.events)

    # Rows.

    def keep(self, application: Application, done: kezek.CardOutcome) -> tuple[kezek.Denial, ...]:
        """Writes down what a card has answered: its row, its events, and what they do to places."""
        card = done.card
        seen = card.application
        if (key := card.order_key) is None:
            raise ValueError("the policy's order of service is no key: such a settlement needs a register")
        application.number, application.stage, application.order_key = seen["application"], seen["stage"], key
        application.next_due = card.next_deadline
        application.callable_from, application.callable_until = card.callable or (None, None)
        application.card = {key: value for key, value in card.to_dict().items() if key not in AROUND}
        application.save()
        self.record(done.events)
        for effect in done.effects:
            self.follow(application, effect, done)
        return done.denials

    def follow(self, application: Application, effect: Effect, done: kezek.CardOutcome) -> None:
        """What a card's answer does to a place."""
        if effect["type"] == "line_to_call":
            return  # The line is called in any case, once the application is settled.
        place = self.place(effect["vacancy"], effect["place"])
        match effect["type"]:
            case "place_offered":
                place.turn = application
                place.save()
            case "place_taken":
                for event in done.events:
                    if event.type == "referral_issued":
                        Referral.objects.create(number=event.referral, application=application)
                other = place.turn if place.turn_id != application.pk else None
                self.becomes(place, "referred")
                # Whose turn it was for goes to the place that was left.
                left = next((other for other in done.effects if other["type"] == "place_left"), None)
                if other is not None and left is not None:
                    last = done.events[-1]
                    moved = self.card(other).move_turn(
                        left["vacancy"], left["place"], happened(last), caused_by=last
                    )
                    self.keep(other, moved)
            case "place_left":
                if place.turn_id == application.pk:
                    place.turn = None
                    place.save()
                if effect["passed_by"]:
                    place.passed_by.add(application)
            case "place_opened":
                self.becomes(place, "open")
            case "place_filled":
                self.becomes(place, "filled")
            case "place_given_back" if effect["to"] == "next_in_line":
                self.becomes(place, "waiting")
                place.opens_at = happened(done.events[-1])
                place.save()
                place.passed_by.add(application)
            case "place_given_back":
                self.becomes(place, "open" if effect["to"] == "free_choice" else "gone")

    def becomes(self, place: Place, state: str) -> None:
        """A place is something else: nobody's turn is for it, and nobody has passed it by."""
        place.state, place.turn = state, None
        place.save()
        place.passed_by.clear()
        left = set(Place.objects.filter(vacancy=place.vacancy_id).values_list("state", flat=True))
        if "waiting" in left or "open" in left:
            Vacancy.objects.filter(pk=place.vacancy_id).update(
                state="waiting" if "waiting" in left else "free_choice"
            )

    def record(self, events: Iterable[kezek.Event]) -> None:
        for event in events:
            Event.objects.create(seq=event.seq, row=event.to_dict())
            self.events.append(event)

    def clock(self, now: datetime) -> None:
        self.settlement.now = now
        self.settlement.save()

    def now_desk(self) -> kezek.Desk:
        return self.desk.after(Event.objects.count())

    def card(self, application: Application) -> kezek.Card:
        return card_of(application)

    def place(self, vacancy: int, place: int) -> Place:
        return Place.objects.select_related("vacancy").get(vacancy=vacancy, place=place)

    def vacancy(self, number: int) -> Vacancy:
        found = Vacancy.objects.filter(pk=number).first()
        if found is None:
            raise Unknown(f"vacancy {number}")
        return found

    def find(self, command: dict[str, Any]) -> Application:
        """The application that a command names, by its number or that of its referral."""
        rows = Application.objects
        if (number := command.get("application")) is not None:
            found = rows.filter(number=number).first()
        else:
            found = rows.filter(referral__number=command.get("referral")).first()
        if found is None:
            raise Unknown("no such application")
        return found
