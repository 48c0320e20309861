"""The native module. Import `kezek`, not this."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, Protocol, final, overload

from typing_extensions import disjoint_base

from kezek._errors import Error
from kezek._types import WorkingDay
from kezek.types import (
    ApplicationView,
    Authority,
    Backtest,
    Button,
    ButtonRow,
    CalendarLike,
    CannotTell,
    ChangePart,
    Channel,
    CheckedForm,
    CloseReason,
    Command,
    Date,
    DeadlineView,
    DenialDict,
    DocumentKind,
    DocumentView,
    Effect,
    EnrolledRow,
    ErrorCode,
    Finding,
    Forecast,
    ForecastTurn,
    FormDict,
    GivenActor,
    GivenChild,
    Instant,
    KindergartenKind,
    LabelName,
    Language,
    LinePlaces,
    Message,
    NumberChange,
    Offer,
    OverrideRow,
    Permission,
    PersonLike,
    PolicyEffect,
    PolicyLike,
    PositionChange,
    PositionView,
    Proof,
    PublishVacancyCommand,
    QueueRow,
    Reason,
    ReferralView,
    RoleName,
    Rounding,
    Seal,
    Seat,
    Stage,
    SubmitCommand,
    Term,
    Tier,
    VacancyRow,
    VacancyState,
)

__all__ = [
    "VERSION",
    "Calendar",
    "Card",
    "CardOutcome",
    "Column",
    "Denial",
    "Desk",
    "Event",
    "Filed",
    "Form",
    "Iin",
    "Outcome",
    "Policy",
    "Register",
    "Table",
    "Texts",
    "backtest",
    "is_person",
    "order_key",
    "verify",
    "verify_proof",
]

VERSION: Final[str]

def backtest(events: Iterable[Event | dict[str, Any]], *, per_line: int = 50) -> Backtest: ...
def is_person(text: str, /) -> bool: ...
def order_key(
    *, registered_at: Instant, serial: int, policy: PolicyLike, benefit: str | None = None
) -> str | None: ...
def verify(events: Iterable[Event | dict[str, Any]] | str | bytes) -> str: ...
def verify_proof(proof: Proof | dict[str, Any], root: str) -> bool: ...

@disjoint_base
class Event:
    __match_args__: Final = ("type",)
    def __new__(cls, event: Event) -> Event: ...
    @staticmethod
    def from_dict(value: dict[str, Any] | Event, /, *, zone: str | None = None) -> Event: ...
    @staticmethod
    def from_json(text: str, /, *, zone: str | None = None) -> Event: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def type(self) -> str: ...
    @property
    def rule(self) -> str: ...
    def __getattr__(self, name: str, /) -> Any: ...
    def to_dict(self) -> dict[str, Any]: ...
    def to_json(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __dir__(self) -> list[str]: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Denial:
    __match_args__: Final = ("code",)
    @staticmethod
    def from_dict(value: DenialDict | Denial, /, *, zone: str | None = None) -> Denial: ...
    @property
    def code(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def expected(self) -> Any: ...
    @property
    def found(self) -> Any: ...
    @property
    def until(self) -> datetime | None: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Outcome:
    __match_args__: Final = ("events", "denials")
    def __new__(cls, events: tuple[Event, ...], denials: tuple[Denial, ...] | None = None) -> Outcome: ...
    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def denials(self) -> tuple[Denial, ...]: ...
    @property
    def accepted(self) -> bool: ...
    def raise_for_denial(self) -> Outcome: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Policy:
    def __new__(cls, value: PolicyLike, /) -> Policy: ...
    @staticmethod
    def named(name: str) -> Policy: ...
    @staticmethod
    def names() -> list[str]: ...
    @staticmethod
    def sources(name: str) -> dict[str, Any]: ...
    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def calendar(self) -> str: ...
    def compare(self, other: PolicyLike) -> list[dict[str, Any]]: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Calendar:
    def __new__(cls, id: str, known_at: Date, years: dict[int, Any] | dict[str, Any]) -> Calendar: ...
    @staticmethod
    def kazakhstan() -> Calendar: ...
    @staticmethod
    def from_dict(value: dict[str, Any]) -> Calendar: ...
    @property
    def id(self) -> str: ...
    @property
    def known_at(self) -> date: ...
    @property
    def hash(self) -> str: ...
    def is_projected(self, year: int) -> bool: ...
    def is_working_day(self, date: Date) -> bool: ...
    def working_day_after(self, date: Date, n: int) -> WorkingDay: ...
    def working_days_between(self, after: Date, through: Date) -> int: ...
    @overload
    def add_working_days(self, dates: Sequence[Date], n: int) -> list[date]: ...
    @overload
    def add_working_days(self, dates: _ArrowArray, n: int) -> Column: ...
    @overload
    def add_working_days(self, dates: Any, n: int) -> Any: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@final
class Column:
    @property
    def name(self) -> str: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def to_list(self) -> list[Any]: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...
    @property
    def __array_interface__(self) -> dict[str, Any]: ...

@final
class Table:
    @property
    def columns(self) -> tuple[str, ...]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str, /) -> Column: ...
    def __contains__(self, name: object, /) -> bool: ...
    def to_dict(self) -> dict[str, list[Any]]: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

@final
class Iin:
    def __new__(cls, text: str, /) -> Iin: ...
    @property
    def birth_date(self) -> date | None: ...
    def differs_from(self, born: Date) -> bool: ...
    def reveal(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Form:
    def __new__(cls, value: FormDict, /) -> Form: ...
    def check(self, policy: PolicyLike, now: Instant) -> CheckedForm: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]

@final
class Texts:
    def __new__(cls, language: Language, policy: PolicyLike) -> Texts: ...
    def event(self, event: Event | dict[str, Any]) -> str: ...
    def denial(self, denial: Denial | DenialDict) -> str: ...
    def error(self, error: Error | ErrorCode) -> str: ...
    def finding(self, finding: Finding | dict[str, Any]) -> str: ...
    def position_change(self, change: PositionChange | dict[str, Any]) -> list[str]: ...
    def number_change(self, label: LabelName, change: NumberChange | dict[str, Any]) -> list[str]: ...
    def change_part(self, part: ChangePart | dict[str, Any]) -> str: ...
    def forecast(self, forecast: Forecast | dict[str, Any]) -> str: ...
    def forecast_turn(self, turn: ForecastTurn | dict[str, Any]) -> str: ...
    def cannot_tell(self, why: CannotTell | dict[str, Any]) -> str: ...
    def deadline(self, deadline: DeadlineView | dict[str, Any]) -> str: ...
    def listed_benefit(self, row: QueueRow | dict[str, Any]) -> str: ...
    def document(self, kind: DocumentKind) -> str: ...
    def button(self, button: Button) -> str: ...
    def label(self, label: LabelName) -> str: ...
    def field(self, path: str) -> str: ...
    def stage(self, stage: Stage) -> str: ...
    def close_reason(self, reason: CloseReason) -> str: ...
    def vacancy_state(self, state: VacancyState) -> str: ...
    def kind(self, kind: KindergartenKind) -> str: ...
    def language_of_instruction(self, language: Language) -> str: ...
    def benefit(self, benefit: str | None) -> str: ...
    def tier(self, tier: Tier) -> str: ...
    def channel(self, channel: Channel) -> str: ...
    def role(self, role: RoleName) -> str: ...
    def date(self, date: Date) -> str: ...
    def moment(self, at: Instant) -> str: ...
    def stamp(self, at: Instant) -> str: ...
    def until(self, end: Instant) -> str: ...
    def from_(self, start: Instant) -> str: ...
    def term(self, term: Term) -> str: ...
    def places(self, count: int) -> str: ...
    def stored(self) -> dict[str, str]: ...
    @property
    def language(self) -> Language: ...
    @property
    def zone(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Card:
    @staticmethod
    def from_dict(value: dict[str, Any]) -> Card: ...
    @staticmethod
    def of_row(
        *,
        policy: PolicyLike,
        application: str,
        serial: int,
        applicant: PersonLike,
        child: GivenChild,
        registered_at: Instant,
        calendar: Calendar | None = None,
        # Where it stands.
        stage: Stage | None = ...,
        reason: CloseReason | None = ...,
        benefit: str | None = ...,
        group_year: int | None = ...,
        lapses: int | None = ...,
        referral: str | None = ...,
        kindergarten: str | None = ...,
        must_accept: bool | None = ...,
        choose_by: Instant | None = ...,
        expires_at: Instant | None = ...,
        recall_until: Instant | None = ...,
        until: Instant | None = ...,
        next_due: Instant | None = ...,
        # What else the rules remember.
        seat: Seat | None = ...,
        issued_at: Instant | None = ...,
        referral_extensions: int | None = ...,
        visited: bool | None = ...,
        proved: bool | None = ...,
        extensions: int | None = ...,
        referrals: int | None = ...,
        inactivations: int | None = ...,
        interest_since: Instant | None = ...,
        last_kindergarten: str | None = ...,
        foreign: str | None = ...,
        reminded: list[Any] | None = ...,
        ends: dict[str, Any] | None = ...,
        # What stands around it.
        parents: list[PersonLike] | None = ...,
        policy_since: Instant | None = ...,
        paused: bool | None = ...,
        turn: bool | None = ...,
        places: LinePlaces | None = ...,
        vacancies: list[Offer] | None = ...,
        cycle: int | None = ...,
        enrolled_with: str | None = ...,
        next_referral: str | None = ...,
        revision: int | None = ...,
        made_at: Instant | None = ...,
        valid_until: Instant | None = ...,
    ) -> Card: ...
    @property
    def application(self) -> ApplicationView: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def revision(self) -> int: ...
    @property
    def valid_until(self) -> datetime | None: ...
    @property
    def next_deadline(self) -> datetime | None: ...
    @property
    def callable(self) -> tuple[datetime, datetime] | None: ...
    @property
    def order_key(self) -> str | None: ...
    def permissions(self, now: Instant, *, by: GivenActor | None = None) -> list[Permission]: ...
    def buttons(self, now: Instant, *, by: GivenActor) -> list[ButtonRow]: ...
    def deadlines(self, now: Instant) -> list[DeadlineView]: ...
    def check(self, command: Command | dict[str, Any], now: Instant) -> list[Denial]: ...
    def apply(self, command: Command | dict[str, Any], now: Instant) -> CardOutcome: ...
    def advance(self, now: Instant) -> CardOutcome: ...
    def call(
        self, vacancy: int, place: int, now: Instant, *, caused_by: Event | int | None = None
    ) -> CardOutcome: ...
    def move_turn(
        self, vacancy: int, place: int, now: Instant, *, caused_by: Event | int | None = None
    ) -> CardOutcome: ...
    def with_offer(self, offer: Offer | dict[str, Any]) -> Card: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class CardOutcome:
    __match_args__: Final = ("events", "denials", "card", "effects")
    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def denials(self) -> tuple[Denial, ...]: ...
    @property
    def card(self) -> Card: ...
    @property
    def effects(self) -> list[Effect]: ...
    @property
    def accepted(self) -> bool: ...
    @property
    def outcome(self) -> Outcome: ...
    def raise_for_denial(self) -> CardOutcome: ...

@final
class Desk:
    def __new__(
        cls,
        policy: PolicyLike,
        *,
        revision: int = 0,
        calendar: Calendar | None = None,
        prefix: str = "UO",
        paused: bool = False,
    ) -> Desk: ...
    def after(self, revision: int) -> Desk: ...
    @property
    def policy(self) -> Policy: ...
    def number(self, serial: int, now: Instant) -> str: ...
    @overload
    def submit(
        self,
        command: SubmitCommand | dict[str, Any],
        /,
        *,
        serial: int,
        now: Instant,
        taken: str | None = None,
        active: str | None = None,
    ) -> Filed: ...
    @overload
    def submit(
        self,
        command: None = None,
        /,
        *,
        serial: int,
        now: Instant,
        taken: str | None = None,
        active: str | None = None,
        applicant: PersonLike,
        child: GivenChild,
        application: str | None = ...,
        benefit: str | None = ...,
        channel: Channel | None = ...,
        channel_number: str | None = ...,
        documents: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Filed: ...
    @overload
    def publish(
        self, command: PublishVacancyCommand | dict[str, Any], /, *, vacancy: int, now: Instant
    ) -> Outcome: ...
    @overload
    def publish(
        self,
        command: None = None,
        /,
        *,
        vacancy: int,
        now: Instant,
        group_year: int,
        kindergarten: str,
        language: Language,
        places: int,
        kind: KindergartenKind | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def open(
        self, vacancy: int, seats: list[int], now: Instant, *, caused_by: Event | int | None = None
    ) -> Outcome: ...

@final
class Filed:
    __match_args__: Final = ("events", "denials", "card", "effects")
    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def denials(self) -> tuple[Denial, ...]: ...
    @property
    def card(self) -> Card | None: ...
    @property
    def effects(self) -> list[Effect]: ...
    @property
    def accepted(self) -> bool: ...
    @property
    def outcome(self) -> Outcome: ...
    def raise_for_denial(self) -> CardOutcome: ...

@final
class Register:
    @staticmethod
    def open(
        policy: PolicyLike,
        *,
        name: str = "register",
        prefix: str = "UO",
        calendar: Calendar | None = None,
        chained: bool = False,
    ) -> Register: ...
    @staticmethod
    def replay(
        events: Iterable[Event | dict[str, Any]] | str | bytes, *, calendar: Calendar | None = None
    ) -> Register: ...
    @staticmethod
    def restore(snapshot: bytes | str | dict[str, Any], *, calendar: Calendar | None = None) -> Register: ...
    @staticmethod
    def unpack(packed: bytes, *, calendar: Calendar | None = None) -> Register: ...
    def apply(self, command: Command | dict[str, Any], now: Instant) -> Outcome: ...
    def advance(self, now: Instant) -> Outcome: ...
    def check(self, command: Command | dict[str, Any], now: Instant) -> list[Denial]: ...
    def apply_many(self, commands: Iterable[tuple[Command | dict[str, Any], Instant]]) -> list[Outcome]: ...
    def rollback(self) -> bool: ...
    def follow(self, events: Iterable[Event | dict[str, Any]]) -> None: ...
    def snapshot(self) -> bytes: ...
    def pack(self) -> bytes: ...
    def events(self, after: int = 0) -> list[Event]: ...
    def leave_history(self) -> list[Event]: ...
    @property
    def revision(self) -> int: ...
    @property
    def chain(self) -> str | None: ...
    @property
    def now(self) -> datetime | None: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def calendar(self) -> Calendar: ...
    def digest(self) -> str: ...
    def __copy__(self) -> Register: ...
    def __deepcopy__(self, _memo: Any, /) -> Register: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

    # The commands, made by generate.py:
    def submit(
        self,
        *,
        applicant: PersonLike,
        child: GivenChild,
        now: Instant,
        application: str | None = ...,
        benefit: str | None = ...,
        channel: Channel | None = ...,
        channel_number: str | None = ...,
        documents: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def change_benefit(
        self,
        *,
        application: str,
        benefit: str | None,
        now: Instant,
        documents: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def confirm_interest(
        self,
        *,
        application: str,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def link_parent(
        self,
        *,
        application: str,
        parent: PersonLike,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def withdraw(
        self,
        *,
        application: str,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def pass_turn(
        self,
        *,
        application: str,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def publish_vacancy(
        self,
        *,
        group_year: int,
        kindergarten: str,
        language: Language,
        places: int,
        now: Instant,
        kind: KindergartenKind | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def choose(
        self,
        *,
        application: str,
        vacancy: int,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def extend_referral(
        self,
        *,
        reason: str | Reason,
        until: Date,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def recall_referral(
        self,
        *,
        reason: str | Reason,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def record_visit(
        self,
        *,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def prove_benefit(
        self,
        *,
        application: str,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def accept(
        self,
        *,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def refuse(
        self,
        *,
        reason: str | Reason,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def uphold_refusal(
        self,
        *,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def overturn_refusal(
        self,
        *,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def mark_departure(
        self,
        *,
        application: str,
        date: Date,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def import_application(
        self,
        *,
        applicant: PersonLike,
        application: str,
        authority: Authority,
        child: GivenChild,
        reason: str | Reason,
        registered_at: Instant,
        stage: Stage,
        now: Instant,
        benefit: str | None = ...,
        choose_by: Instant | None = ...,
        expires_at: Instant | None = ...,
        extensions: int | None = ...,
        kindergarten: str | None = ...,
        lapses: int | None = ...,
        next_due: Instant | None = ...,
        parents: list[PersonLike] | None = ...,
        recall_until: Instant | None = ...,
        referral: str | None = ...,
        until: Instant | None = ...,
        vacancy: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def reinstate(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        lapses: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def issue_referral(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        vacancy: int,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def void_referral(
        self,
        *,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        application: str | None = ...,
        child: PersonLike | None = ...,
        referral: str | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def void_enrolment(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def void_departure(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def withdraw_places(
        self,
        *,
        authority: Authority,
        places: int,
        reason: str | Reason,
        vacancy: int,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def unlink_parent(
        self,
        *,
        application: str,
        authority: Authority,
        parent: PersonLike,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def correct(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        benefit: str | None = ...,
        born: Date | None = ...,
        group_year: int | None = ...,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def move_out(
        self,
        *,
        application: str,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def change_policy(
        self,
        *,
        authority: Authority,
        from_: Instant,
        policy: PolicyLike,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def change_calendar(
        self,
        *,
        authority: Authority,
        calendar: CalendarLike,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def pause(
        self,
        *,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    def resume(
        self,
        *,
        authority: Authority,
        reason: str | Reason,
        now: Instant,
        by: GivenActor | None = ...,
        signature: str | None = ...,
        key: str | None = ...,
        expected_revision: int | None = ...,
        ext: dict[str, Any] | None = ...,
    ) -> Outcome: ...
    # The views:
    def application(self, application: str, now: Instant) -> ApplicationView: ...
    def position(self, application: str, now: Instant) -> PositionView: ...
    def positions(self, now: Instant) -> Table: ...
    def explain_position(
        self,
        application: str,
        start: Instant,
        end: Instant,
        now: Instant,
        *,
        events: Iterable[Event | dict[str, Any]] | None = None,
    ) -> PositionChange: ...
    def card(self, application: str, now: Instant) -> Card: ...
    def permissions(
        self,
        application: str | None = None,
        *,
        now: Instant,
        referral: str | None = None,
        child: PersonLike | None = None,
        kindergarten: str | None = None,
        by: GivenActor | None = None,
    ) -> list[Permission]: ...
    def buttons(
        self,
        application: str | None = None,
        *,
        by: GivenActor,
        now: Instant,
        referral: str | None = None,
        child: PersonLike | None = None,
    ) -> list[ButtonRow]: ...
    def next_deadline(self) -> DeadlineView | None: ...
    @overload
    def deadlines(self, application: str, now: Instant) -> list[DeadlineView]: ...
    @overload
    def deadlines(self, application: None = None, *, now: Instant) -> Table: ...
    def vacancies(
        self,
        *,
        now: Instant,
        group_year: int | None = None,
        kindergarten: str | None = None,
        state: VacancyState | None = None,
    ) -> list[VacancyRow]: ...
    def journal(self, iin: PersonLike, now: Instant) -> list[ApplicationView]: ...
    def archive(self, *, now: Instant, offset: int = 0, limit: int | None = None) -> list[ApplicationView]: ...
    def referral(
        self,
        referral: str | None = None,
        *,
        now: Instant,
        application: str | None = None,
        child: PersonLike | None = None,
    ) -> ReferralView: ...
    def enrolled(self, kindergarten: str, now: Instant) -> list[EnrolledRow]: ...
    def queue(
        self,
        group_year: int,
        *,
        now: Instant,
        round: Rounding | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[QueueRow]: ...
    def history(self, application: str, now: Instant) -> list[Event]: ...
    def documents(self, application: str, now: Instant) -> list[DocumentView]: ...
    def messages(self, event: Event, now: Instant) -> list[Message]: ...
    def overrides(self, now: Instant) -> list[OverrideRow]: ...
    def forecast(self, application: str, now: Instant) -> Forecast: ...
    def forecasts(self, applications: Iterable[str], now: Instant) -> list[Forecast]: ...
    def preview_policy(self, policy: PolicyLike, now: Instant) -> list[PolicyEffect]: ...
    def seal(self, now: Instant) -> Seal: ...
    def proof(self, application: str, now: Instant) -> Proof: ...
    def proofs(self, applications: Iterable[str], now: Instant) -> list[Proof]: ...
    def ask(self, question: dict[str, Any], now: Instant) -> Any: ...
