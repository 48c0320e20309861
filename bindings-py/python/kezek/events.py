"""One class for each type of event, for `match`, `isinstance` and type checkers.

    match event:
        case TurnCame(application=number, choose_by=end): ...
        case ReferralIssued(referral=referral): ...

A field that the wire leaves out is `None` (a flag `False`). `from` is a word of Python's own: `from_`.
"""

# Made by bindings-py/generate.py from the JSON Schema; not edited by hand.

from __future__ import annotations

from typing import TYPE_CHECKING, final

from kezek._kezek import Event

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from kezek.types import (
        CalendarStamp,
        Channel,
        Child,
        CloseReason,
        KindergartenKind,
        Language,
        LaterOpening,
        MovedEnd,
        Reason,
        ReminderOf,
        SeatGoes,
        Stage,
        StartedTerms,
        Term,
    )


# The native module asks for it.
def _unpickled(text: str, zone: str | None) -> Event:  # pyright: ignore[reportUnusedFunction]
    return Event.from_json(text, zone=zone)



@final
class Opened(Event):
    """The register was opened: always the first event."""

    __slots__ = ()
    calendar: CalendarStamp
    """The calendar."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    format: int
    """The journal's format: 1."""
    policy: dict[str, Any]
    """The policy, whole."""
    prefix: str
    """The prefix of the numbers that it gives (R80)."""
    register: str
    """The register's name."""
    _LEFT_OUT = {"chain": None}


@final
class Registered(Event):
    """An application is in the queue (R20); the page confirms it (R19)."""

    __slots__ = ()
    applicant: str
    """Who filed it."""
    application: str
    """Its number."""
    benefit: str | None
    """The benefit."""
    birth_date_differs: bool
    """The child's number tells another birth date: a warning, no more (F35)."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    channel: Channel | None
    """Where it was filed."""
    channel_number: str | None
    """Its number there."""
    child: Child
    """For whom."""
    documents: int
    """How many documents of the benefit are attached."""
    group_year: int
    """Its line: the child's birth year (O29)."""
    next_due: datetime | None
    """When interest must have been confirmed."""
    registered_at: datetime
    """Since when it is in the queue."""
    serial: int
    """Its serial in the register: breaks ties, orders settling, makes referral numbers."""
    _LEFT_OUT = {"chain": None, "channel": None, "channel_number": None}


@final
class BenefitChanged(Event):
    """Another benefit, or none (R27)."""

    __slots__ = ()
    application: str
    """Of which application."""
    benefit: str | None
    """The new one."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    documents: int
    """How many documents are attached."""
    _LEFT_OUT = {"chain": None}


@final
class BenefitProved(Event):
    """The benefit's papers were seen (F18)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    _LEFT_OUT = {"chain": None}


@final
class InterestConfirmed(Event):
    """Interest was confirmed (R31)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    next_due: datetime | None
    """When it must be confirmed next."""
    _LEFT_OUT = {"chain": None}


@final
class ParentLinked(Event):
    """Another parent may act for the application (R06)."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    parent: str
    """The parent."""
    _LEFT_OUT = {"chain": None}


@final
class VacancyPublished(Event):
    """Places were published (R60)."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    group_year: int
    """For which line."""
    kind: KindergartenKind
    """The kind of kindergarten."""
    kindergarten: str
    """Where."""
    language: Language
    """The language."""
    opens_at: datetime
    """When a place opens that nobody can be offered."""
    places: int
    """How many."""
    projected: bool
    """See the enum."""
    terms: StartedTerms
    """The terms that this starts."""
    vacancy: int
    """The vacancy's number."""
    _LEFT_OUT = {"chain": None}


@final
class TurnCame(Event):
    """The turn has come (R38)."""

    __slots__ = ()
    application: str
    """Whose."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    choose_by: datetime
    """The first instant that is too late to choose."""
    cycle: int | None
    """Where the line's cycle stands after this turn, when it moves (F11)."""
    place: int
    """Which place."""
    projected: bool
    """See the enum."""
    terms: StartedTerms
    """The terms that this starts."""
    vacancy: int
    """For a place of this vacancy."""
    _LEFT_OUT = {"chain": None, "cycle": None}


@final
class TurnLapsed(Event):
    """Nothing was chosen in time (R41, R42)."""

    __slots__ = ()
    application: str
    """Whose turn."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    place: int
    """Which place."""
    vacancy: int
    """The vacancy that the turn was for."""
    _LEFT_OUT = {"chain": None}


@final
class SeatsOpened(Event):
    """Places are now in free choice (R41)."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    places: int
    """How many."""
    seats: list[int]
    """Which."""
    vacancy: int
    """Of which vacancy."""
    _LEFT_OUT = {"chain": None}


@final
class TurnMoved(Event):
    """A turn is from now on for another place: somebody took the one it was for."""

    __slots__ = ()
    application: str
    """Whose turn."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    place: int
    """Which place."""
    vacancy: int
    """The vacancy that it is now for."""
    _LEFT_OUT = {"chain": None}


@final
class SeatReturned(Event):
    """A place was given back (O13)."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    given_back_by: str
    """By whom."""
    place: int
    """Which place."""
    to: SeatGoes
    """Where it goes."""
    vacancy: int
    """Of which vacancy."""
    _LEFT_OUT = {"chain": None}


@final
class ReferralIssued(Event):
    """A referral was issued (R44)."""

    __slots__ = ()
    application: str
    """For which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    expires_at: datetime
    """The first instant that is too late to come (R47)."""
    kindergarten: str
    """Of this kindergarten."""
    place: int
    """Which place."""
    projected: bool
    """See the enum."""
    prove_by: datetime | None
    """The first instant that is too late to prove the benefit (F18)."""
    recall_until: datetime | None
    """The first instant that is too late to recall it (R56)."""
    referral: str
    """Its number."""
    terms: StartedTerms
    """The terms that this starts."""
    vacancy: int
    """To a place of this vacancy."""
    _LEFT_OUT = {"chain": None, "prove_by": None}


@final
class ReferralExtended(Event):
    """The referral has more time (R53)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    expires_at: datetime
    """The new end."""
    reason: Reason
    """Why."""
    referral: str
    """Which."""
    _LEFT_OUT = {"chain": None}


@final
class ReferralRecalled(Event):
    """The applicant gave the referral back (R56)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    reason: Reason
    """Why."""
    referral: str
    """Which."""
    _LEFT_OUT = {"chain": None}


@final
class ReferralExpired(Event):
    """The family did not come in time (R47)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    lapses: int
    """How many lapses the application has now (R51)."""
    referral: str
    """Which."""
    unproved: bool
    """The benefit was not proved in time; that counts no lapse (F18)."""
    _LEFT_OUT = {"chain": None, "unproved": False}


@final
class BenefitLost(Event):
    """The benefit was not proved in time (F18)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    _LEFT_OUT = {"chain": None}


@final
class ReminderDue(Event):
    """Somebody is to be reminded of an end."""

    __slots__ = ()
    application: str
    """Of which application."""
    before: Term
    """How long before."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    of: ReminderOf
    """Of what."""
    until: datetime
    """The end."""
    _LEFT_OUT = {"chain": None}


@final
class MadeInactive(Event):
    """Did not answer when the turn came (F26)."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    projected: bool
    """See the enum."""
    terms: StartedTerms
    """The terms that this starts."""
    until: datetime
    """The first instant that is too late to come back."""
    _LEFT_OUT = {"chain": None}


@final
class Restored(Event):
    """Back in the queue after not having answered (F26)."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    _LEFT_OUT = {"chain": None}


@final
class StopListed(Event):
    """No referral can be had for a time (R48, R49)."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    projected: bool
    """See the enum."""
    terms: StartedTerms
    """The terms that this starts."""
    until: datetime
    """The first instant at which one can be had again."""
    _LEFT_OUT = {"chain": None}


@final
class StopListEnded(Event):
    """Back in the queue after the stop-list (R50)."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    _LEFT_OUT = {"chain": None}


@final
class Visited(Event):
    """The family came (O25)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    referral: str
    """With which referral."""
    _LEFT_OUT = {"chain": None}


@final
class Refused(Event):
    """The kindergarten refused; the department reviews it (R74)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    reason: Reason
    """Why."""
    referral: str
    """Which referral."""
    _LEFT_OUT = {"chain": None}


@final
class RefusalUpheld(Event):
    """The department confirmed the refusal (R75)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    referral: str
    """Which referral."""
    _LEFT_OUT = {"chain": None}


@final
class RefusalOverturned(Event):
    """The department did not confirm it: the child must be accepted (R76)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    referral: str
    """Which referral."""
    _LEFT_OUT = {"chain": None}


@final
class Enrolled(Event):
    """The kindergarten took the child in (R71)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    kindergarten: str
    """Where."""
    referral: str
    """With which referral."""
    _LEFT_OUT = {"chain": None}


@final
class Departed(Event):
    """The child has left the kindergarten (R78)."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    date: date
    """When it left."""
    kindergarten: str
    """Where it was."""
    reason: Reason
    """Why."""
    referral: str | None
    """With which referral it had come; none for one that was taken over without."""
    _LEFT_OUT = {"chain": None}


@final
class Closed(Event):
    """Out of the queue for good."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    reason: CloseReason
    """Why."""
    _LEFT_OUT = {"chain": None}


@final
class Imported(Event):
    """An application of a running portal was taken over."""

    __slots__ = ()
    applicant: str
    """Who filed it."""
    application: str
    """Its number."""
    benefit: str | None
    """The benefit."""
    birth_date_differs: bool
    """The child's number tells another birth date (F35)."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    child: Child
    """For whom."""
    choose_by: datetime | None
    """The end of the choice window."""
    expires_at: datetime | None
    """The end of the referral."""
    extensions: int
    """Extensions used."""
    group_year: int
    """Its line."""
    kindergarten: str | None
    """The kindergarten."""
    lapses: int
    """Referrals that were let expire."""
    next_due: datetime | None
    """When interest must have been confirmed."""
    parents: list[str] | None
    """Linked parents."""
    place: int | None
    """Which place."""
    recall_until: datetime | None
    """The end of the recall window."""
    referral: str | None
    """The referral."""
    registered_at: datetime
    """Since when it is in the queue."""
    serial: int
    """Its serial in this register."""
    stage: Stage
    """Where it stands."""
    until: datetime | None
    """The end of the stop-list, or of the time to come back."""
    vacancy: int | None
    """The vacancy whose place it holds."""
    _LEFT_OUT = {"chain": None, "parents": None}


@final
class Reinstated(Event):
    """Back in the queue, the number kept."""

    __slots__ = ()
    application: str
    """Which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    lapses: int
    """Its lapses now."""
    next_due: datetime | None
    """When interest must have been confirmed."""
    _LEFT_OUT = {"chain": None}


@final
class ReferralVoided(Event):
    """A referral was annulled without a lapse."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    referral: str
    """Which."""
    _LEFT_OUT = {"chain": None}


@final
class EnrolmentVoided(Event):
    """An enrolment was annulled: the referral runs again."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    expires_at: datetime
    """Its new end."""
    projected: bool
    """See the enum."""
    referral: str
    """Which referral."""
    terms: StartedTerms
    """The terms that this starts."""
    _LEFT_OUT = {"chain": None}


@final
class DepartureVoided(Event):
    """A departure was annulled: the child is enrolled again."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    kindergarten: str
    """Where."""
    referral: str | None
    """With which referral; none for one that was taken over without."""
    _LEFT_OUT = {"chain": None}


@final
class PlacesWithdrawn(Event):
    """Free places were taken out."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    places: int
    """How many."""
    seats: list[int]
    """Which."""
    vacancy: int
    """Of which vacancy."""
    _LEFT_OUT = {"chain": None}


@final
class ParentUnlinked(Event):
    """A parent's link was taken back."""

    __slots__ = ()
    application: str
    """From which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    parent: str
    """The parent."""
    _LEFT_OUT = {"chain": None}


@final
class Corrected(Event):
    """Birth date, line and benefit are now these."""

    __slots__ = ()
    application: str
    """Of which application."""
    benefit: str | None
    """The benefit."""
    born: date
    """The birth date."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    group_year: int
    """The line."""
    _LEFT_OUT = {"chain": None}


@final
class PolicyAnnounced(Event):
    """Other rules will hold from a moment on."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    from_: datetime
    """From when."""
    policy: dict[str, Any]
    """The new policy, whole."""
    _LEFT_OUT = {"chain": None}


@final
class PolicyChanged(Event):
    """Other rules hold from now on."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    from_: datetime
    """From when."""
    policy: dict[str, Any]
    """The new policy, whole."""
    _LEFT_OUT = {"chain": None}


@final
class CalendarChanged(Event):
    """Other working days."""

    __slots__ = ()
    calendar: dict[str, Any]
    """The years that changed."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    stamp: CalendarStamp
    """The calendar as it is now."""
    vacancies: list[LaterOpening] | None
    """The vacancies whose waiting places open later for it."""
    _LEFT_OUT = {"chain": None, "vacancies": None}


@final
class Paused(Event):
    """Every clock stands."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    _LEFT_OUT = {"chain": None}


@final
class Resumed(Event):
    """The clocks run again."""

    __slots__ = ()
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    vacancies: list[LaterOpening] | None
    """The vacancies whose waiting places open later for it."""
    _LEFT_OUT = {"chain": None, "vacancies": None}


@final
class DeadlineMoved(Event):
    """A running term ends later."""

    __slots__ = ()
    application: str
    """Of which application."""
    chain: str | None
    """In a chained journal: the SHA-256 of the link before it and of itself (`verify`)."""
    from_: datetime
    """The end that it had."""
    gained: int | None
    """How many days it has gained by pauses since it began."""
    of: MovedEnd
    """Which end."""
    projected: bool
    """See the enum."""
    to: datetime
    """The end that it has."""
    _LEFT_OUT = {"chain": None, "gained": None}

KINDS: dict[str, type[Event]] = {
    "opened": Opened,
    "registered": Registered,
    "benefit_changed": BenefitChanged,
    "benefit_proved": BenefitProved,
    "interest_confirmed": InterestConfirmed,
    "parent_linked": ParentLinked,
    "vacancy_published": VacancyPublished,
    "turn_came": TurnCame,
    "turn_lapsed": TurnLapsed,
    "seats_opened": SeatsOpened,
    "turn_moved": TurnMoved,
    "seat_returned": SeatReturned,
    "referral_issued": ReferralIssued,
    "referral_extended": ReferralExtended,
    "referral_recalled": ReferralRecalled,
    "referral_expired": ReferralExpired,
    "benefit_lost": BenefitLost,
    "reminder_due": ReminderDue,
    "made_inactive": MadeInactive,
    "restored": Restored,
    "stop_listed": StopListed,
    "stop_list_ended": StopListEnded,
    "visited": Visited,
    "refused": Refused,
    "refusal_upheld": RefusalUpheld,
    "refusal_overturned": RefusalOverturned,
    "enrolled": Enrolled,
    "departed": Departed,
    "closed": Closed,
    "imported": Imported,
    "reinstated": Reinstated,
    "referral_voided": ReferralVoided,
    "enrolment_voided": EnrolmentVoided,
    "departure_voided": DepartureVoided,
    "places_withdrawn": PlacesWithdrawn,
    "parent_unlinked": ParentUnlinked,
    "corrected": Corrected,
    "policy_announced": PolicyAnnounced,
    "policy_changed": PolicyChanged,
    "calendar_changed": CalendarChanged,
    "paused": Paused,
    "resumed": Resumed,
    "deadline_moved": DeadlineMoved,
}
"""The class of each type."""

__all__ = [
    "BenefitChanged",
    "BenefitLost",
    "BenefitProved",
    "CalendarChanged",
    "Closed",
    "Corrected",
    "DeadlineMoved",
    "Departed",
    "DepartureVoided",
    "Enrolled",
    "EnrolmentVoided",
    "Event",
    "Imported",
    "InterestConfirmed",
    "KINDS",
    "MadeInactive",
    "Opened",
    "ParentLinked",
    "ParentUnlinked",
    "Paused",
    "PlacesWithdrawn",
    "PolicyAnnounced",
    "PolicyChanged",
    "ReferralExpired",
    "ReferralExtended",
    "ReferralIssued",
    "ReferralRecalled",
    "ReferralVoided",
    "RefusalOverturned",
    "RefusalUpheld",
    "Refused",
    "Registered",
    "Reinstated",
    "ReminderDue",
    "Restored",
    "Resumed",
    "SeatReturned",
    "SeatsOpened",
    "StopListEnded",
    "StopListed",
    "TurnCame",
    "TurnLapsed",
    "TurnMoved",
    "VacancyPublished",
    "Visited",
]
