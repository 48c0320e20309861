//! A "no" of the rules: data, with the rule, what was expected and what was found.

mod read;
#[cfg(test)]
mod read_tests;

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::{Day, Event, GroupYear, Moment, Rule, Stage};

/// One unmet condition of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Denial {
    /// Which condition, with its data.
    #[serde(flatten)]
    pub reason: DenialReason,
    /// The rule that asks for it.
    pub rule: Rule,
    /// The name of the policy that was asked.
    pub policy: Arc<str>,
}

impl Denial {
    /// The code, as it stands on the wire.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }
}

/// An unmet condition. The variants stand in the order in which denials are listed: the main one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DenialReason {
    /// What the command names does not exist.
    NotFound {
        /// The field that names it.
        expected: Cow<'static, str>,
        /// What it says; a person is not repeated.
        found: String,
    },
    /// The register is paused.
    Paused,
    /// The wrong role, or somebody else's application or kindergarten (R05, R08).
    NotYours {
        /// Who may.
        expected: Cow<'static, str>,
    },
    /// The act must be signed (R11).
    SignatureRequired,
    /// The application is closed.
    AlreadyClosed,
    /// The stage does not allow it: only in the queue.
    NotInQueue {
        /// Where the application stands.
        found: Stage,
    },
    /// Blocked until the stop-list ends (R49).
    StopListed {
        /// When it ends.
        until: Option<Moment>,
    },
    /// No referral is live.
    NoActiveReferral {
        /// Where the application stands.
        found: Stage,
    },
    /// The referral's refusal lies with the department (R74).
    UnderReview,
    /// No refusal lies with the department (R75, R76).
    NotUnderReview {
        /// Where the application stands.
        found: Stage,
    },
    /// The child is not enrolled (R77).
    NotEnrolled {
        /// Where the application stands.
        found: Stage,
    },
    /// The number belongs to another application (R80).
    NumberTaken {
        /// The number.
        found: String,
    },
    /// The child has an active application (O27).
    AlreadyInQueue {
        /// Its number.
        found: String,
    },
    /// The child is enrolled (O27).
    AlreadyEnrolled {
        /// With this application.
        found: String,
    },
    /// The vacancy is for another birth year (R41, O29).
    WrongGroupYear {
        /// The application's.
        expected: GroupYear,
        /// The vacancy's.
        found: GroupYear,
    },
    /// Younger than the age of choice (R36); on `submit`: not born yet.
    TooYoung {
        /// From this day on.
        expected: Day,
        /// Today.
        found: Day,
        /// The first instant at which the child is old enough.
        until: Moment,
    },
    /// The age limit is reached (R12, O28).
    TooOld {
        /// Before this day.
        expected: Day,
        /// Today.
        found: Day,
    },
    /// The policy has no such benefit (R17); or there is none to prove.
    UnknownBenefit {
        /// Those it has.
        expected: Vec<String>,
        /// The one named.
        found: Option<String>,
    },
    /// A benefit is declared with documents (R17).
    DocumentsRequired,
    /// The turn has not come (R35).
    NotYourTurn,
    /// No place is left (R35, O26).
    NoFreePlace {
        /// The vacancy.
        #[serde(skip_serializing_if = "Option::is_none")]
        found: Option<u32>,
    },
    /// The department did not confirm the refusal: the child must be accepted (R76).
    MustAccept,
    /// The referral's term no longer runs.
    NoTermRuns,
    /// The visit is noted already (O25).
    AlreadyVisited,
    /// Too late to give the referral back (R57).
    RecallWindowClosed {
        /// The last instant at which it could be given back; none: never.
        expected: Option<Moment>,
        /// Now.
        found: Moment,
    },
    /// No extension is left (R53).
    ExtensionUsed {
        /// So many there are.
        expected: u16,
        /// So many were used.
        found: u16,
    },
    /// The new end must be later than the present one (O37).
    ExtensionNotLater {
        /// Later than this day.
        expected: Day,
        /// The day named.
        found: Day,
    },
    /// The new end is too far away (R53).
    ExtensionTooLong {
        /// At the latest this day.
        expected: Day,
        /// The day named.
        found: Day,
    },
    /// A reason must be stated (R54, R58, R73, R78).
    ReasonRequired,
    /// Not so few or so many places.
    PlacesOutOfRange {
        /// The range.
        expected: Cow<'static, str>,
        /// How many were named.
        found: i64,
    },
    /// No places are published on this day (F09).
    PublicationClosed {
        /// The day.
        found: Day,
    },
    /// An operator's command does not fit the stage.
    WrongStage {
        /// In these it does.
        expected: Cow<'static, [Stage]>,
        /// Where the application stands.
        found: Stage,
    },
    /// Nobody would be left to act for the application.
    LastParent,
    /// The register is not paused.
    NotPaused,
}

impl DenialReason {
    /// The code, as it stands on the wire.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code_and_rule().0
    }

    /// The rule that asks for the condition.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.code_and_rule().1
    }

    fn code_and_rule(&self) -> (&'static str, Rule) {
        match self {
            DenialReason::NotFound { .. } => ("not_found", Rule::r(5)),
            DenialReason::Paused => ("paused", Rule::o(22)),
            DenialReason::NotYours { .. } => ("not_yours", Rule::r(5)),
            DenialReason::SignatureRequired => ("signature_required", Rule::r(11)),
            DenialReason::AlreadyClosed => ("already_closed", Rule::r(30)),
            DenialReason::NotInQueue { .. } => ("not_in_queue", Rule::r(28)),
            DenialReason::StopListed { .. } => ("stop_listed", Rule::r(49)),
            DenialReason::NoActiveReferral { .. } => ("no_active_referral", Rule::r(55)),
            DenialReason::UnderReview => ("under_review", Rule::r(74)),
            DenialReason::NotUnderReview { .. } => ("not_under_review", Rule::r(74)),
            DenialReason::NotEnrolled { .. } => ("not_enrolled", Rule::r(77)),
            DenialReason::NumberTaken { .. } => ("number_taken", Rule::r(80)),
            DenialReason::AlreadyInQueue { .. } => ("already_in_queue", Rule::o(27)),
            DenialReason::AlreadyEnrolled { .. } => ("already_enrolled", Rule::o(27)),
            DenialReason::WrongGroupYear { .. } => ("wrong_group_year", Rule::r(41)),
            DenialReason::TooYoung { .. } => ("too_young", Rule::r(36)),
            DenialReason::TooOld { .. } => ("too_old", Rule::o(28)),
            DenialReason::UnknownBenefit { .. } => ("unknown_benefit", Rule::r(17)),
            DenialReason::DocumentsRequired => ("documents_required", Rule::r(17)),
            DenialReason::NotYourTurn => ("not_your_turn", Rule::r(35)),
            DenialReason::NoFreePlace { .. } => ("no_free_place", Rule::o(26)),
            DenialReason::MustAccept => ("must_accept", Rule::r(76)),
            DenialReason::NoTermRuns => ("no_term_runs", Rule::o(23)),
            DenialReason::AlreadyVisited => ("already_visited", Rule::o(25)),
            DenialReason::RecallWindowClosed { .. } => ("recall_window_closed", Rule::r(57)),
            DenialReason::ExtensionUsed { .. } => ("extension_used", Rule::r(53)),
            DenialReason::ExtensionNotLater { .. } => ("extension_not_later", Rule::o(37)),
            DenialReason::ExtensionTooLong { .. } => ("extension_too_long", Rule::r(53)),
            DenialReason::ReasonRequired => ("reason_required", Rule::r(73)),
            DenialReason::PlacesOutOfRange { .. } => ("places_out_of_range", Rule::r(60)),
            DenialReason::PublicationClosed { .. } => ("publication_closed", Rule::f(9)),
            DenialReason::WrongStage { .. } => ("wrong_stage", Rule::o(6)),
            DenialReason::LastParent => ("last_parent", Rule::r(6)),
            DenialReason::NotPaused => ("not_paused", Rule::o(22)),
        }
    }
}

/// The answer to a command: what happened, and what stood against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[must_use = "a denial is an answer, not an error: look at it, or call accepted()"]
pub struct Outcome {
    /// What happened; after a denied command only what had fallen due.
    pub events: Vec<Arc<Event>>,
    /// Every unmet condition, the main one first; empty when the command was done.
    pub denials: Vec<Denial>,
}

impl Outcome {
    /// The events of a command that was done.
    ///
    /// # Errors
    /// The denials of one that was not.
    pub fn accepted(self) -> Result<Vec<Arc<Event>>, Denied> {
        if self.denials.is_empty() { Ok(self.events) } else { Err(Denied { denials: self.denials }) }
    }
}

/// A denied command as an error value, for `?`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("denied: {}", self.denials.iter().map(Denial::code).collect::<Vec<_>>().join(", "))]
pub struct Denied {
    /// Every unmet condition, the main one first.
    pub denials: Vec<Denial>,
}
