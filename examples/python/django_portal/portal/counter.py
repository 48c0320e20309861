"""One command in one transaction: the card answers, and its effects change the other rows.

Whatever fell due is settled first, each thing at its own moment; then the command is done or
denied; then lines are called by `ORDER BY order_key`. When anything fails, the database takes all of it back.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

import kezek
from django.db import transaction
from kezek.events import ReferralIssued, VacancyPublished
from kezek.types import Effect

from . import models
from .models import Application, Event, Place, Referral, Settlement, Vacancy

Command = dict[str, Any]
LATIN = str.maketrans("УО", "UO")


def found() -> None:
    """Opens the settlement: the first event says by which rules, so that a register can read it."""
    with transaction.atomic():
        opened = kezek.Register.open(models.policy()).events()
        Event.objects.bulk_create(Event(seq=e.seq, wire=e.to_dict()) for e in opened)
        Settlement.objects.create(pk=1, revision=len(opened))


@transaction.atomic
def apply(command: Command, now: datetime) -> kezek.Outcome:
    """Does a command, or says what stands against it.

    Raises `kezek.Error` for one that cannot be read, `ObjectDoesNotExist` where no row has its
    name.
    """
    counter = Counter(now)
    counter.settle()
    denials = counter.act(command)
    return kezek.Outcome(tuple(counter.events), denials)


@transaction.atomic
def advance(now: datetime) -> kezek.Outcome:
    """Lets what is due happen."""
    counter = Counter(now)
    counter.settle()
    return kezek.Outcome(tuple(counter.events))


class Counter:
    """One transaction at work. It holds the settlement's row: the next one waits here."""

    def __init__(self, now: datetime) -> None:
        self.settlement = Settlement.objects.select_for_update().get()
        last = self.settlement.now
        # Clocks of several servers differ a little; time does not go back.
        self.now = max(now, last) if last else now
        self.events: list[kezek.Event] = []

    @property
    def desk(self) -> kezek.Desk:
        return kezek.Desk(models.policy(), revision=self.settlement.revision)

    def card(self, row: Application, **around: Any) -> kezek.Card:
        return row.card(self.settlement.revision, **around)

    # ---- time ----

    def settle(self) -> None:
        """Every moment up to now at which something falls due, the earliest first."""
        while (at := models.next_due(self.settlement.now)) and at <= self.now:
            self.settle_moment(at, None)
        self.settlement.now = self.now
        self.settlement.save()

    def settle_moment(self, at: datetime, cause: kezek.Event | None) -> None:
        """What is due first, application by application; then turns; then places that nobody can be
        offered. `cause` is the command that brought it, by its first event."""
        self.settlement.now = at
        due = Application.objects.filter(due_at__lte=at).order_by("due_at", "serial")
        while True:
            while row := due.first():
                self.keep(row, self.card(row).advance(at))
            for place in models.free_places():
                if row := models.first_in_line(place, at):
                    self.keep(row, self.card(row).call(**place.seat, now=at, caused_by=cause))
            self.open_places(at, cause)
            if not due.exists():
                return

    def open_places(self, at: datetime, cause: kezek.Event | None) -> None:
        """R41: the places that nobody could be offered in their time."""
        late = models.free_places().filter(opens_at__lte=at).order_by("vacancy_id", "number")
        for vacancy, group in groupby(late, key=lambda place: place.vacancy_id):
            places = list(group)
            seats = [place.number for place in places]
            self.record(self.desk.open(vacancy, seats, at, caused_by=cause).events)
            for place in places:
                place.becomes("open")

    # ---- commands ----

    def act(self, command: Command) -> tuple[kezek.Denial, ...]:
        """Does a command; answers what stands against it."""
        before = len(self.events)
        match command.get("type"):
            case "submit":
                denials = self.submit(command)
            case "publish_vacancy":
                denials = self.publish(command)
            case _:
                row = self.find(command)
                card = self.card(row)
                if "vacancy" in command:
                    card = card.with_offer(Vacancy.objects.get(id=command["vacancy"]).offer())
                denials = self.keep(row, card.apply(command, self.now))
        if not denials and len(self.events) > before:
            self.settle_moment(self.now, self.events[before])
            self.settlement.save()
        return denials

    def submit(self, command: Command) -> tuple[kezek.Denial, ...]:
        """R12-R24: the desk has the rules, the rows say what there is already."""
        numbers = Application.objects.values_list("number", flat=True)
        child = command.get("child", {})
        active = Application.objects.filter(child=child.get("iin")).exclude(
            stage__in=["enrolled", "closed"]
        )
        last = Application.objects.order_by("serial").last()
        serial = last.serial + 1 if last else 1
        while numbers.filter(number=self.desk.number(serial, self.now)).exists():
            serial += 1
        filed = self.desk.submit(
            command,
            serial=serial,
            now=self.now,
            taken=numbers.filter(number=str(command.get("application")).translate(LATIN)).first(),
            active=active.values_list("number", flat=True).first(),
        )
        if filed.card:
            stored = filed.card.to_dict()
            row = Application(
                serial=serial,
                number=filed.card.application["application"],
                applicant=stored["applicant"],
                child=stored["child"]["iin"],
                born=stored["child"]["born"],
            )
            self.keep(row, filed.raise_for_denial())
        return filed.denials

    def publish(self, command: Command) -> tuple[kezek.Denial, ...]:
        """R60-R68: new places wait for those whose turn it is."""
        number = Vacancy.objects.count() + 1
        done = self.desk.publish(command, vacancy=number, now=self.now)
        self.record(done.events)
        for event in done.events:
            assert isinstance(event, VacancyPublished)
            vacancy = Vacancy.objects.create(
                id=number,
                kindergarten=event.kindergarten,
                kind=event.kind,
                language=event.language,
                group_year=event.group_year,
            )
            Place.objects.bulk_create(
                Place(
                    vacancy=vacancy,
                    number=place,
                    group_year=event.group_year,
                    opens_at=event.opens_at,
                )
                for place in range(1, event.places + 1)
            )
        return done.denials

    def find(self, command: Command) -> Application:
        """The row that a command names: by number, by referral, or by child (R69)."""
        match command:
            case {"application": number}:
                # R82: typed in Cyrillic it is the same number.
                return Application.objects.get(number=str(number).translate(LATIN))
            case {"referral": number}:
                return Referral.objects.get(number=number).application
            case _:
                # R69: the active one, else the enrolled one, else the latest closed one.
                rows = Application.objects.filter(child=command.get("child")).order_by("-serial")
                ended = {"enrolled": 1, "closed": 2}
                return min(rows, key=lambda row: ended.get(row.stage, 0))

    # ---- what a card has answered ----

    def keep(self, row: Application, done: kezek.CardOutcome) -> tuple[kezek.Denial, ...]:
        """Writes it down: the row, its events, and what they do to places."""
        row.take(done.card)
        self.record(done.events)
        for effect in done.effects:
            self.follow(row, effect, done)
        return done.denials

    def follow(self, row: Application, effect: Effect, done: kezek.CardOutcome) -> None:
        """One effect on the places. Lines are called in any case, afterwards."""
        if effect["type"] == "line_to_call":
            return
        place = Place.objects.get(vacancy_id=effect["vacancy"], number=effect["place"])
        match effect["type"]:
            case "place_offered":
                place.turn = row
                place.save()
            case "place_taken":
                other = place.turn
                place.becomes("referred")
                if other and other != row:
                    self.move_turn(other, done)
            case "place_left":
                if place.turn == row:
                    place.turn = None
                    place.save()
                if effect["passed_by"]:
                    place.passed_by.add(row)
            case "place_opened":
                place.becomes("open")
            case "place_filled":
                place.becomes("filled")
            case "place_given_back":
                self.give_back(place, row, effect["to"], done.events[-1])

    def move_turn(self, other: Application, done: kezek.CardOutcome) -> None:
        """Somebody took the place of another one's turn: that is now for the place he left."""
        cause = done.events[0]
        for effect in done.effects:
            if effect["type"] == "place_left" and cause.at:
                to = {"vacancy": effect["vacancy"], "place": effect["place"]}
                self.keep(other, self.card(other).move_turn(**to, now=cause.at, caused_by=cause))

    def give_back(self, place: Place, row: Application, to: str, event: kezek.Event) -> None:
        """O13: to the next in line but the giver, to free choice, or to the staff."""
        place.becomes({"next_in_line": "waiting", "free_choice": "open", "staff": "gone"}[to])
        if place.state == "waiting" and event.at:
            place.opens_at = event.at
            place.save()
            place.passed_by.add(row)

    def record(self, events: tuple[kezek.Event, ...]) -> None:
        """The journal grows."""
        Event.objects.bulk_create(
            Event(seq=e.seq, application=getattr(e, "application", None), wire=e.to_dict())
            for e in events
        )
        for event in events:
            if isinstance(event, ReferralIssued):
                issued = Application.objects.get(number=event.application)
                Referral.objects.create(number=event.referral, application=issued)
        self.settlement.revision += len(events)
        self.events += events
