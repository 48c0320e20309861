//! What happened. Events are the history tab, the audit log and the storage format at once.

mod fact;
mod read;
mod rule;
mod trigger;

pub use fact::Fact;
pub(crate) use trigger::Trigger;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::packed::packed;
use crate::{
    Actor, ApplicationNumber, Authority, BenefitId, Child, Day, GroupYear, Kindergarten, Moment, Person,
    Reason, ReferralNumber, Rule, Stage, Sum, Term, VacancyId,
};

/// One thing that happened in a register. It holds all that taking it in needs: on replay nothing is decided
/// again, so a journal gives the same register under every later version and calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Its place in the journal: 1, 2, 3 … without gaps.
    pub seq: u64,
    /// When it happened; none for `opened`.
    pub at: Option<Moment>,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
    /// The rule that made it so.
    pub rule: Rule,
    /// Whether somebody asked for it or its moment came.
    pub cause: Cause,
    /// The `seq` of its command's first event; none for what fell due.
    pub command: Option<u64>,
    /// An operator did it beside the rules.
    #[serde(rename = "override", default, skip_serializing_if = "is_false")]
    pub overrides: bool,
    /// What came with the command; only on its first event.
    #[serde(flatten)]
    pub envelope: Option<Box<Envelope>>,
    /// In a chained journal: the SHA-256 of the link before it and of itself ([`verify`](crate::verify)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Box<Sum>>,
}

/// An event is one, shared or not: for what takes both.
impl AsRef<Event> for Event {
    fn as_ref(&self) -> &Event {
        self
    }
}

/// Why an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A command, directly or in consequence.
    Command,
    /// Its moment came.
    Due,
}

/// What stood beside a command's action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope {
    /// Who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// The signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// With a key: the SHA-256 of the command's canonical JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// With a key: how many events before this one fell due in the same call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<u64>,
    /// With an operator's command: on whose authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// With an operator's command: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<Reason>,
    /// With an operator's command: how many waiting applications it put behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<u32>,
    /// The host's own object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext: Option<Map<String, Value>>,
}

/// The calendar that a register counts by, as its first event names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarStamp {
    /// Its id.
    pub id: String,
    /// As known at that date.
    pub known_at: Day,
    /// The SHA-256 of its content.
    pub hash: String,
}

packed!(CalendarStamp { id, known_at, hash });

/// The terms that an event starts, keyed by the field whose end each makes. The event's `at` is the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartedTerms {
    /// The choice window of a turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choose_by: Option<Term>,
    /// The referral's term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Term>,
    /// The recall window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_until: Option<Term>,
    /// The stop-list's term, or the time to come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Term>,
    /// The time to prove the benefit (F18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prove_by: Option<Term>,
    /// How long a published place waits for those whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Term>,
}

/// An application that was taken over, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Imported {
    /// Its number.
    pub application: ApplicationNumber,
    /// Its serial in this register.
    pub serial: u32,
    /// Who filed it.
    pub applicant: Person,
    /// Linked parents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Person>,
    /// For whom.
    pub child: Child,
    /// Its line.
    pub group_year: GroupYear,
    /// The benefit.
    pub benefit: Option<BenefitId>,
    /// Since when it is in the queue.
    pub registered_at: Moment,
    /// Where it stands.
    pub stage: Stage,
    /// The end of the choice window.
    pub choose_by: Option<Moment>,
    /// The end of the referral.
    pub expires_at: Option<Moment>,
    /// The end of the recall window.
    pub recall_until: Option<Moment>,
    /// The end of the stop-list, or of the time to come back.
    pub until: Option<Moment>,
    /// When interest must have been confirmed.
    pub next_due: Option<Moment>,
    /// Referrals that were let expire.
    pub lapses: u16,
    /// Extensions used.
    pub extensions: u16,
    /// The referral.
    pub referral: Option<ReferralNumber>,
    /// The vacancy whose place it holds.
    pub vacancy: Option<VacancyId>,
    /// Which place.
    pub place: Option<u16>,
    /// The kindergarten.
    pub kindergarten: Option<Kindergarten>,
    /// The child's number tells another birth date (F35).
    pub birth_date_differs: bool,
}

/// A vacancy whose waiting places open later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LaterOpening {
    /// Which.
    pub vacancy: VacancyId,
    /// When they open now.
    pub opens_at: Moment,
    /// How many days that has gained by pauses.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gained: u16,
}

/// Which end was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MovedEnd {
    /// The choice window's (R40).
    ChooseBy,
    /// The recall window's (R56).
    RecallUntil,
    /// The time's to prove the benefit (F18).
    ProveBy,
    /// The referral's (R47).
    ExpiresAt,
    /// The stop-list's (R48), or the time's to come back (F26).
    Until,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(value: &u16) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
