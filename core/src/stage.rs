//! Where an application stands, and the other words for it.

use serde::{Deserialize, Serialize};

use crate::fields::{door, records, words};
use crate::packed::packed;

/// Where an application stands (состояние заявления / өтініштің күйі). One state, and the portal's lists
/// show its text (O06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// In the queue («В очереди» / «Кезекте»), R20.
    Queued,
    /// The turn has come («Направлено уведомление» / «Хабарлама жіберілді»), R38.
    Notified,
    /// A referral is issued («Выдано направление» / жолдама берілген), R44, R52.
    Referred,
    /// A refusal lies with the education department, R74.
    UnderReview,
    /// In the stop-list (стоп-лист / стоп-тізім), R48.
    StopListed,
    /// Did not answer when the turn came, F26.
    Inactive,
    /// Accepted by a kindergarten («зачислен» / қабылданды), R71.
    Enrolled,
    /// Out of the queue for good («снят с очереди» / кезектен алынды).
    Closed,
}

impl Stage {
    /// Whether the application counts in the queue's numbers (O27): all but enrolled and closed,
    /// the stop-list too (O11).
    #[must_use]
    pub fn is_active(self) -> bool {
        match self {
            Stage::Queued
            | Stage::Notified
            | Stage::Referred
            | Stage::UnderReview
            | Stage::StopListed
            | Stage::Inactive => true,
            Stage::Enrolled | Stage::Closed => false,
        }
    }

    /// Its word on the wire.
    ///
    /// ```
    /// assert_eq!(kezek::Stage::StopListed.as_str(), "stop_listed");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Queued => "queued",
            Stage::Notified => "notified",
            Stage::Referred => "referred",
            Stage::UnderReview => "under_review",
            Stage::StopListed => "stop_listed",
            Stage::Inactive => "inactive",
            Stage::Enrolled => "enrolled",
            Stage::Closed => "closed",
        }
    }
}

/// Why an application was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CloseReason {
    /// By the applicant («Снять с очереди»), R28.
    Withdrawn,
    /// Interest was not confirmed in time, R33.
    InterestLapsed,
    /// Referrals were let expire too often, R51.
    ReferralsLapsed,
    /// The department confirmed a refusal, R75.
    RefusalUpheld,
    /// The child has reached the age limit, O28.
    AgeLimit,
    /// No answer when the turn came, F28.
    NoAnswer,
    /// The child has left the kindergarten, R78.
    Departed,
    /// Moved to another settlement.
    Moved,
}

/// The state of a vacancy (состояние), R62. It is kept when no place is left (R67).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VacancyState {
    /// «Ожидает»: for those whose turn it is (O31).
    Waiting,
    /// «В свободном выборе» / «еркін таңдау»: for everybody of the group year (R41).
    FreeChoice,
}

/// One place of a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seat {
    /// The vacancy's number.
    pub vacancy: u32,
    /// Which of its places: 1, 2, 3 …
    pub place: u16,
}

words!(Stage, CloseReason, VacancyState);
packed!(enum CloseReason {
    0 => Withdrawn, 1 => InterestLapsed, 2 => ReferralsLapsed, 3 => RefusalUpheld, 4 => AgeLimit, 5 => NoAnswer,
    6 => Departed, 7 => Moved,
});
packed!(enum VacancyState { 0 => Waiting, 1 => FreeChoice });
packed!(Seat { vacancy, place });

door!(Seat);

records! {
    "a place: an object with vacancy and place" Seat { vacancy, place }
}
