//! The rules of Kazakhstan's electronic preschool queue (кезек, "queue"), as a library without a clock, I/O or
//! randomness.
//!
//! A parent puts a child in the queue of a settlement. Its **application** (заявление / өтініш) stands in the
//! line of the child's birth year, in the order of registration. Staff of a kindergarten publish free places, a
//! **vacancy** (свободные места / бос орындар). Each place is offered to the first in line: the **turn** has
//! come, and there are three working days to choose. Choosing issues the **referral** (направление / жолдама)
//! at once. The family has five working days to come to the kindergarten, which accepts the child or refuses
//! it, for the education department to review. A referral that lapses costs ten working days in the
//! **stop-list** (стоп-лист / стоп-тізім), a second one the place in the queue; the place that it was to goes
//! on to the next in line. Nothing chosen in time costs nothing, and the place opens to everybody of that year.
//!
//! All of these numbers are a [`Policy`]: one portal's rules as data, each value with its source. Working days
//! come from a [`Calendar`], which says which years are facts. A [`Register`] is one settlement's queue. It is
//! told what people do ([`Action`]) and what time it is ([`Moment`]); it answers with what happened
//! ([`Event`]), or with every condition that stands against it ([`Denial`]), each with its rule. What falls due
//! happens at its own moment, however late the register is asked.
//!
//! ```
//! use kezek::{Action, Child, Language, Policy, Register};
//!
//! let mut register = Register::new(Policy::named("akmola-2018")?)?;
//! let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
//! let applicant = "p:parent-1".parse()?;
//! let submit = Action::Submit {
//!     applicant, child, benefit: None, documents: None, channel: None, channel_number: None, application: None,
//! };
//! let _ = register.apply(submit, "2018-01-10T09:00:00+06:00".parse()?)?.accepted()?;
//!
//! // A place is published on the Friday before Nauryz: the turn comes at once.
//! let publish = Action::PublishVacancy {
//!     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Ru, places: 1, kind: None,
//! };
//! let events = register.apply(publish, "2018-03-16T18:20:00+06:00".parse()?)?.accepted()?;
//! assert_eq!(events[1].fact.name(), "turn_came");
//!
//! // 21 to 23 March are holidays: three working days end when 26 March does.
//! let deadline = register.next_deadline().ok_or("no deadline")?;
//! assert_eq!(deadline.at, "2018-03-27T00:00:00+06:00".parse()?);
//! assert_eq!(deadline.rule.to_string(), "R40");
//!
//! // Nothing is chosen. A denial says what stands against it.
//! let _ = register.advance(deadline.at)?;
//! let late = Action::PassTurn { application: "UO.2018.000001.1".parse()? };
//! assert_eq!(register.check(late, deadline.at)?[0].code(), "not_your_turn");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! There are two doors to the same rules. The register is the one for back-ends that hand it the whole queue. A
//! [`Card`] is the other: **one** application and what the rules need to know around it, for pages, and for portals
//! that keep their own rows. It says, until [`Card::valid_until`], what the register would say. What concerns no
//! application yet goes over the [`Desk`]; a [`Form`] is checked before there is a command; [`Texts`] put all of it
//! into Kazakh, Russian and English.
//!
//! Three kinds of "no" are never mixed. A **denial** is an answer of the rules: data in the [`Outcome`]. An
//! [`Error`] is input that cannot be read; nothing at all has changed then. A panic would be a bug, and no input
//! reaches one.
//!
//! Events are the history tab, the audit log and the storage format at once: [`Register::replay`] makes the
//! same register again without deciding anything, [`Register::snapshot`] stores it, and
//! [`Register::rollback`] takes back the last outcome when the host's transaction fails. The JSON of the wire
//! has its own doors ([`Register::apply_json`], [`Register::ask_json`]).
//!
//! # Features
//!
//! - `chrono` (default): `From` and `Into` between [`Moment`], [`Day`] and chrono's types.
//! - `text-kk`, `text-ru`, `text-en` (default): [`Texts`] in Kazakh, Russian, English.
//! - `arbitrary`: `arbitrary::Arbitrary` for values and commands, for fuzz targets of hosts.
//! - `schema`: `schemars::JsonSchema` for the types of the wire, and `schemas()` with all of them.

mod application;
#[cfg(feature = "arbitrary")]
mod arbitrary;
mod benefit;
mod calendar;
mod card;
mod command;
mod day;
mod denial;
mod error;
mod event;
mod fields;
mod form;
mod group;
mod iin;
mod json;
mod moment;
mod number;
mod packed;
mod policy;
mod proof;
mod queue;
mod register;
mod rule;
#[cfg(feature = "schema")]
mod schema;
mod sorted;
mod stage;
mod switch;
mod term;
mod text;
mod vacancy;
mod view;
mod written;
mod zone;

// The public interface is:
pub use application::{ApplicationView, DeadlineView};
pub use benefit::{BenefitId, Tier};
pub use calendar::{Calendar, CalendarYear, WorkingDay};
pub use card::{
    ButtonRow, Called, Card, CardDetails, CardOutcome, CardRow, Desk, Effect, Filed, FreePlaces, LinePlaces,
    Offer, Permission, Registration, order_key,
};
pub use command::{
    Action, Actor, Authority, AuthorityKind, Channel, Child, Command, Deed, Import, Operation, Reason, Which,
};
pub use day::Day;
pub use denial::{Denial, DenialReason, Denied, Outcome};
pub use error::{Error, ErrorCode, Fault};
pub use event::{
    CalendarStamp, Cause, Envelope, Event, Fact, Imported, LaterOpening, MovedEnd, StartedTerms,
};
pub use fields::read_json;
pub use form::{ApplicantForm, CheckedForm, ChildForm, Contacts, Finding, FindingCode, FindingLevel, Form};
pub use group::{GroupYear, Kindergarten, KindergartenKind, Language};
pub use iin::{Iin, Person, Pseudonym};
pub use moment::Moment;
pub use number::{ApplicationNumber, ReferralNumber, VacancyId};
pub use policy::{Policy, PolicyDifference, ReminderOf, SeatGoes};
pub use proof::{Proof, Seal, Sum, verify_proof};
pub use register::{Opening, Register, Snapshot, verify};
pub use rule::Rule;
#[cfg(feature = "schema")]
pub use schema::schemas;
pub use stage::{CloseReason, Seat, Stage, VacancyState};
pub use term::{Term, Unit};
pub use text::{Button, Label, Role, Texts};
pub use view::{
    Backtest, BacktestCounts, Calibration, CannotTell, ChangeCause, ChangePart, Contact, DocumentKind,
    DocumentView, EnrolledRow, Forecast, ForecastBasis, ForecastHorizon, ForecastTurn, Forecaster, Message,
    NumberChange, OverrideRow, PolicyEffect, PositionChange, PositionRow, PositionView, Prover, QueueRow,
    ReferralView, Rounding, VacancyFilter, VacancyRow, View, backtest,
};
pub use written::{Sink, What, json_text, json_value, write};
pub use zone::Zone;

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
