"""The dictionaries of the wire: commands and questions as a caller writes them, answers of the views.

Instants that are given are aware `datetime` or RFC 3339 text; instants that are answered are aware `datetime` in the
register's zone. Dates likewise.
"""

# Made by bindings-py/generate.py from the JSON Schema; not edited by hand.

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired, TypeAlias

    from kezek._kezek import Calendar, Iin, Policy

Instant: TypeAlias = Union[datetime, str]
"""An aware `datetime`, or RFC 3339 text with an offset."""

Date: TypeAlias = Union[date, str]
"""A `date`, or text such as `"2018-09-09"`."""

PersonLike: TypeAlias = Union[str, "Iin"]
"""A person: a personal number, or `"p:"` and 1 to 64 characters, a pseudonym."""

PolicyLike: TypeAlias = Union["Policy", str, dict[str, Any]]
"""A policy: an object, a shipped one's name, or what differs from one."""

CalendarLike: TypeAlias = Union["Calendar", dict[str, Any]]
"""A calendar: an object, or its dictionary."""

DenialDict: TypeAlias = dict[str, Any]
"""A denial inside an answer: `code`, `rule`, `policy`, `expected`?, `found`?, `until`?."""


RoleName: TypeAlias = Union[Literal["applicant"], Literal["staff"], Literal["department"], Literal["operator"]]
"""Who acts: the `role` of a `by`."""

LabelName: TypeAlias = Union[
    Literal["application"],
    Literal["in_queue_since"],
    Literal["stage"],
    Literal["benefit"],
    Literal["number"],
    Literal["number_in_group_year"],
    Literal["number_in_benefit"],
    Literal["kindergarten"],
    Literal["group_year"],
    Literal["language"],
    Literal["total"],
    Literal["free"],
    Literal["kind"],
    Literal["published_at"],
    Literal["vacancy_state"],
    Literal["vacancies"],
    Literal["queue"],
    Literal["deadlines"],
    Literal["when"],
    Literal["what"],
    Literal["rule"],
    Literal["denied"],
    Literal["nothing"],
    Literal["weekend"],
    Literal["day_off"],
    Literal["worked"],
    Literal["form.applicant_iin"],
    Literal["form.applicant_born"],
    Literal["form.email"],
    Literal["form.phone"],
    Literal["form.additional_email"],
    Literal["form.additional_phone"],
    Literal["form.child_iin"],
    Literal["form.child_born"],
    Literal["form.benefit"],
    Literal["form.documents"],
    Literal["form.instruction_read"],
]
"""A heading or a caption of the portal, for `Texts.label`."""


class BacktestCounts(TypedDict):
    """What became of forecasts. Only `held`, `earlier` and `later` are settled and say how good they were."""

    asked: int
    """How many were asked for."""
    held: int
    """The turn came in the range."""
    earlier: int
    """The turn came before the range."""
    later: int
    """The range passed without the turn."""
    left: int
    """The wait ended without a turn before the end of the range."""
    open: int
    """The range is not over at the end of the journal."""
    cannot_tell: int
    """Nothing was told."""
    held_percent: int | None
    """Of the settled ones, so many of a hundred held."""
    median_days: int | None
    """Half of the ranges had at most so many days."""


class ForecastHorizon(TypedDict):
    """Forecasts that looked as far ahead, by the middle of their range."""

    from_days: int
    """From so many days ahead."""
    to_days: int | None
    """To before so many; `None` for the last."""
    counts: BacktestCounts
    """What became of them."""


class Calibration(TypedDict):
    """Forecasts that gave themselves the same confidence."""

    said_from: int
    """They said at least so many of a hundred."""
    said_to: int
    """And at most so many."""
    settled: int
    """So many of them are settled."""
    held: int
    """So many held."""
    held_percent: int
    """Of a hundred, so many held."""


class Backtest(TypedDict):
    """How often the forecasts of a journal held, of `kezek.backtest`."""

    asked_on: list[date]
    """The dates on which was asked: the first of each month."""
    all: BacktestCounts
    """All forecasts together."""
    horizons: list[ForecastHorizon]
    """By how far ahead they looked, the nearest first."""
    calibration: list[Calibration]
    """By what they said of themselves."""
    cannot_tell: dict[str, int]
    """Why nothing was told, and how often."""


class AcceptCommand(TypedDict):
    """Takes the child in («Принять в ДДО»), R71."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["accept"]


class GivenActorApplicant(TypedDict):
    """The applicant, or a linked parent (заявитель / өтініш беруші)."""

    iin: PersonLike
    """The person."""
    role: Literal["applicant"]

class GivenActorStaff(TypedDict):
    """Staff of kindergartens (сотрудник ДДО / БМҰ қызметкері), R10."""

    kindergartens: list[str]
    """The kindergartens served."""
    role: Literal["staff"]

class GivenActorDepartment(TypedDict):
    """The authorised person of the education department (Білім бөлімінің уәкілетті тұлғасы), R74."""

    role: Literal["department"]

class GivenActorOperator(TypedDict):
    """The operator of the portal."""

    name: str
    """A name."""
    role: Literal["operator"]

GivenActor: TypeAlias = Union["GivenActorApplicant", "GivenActorStaff", "GivenActorDepartment", "GivenActorOperator"]
"""Who asks."""


class ActorApplicant(TypedDict):
    """The applicant, or a linked parent (заявитель / өтініш беруші)."""

    iin: str
    """The person."""
    role: Literal["applicant"]

class ActorStaff(TypedDict):
    """Staff of kindergartens (сотрудник ДДО / БМҰ қызметкері), R10."""

    kindergartens: list[str]
    """The kindergartens served."""
    role: Literal["staff"]

class ActorDepartment(TypedDict):
    """The authorised person of the education department (Білім бөлімінің уәкілетті тұлғасы), R74."""

    role: Literal["department"]

class ActorOperator(TypedDict):
    """The operator of the portal."""

    name: str
    """A name."""
    role: Literal["operator"]

Actor: TypeAlias = Union["ActorApplicant", "ActorStaff", "ActorDepartment", "ActorOperator"]
"""Who asks."""


class ApplicantForm(TypedDict):
    """Who files the application («Заявитель»), as typed or as the State database filled it in (R14)."""

    additional_email: NotRequired[str | None]
    """«Дополнительный Email»."""
    additional_phone: NotRequired[str | None]
    """«Дополнительный телефон»."""
    born: NotRequired[str | None]
    """«Дата рождения»: `2018-09-09` or `09.09.2018`. Only looked at; the register does not keep it."""
    email: NotRequired[str | None]
    """«E-mail»."""
    iin: NotRequired[str | None]
    """«ИИН»: twelve digits, or a pseudonym."""
    phone: NotRequired[str | None]
    """«Телефон»: +7 and ten digits."""


class ApplicationView(TypedDict):
    """An application as its parent sees it. What does not apply where it stands is none."""

    application: str
    """Its number."""
    benefit: str | None
    """The benefit."""
    choose_by: datetime | None
    """The first instant that is too late to choose (R40)."""
    expires_at: datetime | None
    """The first instant that is too late to come (R47)."""
    group_year: int
    """Its line."""
    kindergarten: str | None
    """Of this kindergarten."""
    lapses: int
    """Referrals that were let expire (R51)."""
    must_accept: bool | None
    """With a referral: whether the kindergarten must accept the child (R76)."""
    next_due: datetime | None
    """The first instant that is too late to confirm interest (R31)."""
    reason: CloseReason | None
    """Why it was closed."""
    recall_until: datetime | None
    """The first instant that is too late to give the referral back (R56)."""
    referral: str | None
    """The referral: a live one, or the one that it was enrolled with."""
    registered_at: datetime
    """Since when it is in the queue («в очереди с»)."""
    stage: Stage
    """Where it stands."""
    until: datetime | None
    """The first instant after the stop-list (R48)."""


class Authority(TypedDict):
    """On whose authority an operator acts."""

    document: str
    """The document that says so: a judgment, an order, a ticket."""
    kind: AuthorityKind
    """What kind."""


AuthorityKind: TypeAlias = Union[Literal["court"], Literal["department"], Literal["operator"]]
"""A kind of `Authority`."""


Button: TypeAlias = Union[Literal["apply"], Literal["send"], Literal["sign"], Literal["confirm_interest"], Literal["confirm"], Literal["change_benefit"], Literal["withdraw"], Literal["choose"], Literal["ok"], Literal["sign_and_send"], Literal["recall_referral"], Literal["confirm_recall"], Literal["extend_referral"], Literal["extend"], Literal["cancel"], Literal["download"], Literal["add_places"], Literal["save"], Literal["do_not_save"], Literal["add"], Literal["search"], Literal["download_child_card"], Literal["accept"], Literal["refuse"], Literal["mark_departure"], Literal["pass_turn"], Literal["link_parent"], Literal["record_visit"], Literal["prove_benefit"], Literal["uphold_refusal"], Literal["overturn_refusal"]]
"""A button (кнопка / батырма). Those that begin a command carry its name, so that a page can put labels on the rows of `View::permissions`; the others open, complete or close something."""


class ButtonRow(TypedDict):
    """A button of the portal and whether it may be pressed: allowed, with its end, or every reason against it."""

    action: str
    """The command."""
    allowed: bool
    """Whether it would be done."""
    button: Button
    """Which; `Texts::button` says what stands on it."""
    denials: list[DenialDict]
    """What stands against it."""
    ends: datetime | None
    """While it is allowed: the end that runs for it, the first instant that is too late (R31, R40, R47, R56); none when none does. It is what a page shows; `until` is when the answer changes, by whatever comes."""
    signed: bool
    """Whether the command must be signed (R11): the button opens the window for that."""
    until: datetime | None
    """The first moment at which this answer changes by itself; none when none is known. Not a deadline to show: a choice is still allowed after the window if the place then opens. Ends are in `ButtonRow::ends` and the deadlines."""


class CalendarStamp(TypedDict):
    """The calendar that a register counts by, as its first event names it."""

    hash: str
    """The SHA-256 of its content."""
    id: str
    """Its id."""
    known_at: date
    """As known at that date."""


class CannotTellNotInQueue(TypedDict):
    """It waits for no turn: it has a referral or a place, or is closed."""

    stage: Stage
    """Where it stands."""
    why: Literal["not_in_queue"]

class CannotTellInactive(TypedDict):
    """No turn can come before it is confirmed again (F26)."""

    why: Literal["inactive"]

class CannotTellPaused(TypedDict):
    """Every clock stands."""

    why: Literal["paused"]

class CannotTellYoungRegister(TypedDict):
    """The register has not seen a whole year."""

    since: date | None
    """The date of its first event, if there was one."""
    why: Literal["young_register"]

class CannotTellNoPlacesSeen(TypedDict):
    """In the last year no place came to its line, nor to those that were as old as it will be."""

    why: Literal["no_places_seen"]

class CannotTellTooFar(TypedDict):
    """With last year's places the turn does not come in the years that can be reckoned, or past reckonings of this kind have mostly not come true yet."""

    why: Literal["too_far"]

class CannotTellTooOldBefore(TypedDict):
    """With last year's places the turn would not come before the child is too old (R12)."""

    limit: date
    """The first date that is too late."""
    why: Literal["too_old_before"]

class CannotTellUnsteady(TypedDict):
    """Forecasts would mostly not have held in this register."""

    held_percent: int
    """So many of a hundred would have."""
    why: Literal["unsteady"]

class CannotTellThinData(TypedDict):
    """Too few turns came in cases like this, or too few forecasts of the past are settled."""

    needed: int
    """So many would be enough."""
    samples: int
    """So many."""
    why: Literal["thin_data"]

CannotTell: TypeAlias = Union["CannotTellNotInQueue", "CannotTellInactive", "CannotTellPaused", "CannotTellYoungRegister", "CannotTellNoPlacesSeen", "CannotTellTooFar", "CannotTellTooOldBefore", "CannotTellUnsteady", "CannotTellThinData"]
"""Why no date is told."""


Cause: TypeAlias = Union[Literal["command"], Literal["due"]]
"""Why an event happened."""


class ChangeBenefitCommand(TypedDict):
    """Changes or drops the benefit («Изменить льготность»), R27."""

    application: str
    """Of which application."""
    benefit: str | None
    """The new one; none drops it."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    documents: NotRequired[int | None]
    """How many documents are attached."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["change_benefit"]


class ChangeCalendarCommand(TypedDict):
    """Other working days; running terms get longer where that makes them, never shorter."""

    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    calendar: CalendarLike
    """The years that change."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["change_calendar"]


ChangeCause: TypeAlias = Union[Literal["own_registered"], Literal["own_imported"], Literal["own_reinstated"], Literal["own_returned"], Literal["own_benefit_changed"], Literal["own_benefit_lost"], Literal["own_corrected"], Literal["own_enrolled"], Literal["own_left"], Literal["left_enrolled"], Literal["left_withdrawn"], Literal["left_closed"], Literal["left_benefit_changed"], Literal["left_corrected"], Literal["joined_registered"], Literal["joined_imported"], Literal["joined_reinstated"], Literal["joined_returned"], Literal["joined_benefit_changed"], Literal["joined_corrected"], Literal["turns_given"], Literal["policy_changed"]]
"""What moves a number. `own_…` is about the application itself; `left_…` and `joined_…` about others that went from before it or came before it, in the order that the number counts."""


class ChangePart(TypedDict):
    """A part of a change: all events of one cause that moved the number in one direction. What moved it forward never hides what moved it back."""

    cause: ChangeCause
    """What moved it."""
    change: int
    """By how much, together; never 0."""
    count: int
    """How many events."""
    events: list[int]
    """Their places in the journal (`seq`), the oldest first."""
    reason: NotRequired[CloseReason | None]
    """With `ChangeCause::LeftClosed` and `ChangeCause::OwnLeft`: why it was closed."""


ChangePolicyCommand = TypedDict(
    "ChangePolicyCommand",
    {
        "authority": "Authority",
        "by": "NotRequired[GivenActor | None]",
        "expected_revision": "NotRequired[int | None]",
        "ext": "NotRequired[dict[str, Any] | None]",
        "from": "Instant",
        "key": "NotRequired[str | None]",
        "policy": "PolicyLike",
        "reason": "str | Reason",
        "signature": "NotRequired[str | None]",
        "type": 'Literal["change_policy"]',
    },
)
"""Other rules from a moment on; running terms keep their end."""


Channel: TypeAlias = Union[Literal["portal"], Literal["egov"], Literal["centre"]]
"""Where an application was filed (R24)."""


class CheckedForm(TypedDict):
    """A form that was looked through: everything found in it at once, and what comes of it."""

    command: dict[str, Any] | None
    """The `submit`; none while there is an error. Warnings do not stand in its way."""
    contacts: Contacts
    """The contacts as they are to be kept: the host's, no part of the command."""
    findings: list[Finding]
    """Everything found, in the order of the form's fields."""


class GivenChild(TypedDict):
    """A child, as an application names it (R16)."""

    born: Date
    """The birth date; the number's own is only compared with it (F35)."""
    iin: PersonLike
    """The child's number, or a pseudonym."""


class Child(TypedDict):
    """A child, as an application names it (R16)."""

    born: date
    """The birth date; the number's own is only compared with it (F35)."""
    iin: str
    """The child's number, or a pseudonym."""


class ChildForm(TypedDict):
    """The child («Ребенок» / «Бала»), as typed (R16)."""

    born: NotRequired[str | None]
    """«Дата рождения»: `2018-09-09` or `09.09.2018`."""
    iin: NotRequired[str | None]
    """«ИИН ребенка»: twelve digits, or a pseudonym."""


class ChooseCommand(TypedDict):
    """Chooses a place and gets the referral at once («Выбрать государственный детский сад»), R35-R44."""

    application: str
    """For which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["choose"]
    vacancy: int
    """The vacancy."""


CloseReason: TypeAlias = Union[Literal["withdrawn"], Literal["interest_lapsed"], Literal["referrals_lapsed"], Literal["refusal_upheld"], Literal["age_limit"], Literal["no_answer"], Literal["departed"], Literal["moved"]]
"""Why an application was closed."""


Command: TypeAlias = Union["SubmitCommand", "ChangeBenefitCommand", "ConfirmInterestCommand", "LinkParentCommand", "WithdrawCommand", "PassTurnCommand", "PublishVacancyCommand", "ChooseCommand", "ExtendReferralCommand", "RecallReferralCommand", "RecordVisitCommand", "ProveBenefitCommand", "AcceptCommand", "RefuseCommand", "UpholdRefusalCommand", "OverturnRefusalCommand", "MarkDepartureCommand", "ImportCommand", "ReinstateCommand", "IssueReferralCommand", "VoidReferralCommand", "VoidEnrolmentCommand", "VoidDepartureCommand", "WithdrawPlacesCommand", "UnlinkParentCommand", "CorrectCommand", "MoveOutCommand", "ChangePolicyCommand", "ChangeCalendarCommand", "PauseCommand", "ResumeCommand"]
"""An `Action` with what may stand beside it."""


class ConfirmInterestCommand(TypedDict):
    """Confirms the interest («Подтвердить заинтересованность»), R31-R34. The two presses of the button (R32) are one command."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["confirm_interest"]


Contact: TypeAlias = Union[Literal["email"], Literal["phone"]]
"""By what a message goes: the addresses are the host's (R15)."""


class Contacts(TypedDict):
    """Where the applicant is told that the turn has come (R15, R38), in one form each: personal data, for the host."""

    additional_email: str | None
    """Another e-mail address."""
    additional_phone: str | None
    """Another phone."""
    email: str | None
    """Without spaces around it, its domain in small letters."""
    phone: str | None
    """`+7` and ten digits."""


class CorrectCommand(TypedDict):
    """Corrects the birth date, the line or the benefit; the registration stays."""

    application: str
    """Of which application."""
    authority: Authority
    """On whose authority."""
    benefit: NotRequired[str | None]
    """The benefit: none keeps it, `Some(None)` drops it."""
    born: NotRequired[Date | None]
    """The birth date; the line follows it where none is named."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    group_year: NotRequired[int | None]
    """The line (O29: the exceptions)."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["correct"]


class DeadlineView(TypedDict):
    """A deadline: a moment at which the register will record something if nothing is commanded before."""

    application: str | None
    """Whose it is; none for places that open."""
    at: datetime
    """When."""
    brings: str
    """The event that it brings."""
    projected: bool
    """A year of the calendar that is only projected was counted."""
    rule: str
    """The rule that sets it."""


DocumentKind: TypeAlias = Union[Literal["registration_notice"], Literal["documents_receipt"], Literal["record_book_entry"], Literal["child_card"], Literal["referral"]]
"""A document that the portal makes by itself."""


class DocumentView(TypedDict):
    """A document and its date."""

    at: datetime
    """When it was made."""
    kind: DocumentKind
    """Which."""


class EffectPlaceTaken(TypedDict):
    """A referral is to this place, and no turn is for it any more. If a turn of somebody else was for it, that turn moves to the place that the next effect, `place_left`, names (`Card::move_turn`): then that place is offered, not left."""

    place: int
    """Which place."""
    type: Literal["place_taken"]
    vacancy: int
    """The vacancy."""

class EffectPlaceFilled(TypedDict):
    """A child is in this place."""

    place: int
    """Which place."""
    type: Literal["place_filled"]
    vacancy: int
    """The vacancy."""

class EffectPlaceOffered(TypedDict):
    """A turn of this application is for this place."""

    place: int
    """Which place."""
    type: Literal["place_offered"]
    vacancy: int
    """The vacancy."""

class EffectPlaceLeft(TypedDict):
    """No turn of this application is for this place any more, and it waits on for the next in line; when it opens is as before. `passed_by`: not for this application (O14)."""

    passed_by: bool
    """Whether this application has passed it by."""
    place: int
    """Which place."""
    type: Literal["place_left"]
    vacancy: int
    """The vacancy."""

class EffectPlaceOpened(TypedDict):
    """This place is in free choice (R41)."""

    place: int
    """Which place."""
    type: Literal["place_opened"]
    vacancy: int
    """The vacancy."""

class EffectPlaceGivenBack(TypedDict):
    """This place was given back (O13). `next_in_line`: it waits again, for anybody but this application (O14), whatever others have passed by before; when nobody can be offered it, it opens at once. `free_choice`: it is open. `staff`: it is gone."""

    place: int
    """Which place."""
    to: SeatGoes
    """Where it goes."""
    type: Literal["place_given_back"]
    vacancy: int
    """The vacancy."""

class EffectLineToCall(TypedDict):
    """In this line somebody may be called, or a place wants somebody: offer each place that waits without a turn to the first in the order of service who may be called, then open those that nobody can be offered and whose time has come."""

    group_year: int
    """The line."""
    type: Literal["line_to_call"]

Effect: TypeAlias = Union["EffectPlaceTaken", "EffectPlaceFilled", "EffectPlaceOffered", "EffectPlaceLeft", "EffectPlaceOpened", "EffectPlaceGivenBack", "EffectLineToCall"]
"""What the host changes in its own rows, in the same transaction as the application."""


class EnrolledRow(TypedDict):
    """A row of the list of enrolled children (Список числящихся детей), R72, R77."""

    application: str
    """Its application."""
    child: str
    """The child: personal data."""
    group_year: int
    """«Год»."""
    referral: str | None
    """The referral that it came with; none for one that was taken over without."""


ErrorCode: TypeAlias = Union[Literal["malformed"], Literal["unknown_policy"], Literal["invalid_policy"], Literal["not_found"], Literal["not_settled"], Literal["clock_moved_back"], Literal["stale_revision"], Literal["key_conflict"], Literal["outside_calendar"], Literal["numbers_exhausted"], Literal["unsupported_format"], Literal["corrupt_history"]]
"""What is wrong with an input, as a word that programs can match. In JSON `snake_case`."""


class ExtendReferralCommand(TypedDict):
    """Extends the referral («Продлить направление»), R53-R55."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["extend_referral"]
    until: Date
    """The new last good day."""


class Finding(TypedDict):
    """One thing found in a form."""

    code: FindingCode
    """What it is."""
    expected: NotRequired[str | None]
    """What was expected there."""
    field: str
    """The path of the field, such as `child.iin`."""
    found: NotRequired[str | None]
    """What was found instead."""
    level: FindingLevel
    """Whether it stands in the way."""
    rule: str
    """The rule that asks for it."""


FindingCode: TypeAlias = Union[Literal["missing"], Literal["iin_malformed"], Literal["iin_check_digit"], Literal["bin_not_iin"], Literal["birth_date_malformed"], Literal["birth_date_differs"], Literal["birth_date_implausible"], Literal["applicant_underage"], Literal["email_malformed"], Literal["email_unlikely"], Literal["phone_malformed"], Literal["phone_unlikely"], Literal["same_contact"], Literal["same_person"], Literal["not_born_yet"], Literal["too_old"], Literal["unknown_benefit"], Literal["documents_missing"], Literal["documents_without_benefit"], Literal["instruction_not_read"]]
"""What is found, as a word that programs can match. In JSON `snake_case`."""


FindingLevel: TypeAlias = Union[Literal["error"], Literal["warning"]]
"""How bad a finding is. In JSON `snake_case`."""


class Forecast(TypedDict):
    """When an application's turn may come (когда подойдёт очередь / кезек қашан келеді). Exactly one of `turn` and `cannot_tell` is there."""

    ahead: int
    """How many are served before it as the line stands (`in_group_year` less one, R26)."""
    application: str
    """Of which application."""
    asked_at: datetime
    """As of when."""
    basis: ForecastBasis
    """What it was made from."""
    cannot_tell: CannotTell | None
    """Why that is not told."""
    free_now: int
    """Places of its line in free choice that it could choose now, without waiting (R41); 0 for a child that is too young or must not choose."""
    turn: ForecastTurn | None
    """When the turn may come."""
    waiting_ahead: int
    """Those of them who wait for a turn; the others have a turn or a referral."""


class ForecastBasis(TypedDict):
    """What a forecast was made from: the last 52 weeks of the line."""

    joined: int
    """Those who joined it."""
    lapsed: int
    """Turns and referrals that led back into the line."""
    left: int
    """Those who left it without a turn."""
    line: int
    """The line."""
    places: int
    """Places that were published for it."""
    precedent: int
    """The line whose last year stands for this one's next."""
    since: date
    """From that date on (later where the register is younger)."""
    turns: int
    """Turns that came in the line."""
    until: date
    """To that date, itself included."""


ForecastTurn = TypedDict(
    "ForecastTurn",
    {
        "confidence": "int",
        "from": "date",
        "samples": "int",
        "to": "date",
    },
)
"""A range of local dates, both good, and how sure it is."""


class FormDict(TypedDict):
    """The form of a new application («Подать заявку»), everything as it was typed."""

    applicant: NotRequired[ApplicantForm]
    """Step 1: who files it (R14)."""
    application: NotRequired[str | None]
    """The number that the host gives it (R80); else the register does."""
    benefit: NotRequired[str | None]
    """The category of the benefit, its id in the policy's list («Категория льготности»), R17."""
    channel: NotRequired[Channel | None]
    """Where it is filed (R24); the host's, not typed."""
    channel_number: NotRequired[str | None]
    """Its number there («Номер ПЭП», «Номер ЦОН»), R24; the host's."""
    child: NotRequired[ChildForm]
    """Step 2: for whom (R16)."""
    documents: NotRequired[int | None]
    """How many documents of the benefit are attached (R17)."""
    instruction_read: NotRequired[bool]
    """Whether the applicant has confirmed to have read the instruction (R13)."""


FreePlaces = TypedDict(
    "FreePlaces",
    {
        "from": "int",
        "opens_at": "Instant",
        "to": "int",
    },
)
"""Neighbouring places that wait without a turn and open at one moment."""


class ImportCommand(TypedDict):
    """Takes over an application of a running portal, with its number, registration and running terms."""

    applicant: PersonLike
    """Who filed it."""
    application: str
    """Its number there."""
    authority: Authority
    """On whose authority."""
    benefit: NotRequired[str | None]
    """The benefit."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: GivenChild
    """For whom."""
    choose_by: NotRequired[Instant | None]
    """The end of the choice window: with `notified`."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    expires_at: NotRequired[Instant | None]
    """The end of the referral: with `referred`."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    extensions: NotRequired[int | None]
    """Extensions used."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    kindergarten: NotRequired[str | None]
    """The kindergarten: with `enrolled` and no vacancy."""
    lapses: NotRequired[int | None]
    """Referrals that were let expire."""
    next_due: NotRequired[Instant | None]
    """When interest must have been confirmed; else at the end of the running period."""
    parents: NotRequired[list[PersonLike] | None]
    """Linked parents."""
    reason: str | Reason
    """Why."""
    recall_until: NotRequired[Instant | None]
    """The end of the recall window."""
    referral: NotRequired[str | None]
    """The referral's number there; else the register gives one."""
    registered_at: Instant
    """Since when it is in the queue; not after now."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    stage: Stage
    """Where it stands; not closed."""
    type: Literal["import"]
    until: NotRequired[Instant | None]
    """The end of the stop-list, or of the time to come back."""
    vacancy: NotRequired[int | None]
    """The vacancy whose place it holds."""


class IssueReferralCommand(TypedDict):
    """Issues a referral out of turn."""

    application: str
    """For which application."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["issue_referral"]
    vacancy: int
    """To a place of this vacancy."""


KindergartenKind: TypeAlias = Union[Literal["state"], Literal["private"], Literal["mini_centre"]]
"""The kind of a kindergarten (тип детского сада / балабақша түрі), R68. The flow is the same for all (O33)."""


Language: TypeAlias = Union[Literal["kk"], Literal["ru"], Literal["en"]]
"""The language of instruction of a place (язык обучения / оқыту тілі), R63. It is a property of the place, not of the application (R43, F43). `Texts` speak the same three."""


class LaterOpening(TypedDict):
    """A vacancy whose waiting places open later."""

    gained: NotRequired[int]
    """How many days that has gained by pauses."""
    opens_at: datetime
    """When they open now."""
    vacancy: int
    """Which."""


class LinePlaces(TypedDict):
    """All places of a line together: what the button "choose" is judged by."""

    open: int
    """How many are in free choice."""
    state: VacancyState
    """`free_choice` when a vacancy of the line is."""
    waiting: int
    """How many wait for those whose turn it is."""


class LinkParentCommand(TypedDict):
    """Links the application to another parent's number, R06."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    parent: PersonLike
    """The parent."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["link_parent"]


class MarkDepartureCommand(TypedDict):
    """Notes that an enrolled child has left («Убыл» / «Кетті»), R77-R79."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    date: Date
    """The day it left: kept, not judged."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["mark_departure"]


class Message(TypedDict):
    """A message to one person or one office about one event (R38, O24)."""

    application: str
    """About which application."""
    at: datetime
    """When that happened: a message that was not sent for a while should say so."""
    channels: list[Contact]
    """By what."""
    en: NotRequired[str | None]
    """In English, where that was built in."""
    event: int
    """The event's place in the journal."""
    kind: str
    """The event's name: `turn_came`, `reminder_due`, `closed` …"""
    kk: NotRequired[str | None]
    """In Kazakh, where that was built in."""
    late: bool
    """The matter is over: what it tells is no longer so, or nothing can be done about it any more. What stays true (an enrolment, a closing) is never late, however old. `event` and `to` together name a message, so that a host sends it once."""
    ru: NotRequired[str | None]
    """In Russian, where that was built in."""
    rule: str
    """The rule by which it is sent."""
    to: Actor
    """Who is told."""


class MoveOutCommand(TypedDict):
    """Closes the application because the family has moved; the other settlement imports it."""

    application: str
    """Which."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["move_out"]


MovedEnd: TypeAlias = Union[Literal["choose_by"], Literal["recall_until"], Literal["prove_by"], Literal["expires_at"], Literal["until"]]
"""Which end was moved."""


class NumberChange(TypedDict):
    """How one number changed, and what made it so."""

    after: int
    """The number at the later moment; 0 where it does not count."""
    before: int
    """The number at the earlier moment; 0 where the application did not count, or was not there yet."""
    causes: list[ChangePart]
    """The parts of the change: one for each cause, reason and direction, in the order of `ChangeCause`; of one cause what moved it forward comes first."""
    change: int
    """`after` less `before`: below 0 is nearer to the front."""


class Offer(TypedDict):
    """A vacancy as a card shows it: what a choice of it is judged by, and which place it takes."""

    free: NotRequired[list[FreePlaces]]
    """The waiting places that no turn is for and that this application has not passed by (O14)."""
    group_year: int
    """For which line."""
    kindergarten: str
    """Where."""
    open: int
    """How many are in free choice (R41)."""
    open_place: NotRequired[int | None]
    """The first place in free choice."""
    state: VacancyState
    """Its state, kept when no place is left (R67)."""
    vacancy: int
    """The vacancy's number."""
    waiting: int
    """How many of its places wait for those whose turn it is."""
    waiting_place: NotRequired[int | None]
    """The waiting place that somebody notified takes whose own turn is for a place elsewhere: the first that no turn is for, else the first of all but his own."""


class OverrideRow(TypedDict):
    """One of the operator's commands that was done."""

    application: str | None
    """About which application."""
    at: datetime
    """When."""
    authority: Authority
    """On whose authority."""
    by: Actor | None
    """By whom, where that was said."""
    grounds: Reason | None
    """Why."""
    passed: int
    """How many waiting applications it put behind."""
    seq: int
    """Its first event."""
    type: str
    """What that event says."""


class OverturnRefusalCommand(TypedDict):
    """The department does not confirm it: the child must be accepted, R76."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["overturn_refusal"]


class PassTurnCommand(TypedDict):
    """Gives the turn up before the window ends."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["pass_turn"]


class PauseCommand(TypedDict):
    """Stops every clock: nothing falls due, nothing else is done."""

    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["pause"]


class Permission(TypedDict):
    """Whether an action is allowed now, with every reason against it."""

    action: str
    """The command."""
    allowed: bool
    """Whether it would be done."""
    denials: list[DenialDict]
    """What stands against it."""
    until: datetime | None
    """The first moment at which this answer changes by itself; none when none is known. Not a deadline to show: a choice is still allowed after the window if the place then opens. Ends are in `ButtonRow::ends` and the deadlines."""


class PolicyEffect(TypedDict):
    """What another policy would change for one application. Only what changes is there."""

    application: str
    """Which."""
    deadlines: NotRequired[list[Any] | None]
    """Its deadlines now and then."""
    permissions: NotRequired[list[list[Any]]]
    """The commands whose answer changes, each with whether it is allowed then."""
    position: NotRequired[list[Any] | None]
    """Its numbers now and then."""


PositionChange = TypedDict(
    "PositionChange",
    {
        "application": "str",
        "from": "datetime",
        "in_benefit": "NumberChange",
        "in_group_year": "NumberChange",
        "number": "NumberChange",
        "to": "datetime",
    },
)
"""Why the numbers of an application changed between two moments: «Почему изменился номер в очереди» / «Кезек нөмірі неге өзгерді» (R26, R42, F13). It holds no personal data, and of other applications only the numbers of events and how many there were."""


class PositionView(TypedDict):
    """The numbers of an application (номер очереди / кезек нөмірі), R26. All 0 when it does not count."""

    in_benefit: int
    """Among those with the same benefit; 0 without one."""
    in_group_year: int
    """In its group year, in the order of service."""
    number: int
    """City-wide, by registration."""


class Proof(TypedDict):
    """That an application stands at a number of its line, under a published root: some 20 sums, whatever the size of the queue."""

    application: str
    """Whose."""
    blind: str
    """What only the family and the office know, as a sum: without it nobody can try out numbers."""
    group_year: int
    """Its line."""
    line: int
    """Which of the lines it is, from 0 in the order of group years."""
    lines: int
    """How many lines there are."""
    lines_path: list[str]
    """The sums beside the way from the line up to the root."""
    number: int
    """Its number in the line, from 1: `in_group_year` of its position."""
    of: int
    """How many stand in the line."""
    path: list[str]
    """The sums beside the way from the application up to its line's."""


class ProveBenefitCommand(TypedDict):
    """Notes that the benefit's papers were seen (F18)."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["prove_benefit"]


class PublishVacancyCommand(TypedDict):
    """Adds free places («База свободных мест»), R60-R68, for good: no command corrects them (R65)."""

    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    group_year: int
    """For children born in that year (R64)."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    kind: NotRequired[KindergartenKind | None]
    """The kind of kindergarten; `state` when nothing is said (R68)."""
    kindergarten: str
    """Where."""
    language: Language
    """The language of instruction (R63)."""
    places: int
    """How many: 1 to 999."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["publish_vacancy"]


class QueueRow(TypedDict):
    """A row of the public list: no person, no birth date, no number of an application."""

    benefit: str | None
    """With which benefit; none where too few of the line have it to name it: `has_benefit` tells that from no benefit at all, and `Texts::listed_benefit` says it."""
    has_benefit: bool
    """Whether with a benefit at all, named or not."""
    place: int
    """The place in the line, from 1."""
    registered_at: datetime
    """Since when; 00:00 of that day where the list is rounded to days."""
    stage: Stage
    """Where it stands."""


class Reason(TypedDict):
    """A stated reason: free text and, where the host has a list, a code (O35, F41)."""

    code: NotRequired[str | None]
    """A code of the host's choice."""
    text: str
    """The text."""


class RecallReferralCommand(TypedDict):
    """Gives the referral back («Отозвать направление»), R56-R59."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["recall_referral"]


class RecordVisitCommand(TypedDict):
    """Notes that the family came; the referral's term ends (O25)."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["record_visit"]


class ReferralView(TypedDict):
    """What staff see when they look a referral up (Обработка направления), R69, R70."""

    applicant: str
    """The applicant: personal data."""
    application: str
    """Its application."""
    benefit: str | None
    """«Льготность»."""
    child: str
    """The child: personal data."""
    expires_at: datetime | None
    """The first instant that is too late («Дата истечения срока»); none once no term runs."""
    group_year: int
    """«Год очереди»."""
    issued_at: datetime
    """When it was issued («Дата выдачи»)."""
    kindergarten: str
    """The kindergarten («Название ДДО»)."""
    live: bool
    """Whether this referral is the one that counts now: live, or under review, or enrolled with."""
    must_accept: bool
    """Whether the kindergarten must accept the child (R76)."""
    referral: str
    """Its number."""
    stage: Stage
    """Where the application stands now."""


class RefuseCommand(TypedDict):
    """Refuses, for review by the department («Отказать»), R73, R74."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["refuse"]


class ReinstateCommand(TypedDict):
    """Puts a closed or stop-listed application back in the queue, its number kept."""

    application: str
    """Which."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    lapses: NotRequired[int | None]
    """The lapses that it has then; else one less."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["reinstate"]


ReminderOf: TypeAlias = Union[Literal["interest"], Literal["referral"], Literal["turn"]]
"""What a reminder is of."""


class ResumeCommand(TypedDict):
    """Lets the clocks run again; running terms gain the time."""

    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["resume"]


Rounding: TypeAlias = Union[Literal["second"], Literal["day"]]
"""How exactly the public list tells when somebody registered. In JSON `snake_case`."""


class Seal(TypedDict):
    """What an office publishes of a queue, every day or after every change: whoever keeps it can hold the office to it."""

    at: datetime
    """The instant that it was made for."""
    chain: str | None
    """The last link of the journal's chain; none where the journal has none."""
    of: int
    """How many applications stand in all lines together."""
    revision: int
    """The `seq` of the last event."""
    root: str
    """What stands for the order of every line."""


class Seat(TypedDict):
    """One place of a vacancy."""

    place: int
    """Which of its places: 1, 2, 3 …"""
    vacancy: int
    """The vacancy's number."""


SeatGoes: TypeAlias = Union[Literal["next_in_line"], Literal["free_choice"], Literal["staff"]]
"""Where a place goes that was given back (O13)."""


Stage: TypeAlias = Union[Literal["queued"], Literal["notified"], Literal["referred"], Literal["under_review"], Literal["stop_listed"], Literal["inactive"], Literal["enrolled"], Literal["closed"]]
"""Where an application stands (состояние заявления / өтініштің күйі). One state, and the portal's lists show its text (O06)."""


class StartedTerms(TypedDict):
    """The terms that an event starts, keyed by the field whose end each makes. The event's `at` is the start."""

    choose_by: NotRequired[Term | None]
    """The choice window of a turn."""
    expires_at: NotRequired[Term | None]
    """The referral's term."""
    opens_at: NotRequired[Term | None]
    """How long a published place waits for those whose turn it is."""
    prove_by: NotRequired[Term | None]
    """The time to prove the benefit (F18)."""
    recall_until: NotRequired[Term | None]
    """The recall window."""
    until: NotRequired[Term | None]
    """The stop-list's term, or the time to come back."""


class SubmitCommand(TypedDict):
    """Puts a child in the queue («Подать заявку»), R12-R24."""

    applicant: PersonLike
    """Who files it."""
    application: NotRequired[str | None]
    """A number of the host's; else the register gives one (R80)."""
    benefit: NotRequired[str | None]
    """A benefit of the policy's list (R17)."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    channel: NotRequired[Channel | None]
    """Where it was filed (R24)."""
    channel_number: NotRequired[str | None]
    """Its number there («Номер ПЭП», «Номер ЦОН»), R24."""
    child: GivenChild
    """For whom."""
    documents: NotRequired[int | None]
    """How many documents of the benefit are attached."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["submit"]


class TermWorkingDays(TypedDict):

    working_days: int

class TermCalendarDays(TypedDict):

    calendar_days: int

class TermHours(TypedDict):

    hours: int

class TermMonths(TypedDict):

    months: int

class TermYears(TypedDict):

    years: int

Term: TypeAlias = Union["TermWorkingDays", "TermCalendarDays", "TermHours", "TermMonths", "TermYears"]
"""A length of time: so many of one unit."""


Tier: TypeAlias = Union[Literal["out_of_turn"], Literal["priority"], Literal["listed"]]
"""What a benefit does to the order of the queue."""


class UnlinkParentCommand(TypedDict):
    """Takes a parent's link back (R06)."""

    application: str
    """From which application."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    parent: PersonLike
    """The parent."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["unlink_parent"]


class UpholdRefusalCommand(TypedDict):
    """The department confirms a refusal, R75."""

    application: NotRequired[str | None]
    """By the application's number."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["uphold_refusal"]


class VacancyRow(TypedDict):
    """A row of the base of free places (База свободных мест / бос орындар базасы), R61."""

    added_by: Actor | None
    """By whom, where that was said."""
    filled: int
    """With a child in it."""
    gone: int
    """Out of the count until staff publish it anew."""
    group_year: int
    """For which line."""
    kind: KindergartenKind
    """The kind of kindergarten."""
    kindergarten: str
    """Where."""
    language: Language
    """The language."""
    open: int
    """In free choice."""
    published_at: datetime
    """When it was added."""
    referred: int
    """With a referral to it, under review too."""
    state: VacancyState
    """«Ожидает» or «В свободном выборе»; kept when no place is left (R67)."""
    total: int
    """All places («Всего»)."""
    vacancy: int
    """Its number."""
    waiting: int
    """Waiting for the turn. «Свободно» is waiting and open together."""


VacancyState: TypeAlias = Union[Literal["waiting"], Literal["free_choice"]]
"""The state of a vacancy (состояние), R62. It is kept when no place is left (R67)."""


class VoidDepartureCommand(TypedDict):
    """Annuls a departure: the child is enrolled again."""

    application: str
    """Of which application."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["void_departure"]


class VoidEnrolmentCommand(TypedDict):
    """Annuls an enrolment: the referral runs again."""

    application: str
    """Of which application."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["void_enrolment"]


class VoidReferralCommand(TypedDict):
    """Annuls a referral without a lapse."""

    application: NotRequired[str | None]
    """By the application's number."""
    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    child: NotRequired[PersonLike | None]
    """By the child: its active application, else the enrolled one, else the latest closed one."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    reason: str | Reason
    """Why."""
    referral: NotRequired[str | None]
    """By number."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["void_referral"]


class WithdrawCommand(TypedDict):
    """Leaves the queue («Снять с очереди»), R28, R29."""

    application: str
    """Of which application."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["withdraw"]


class WithdrawPlacesCommand(TypedDict):
    """Takes free places out (F09)."""

    authority: Authority
    """On whose authority."""
    by: NotRequired[GivenActor | None]
    """Who asks. With it role and ownership are checked; without it the host vouches for the call."""
    expected_revision: NotRequired[int | None]
    """The revision that the host decided on."""
    ext: NotRequired[dict[str, Any] | None]
    """The host's own object, at most 4 KiB: kept, never read by the rules."""
    key: NotRequired[str | None]
    """The host's name for this request: asked again, it is answered with the first outcome."""
    places: int
    """How many: 1 to 999."""
    reason: str | Reason
    """Why."""
    signature: NotRequired[str | None]
    """An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11)."""
    type: Literal["withdraw_places"]
    vacancy: int
    """Of which vacancy."""

