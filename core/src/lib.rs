//! The rules of Kazakhstan's electronic preschool queue.

mod application;
mod benefit;
mod calendar;
mod command;
mod day;
mod denial;
mod error;
mod event;
mod fields;
mod group;
mod iin;
mod json;
mod moment;
mod number;
mod policy;
mod queue;
mod register;
mod rule;
mod stage;
mod term;
mod vacancy;
mod view;
mod zone;

pub use benefit::{BenefitId, Tier};
pub use calendar::{Calendar, CalendarYear, WorkingDay};
pub use command::{Action, Actor, Channel, Child, Command, Reason, Which};
pub use day::Day;
pub use denial::{Denial, DenialReason, Denied, Outcome};
pub use error::{Error, ErrorCode};
pub use event::{CalendarStamp, Cause, Envelope, Event, Fact, StartedTerms};
pub use group::{GroupYear, Kindergarten, KindergartenKind, Language};
pub use iin::{Iin, Person, Pseudonym};
pub use moment::Moment;
pub use number::{ApplicationNumber, ReferralNumber, VacancyId};
pub use policy::{Policy, SeatGoes};
pub use register::{Opening, Register, Snapshot};
pub use rule::Rule;
pub use stage::{CloseReason, Seat, Stage, VacancyState};
pub use term::{Term, Unit};
pub use view::{
    ApplicationView, DeadlineView, DocumentKind, DocumentView, EnrolledRow, Permission, PositionView,
    QueueRow, ReferralView, VacancyFilter, VacancyRow, View,
};
pub use zone::Zone;
