//! What an operator may do beside the rules: each with a reason and an authority, each effect an event that says
//! so, and no invariant broken.

use serde::{Deserialize, Serialize};

use super::{Child, Reason, Which};
use crate::{
    ApplicationNumber, BenefitId, Calendar, Day, GroupYear, Kindergarten, Moment, Person, Policy,
    ReferralNumber, Stage, VacancyId,
};

/// An operator's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Operation {
    /// What is to be done.
    #[serde(flatten)]
    pub deed: Deed,
    /// Why.
    pub reason: Reason,
    /// On whose authority.
    pub authority: Authority,
}

/// On whose authority an operator acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// What kind.
    pub kind: AuthorityKind,
    /// The document that says so: a judgment, an order, a ticket.
    pub document: String,
}

/// A kind of [`Authority`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorityKind {
    /// A court.
    Court,
    /// The education department.
    Department,
    /// The operator of the portal.
    Operator,
}

/// What an operator does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Deed {
    /// Takes over an application of a running portal, with its number, registration and running terms.
    Import(Box<Import>),
    /// Puts a closed or stop-listed application back in the queue, its number kept.
    Reinstate {
        /// Which.
        application: ApplicationNumber,
        /// The lapses that it has then; else one less.
        #[serde(skip_serializing_if = "Option::is_none")]
        lapses: Option<u16>,
    },
    /// Issues a referral out of turn.
    IssueReferral {
        /// For which application.
        application: ApplicationNumber,
        /// To a place of this vacancy.
        vacancy: VacancyId,
    },
    /// Annuls a referral without a lapse.
    VoidReferral {
        /// Which.
        #[serde(flatten)]
        of: Which,
    },
    /// Annuls an enrolment: the referral runs again.
    VoidEnrolment {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Annuls a departure: the child is enrolled again.
    VoidDeparture {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Takes free places out (F09).
    WithdrawPlaces {
        /// Of which vacancy.
        vacancy: VacancyId,
        /// How many: 1 to 999.
        places: i64,
    },
    /// Takes a parent's link back (R06).
    UnlinkParent {
        /// From which application.
        application: ApplicationNumber,
        /// The parent.
        parent: Person,
    },
    /// Corrects the birth date, the line or the benefit; the registration stays.
    Correct {
        /// Of which application.
        application: ApplicationNumber,
        /// The birth date; the line follows it where none is named.
        #[serde(skip_serializing_if = "Option::is_none")]
        born: Option<Day>,
        /// The line (O29: the exceptions).
        #[serde(skip_serializing_if = "Option::is_none")]
        group_year: Option<GroupYear>,
        /// The benefit: none keeps it, `Some(None)` drops it.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[allow(clippy::option_option, reason = "null is a value here, and a missing field is none")]
        benefit: Option<Option<BenefitId>>,
    },
    /// Closes the application because the family has moved; the other settlement imports it.
    MoveOut {
        /// Which.
        application: ApplicationNumber,
    },
    /// Other rules from a moment on; running terms keep their end.
    ChangePolicy {
        /// The new policy, in the same zone.
        policy: Box<Policy>,
        /// From when.
        from: Moment,
    },
    /// Other working days; running terms get longer where that makes them, never shorter.
    ChangeCalendar {
        /// The years that change.
        calendar: Calendar,
    },
    /// Stops every clock: nothing falls due, nothing else is done.
    Pause,
    /// Lets the clocks run again; running terms gain the time.
    Resume,
}

/// An application of a running portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Import {
    /// Its number there.
    pub application: ApplicationNumber,
    /// Who filed it.
    pub applicant: Person,
    /// Linked parents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Person>,
    /// For whom.
    pub child: Child,
    /// Since when it is in the queue; not after now.
    pub registered_at: Moment,
    /// The benefit.
    pub benefit: Option<BenefitId>,
    /// Where it stands; not closed.
    pub stage: Stage,
    /// The end of the choice window: with `notified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choose_by: Option<Moment>,
    /// The end of the referral: with `referred`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Moment>,
    /// The end of the recall window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recall_until: Option<Moment>,
    /// The end of the stop-list, or of the time to come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// When interest must have been confirmed; else at the end of the running period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Moment>,
    /// Referrals that were let expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lapses: Option<u16>,
    /// Extensions used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<u16>,
    /// The referral's number there; else the register gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralNumber>,
    /// The vacancy whose place it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vacancy: Option<VacancyId>,
    /// The kindergarten: with `enrolled` and no vacancy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kindergarten: Option<Kindergarten>,
}

impl Deed {
    /// The deed's name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Deed::Import(_) => "import",
            Deed::Reinstate { .. } => "reinstate",
            Deed::IssueReferral { .. } => "issue_referral",
            Deed::VoidReferral { .. } => "void_referral",
            Deed::VoidEnrolment { .. } => "void_enrolment",
            Deed::VoidDeparture { .. } => "void_departure",
            Deed::WithdrawPlaces { .. } => "withdraw_places",
            Deed::UnlinkParent { .. } => "unlink_parent",
            Deed::Correct { .. } => "correct",
            Deed::MoveOut { .. } => "move_out",
            Deed::ChangePolicy { .. } => "change_policy",
            Deed::ChangeCalendar { .. } => "change_calendar",
            Deed::Pause => "pause",
            Deed::Resume => "resume",
        }
    }
}
