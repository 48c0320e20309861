//! A policy: the rules of one portal as data. Terms, ages, the order, and what happens to a place.
//!
//! A [`Policy`] that exists is legal: it is checked when it is built, and every fault is listed with its path.

mod check;
mod clock;
mod compare;
mod named;
mod read;
#[cfg(test)]
mod tests;

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use crate::fields::door;
use crate::packed::{packed, packed_json};
use crate::{BenefitId, Day, Term, Tier, Zone};

pub(crate) use clock::{Clock, Counted, Deadline, Start};
pub use compare::PolicyDifference;
#[cfg(feature = "schema")]
pub(crate) use read::MERGED;

/// The rules of one portal (правила портала / портал ережелері) as data.
///
/// Take a shipped one by name, or JSON that says what differs from one:
///
/// ```
/// use kezek::Policy;
/// let akmola = Policy::named("akmola-2018")?;
/// let ours = Policy::from_json(&serde_json::json!({"base":"akmola-2018","choice_window":{"calendar_days":1}}))?;
/// assert_ne!(akmola, ours);
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// Its name; every denial carries it.
    pub(crate) name: String,
    /// The zone in which days begin and end.
    #[serde(serialize_with = "zone_name")]
    pub(crate) zone: Zone,
    /// The id of the calendar that counts its working days.
    pub(crate) calendar: String,
    /// R40, O01: how long a notified applicant may choose.
    pub(crate) choice_window: Term,
    /// R47: how long a referral is good; the ten minutes of one screenshot are a test setting (O05).
    pub(crate) referral_term: Term,
    /// R48: how long a lapse blocks referrals; null: not at all.
    pub(crate) stop_list_term: Option<Term>,
    /// R56: how long the applicant may take a referral back; null: never.
    pub(crate) recall_window: Option<Term>,
    /// R53; null: no extension.
    pub(crate) extension: Option<Extension>,
    /// R51: so many lapses close the application; null: never.
    pub(crate) lapses_to_removal: Option<NonZeroU16>,
    /// R31; null: interest need not be confirmed.
    pub(crate) interest: Option<Interest>,
    /// R36, R12, O28.
    pub(crate) age: Age,
    /// O30: who is next inside a group year.
    pub(crate) order: Order,
    /// R17: the benefits that it knows.
    pub(crate) benefits: Vec<Benefit>,
    /// R41, R42: when nothing was chosen in time.
    pub(crate) after_choice_window: AfterChoiceWindow,
    /// O13: where a place goes that was given back.
    pub(crate) returned_seat: ReturnedSeat,
    /// O03, O04: how terms in days run.
    pub(crate) terms: Terms,
    /// R11.
    pub(crate) signature: Signature,
    /// What somebody is reminded of, and how long before.
    pub(crate) reminders: Vec<Reminder>,
    /// F09: days on which no places are published.
    pub(crate) blackouts: Vec<Day>,
    /// What the public list says of benefits; not written where it is as usual.
    #[serde(skip_serializing_if = "PublicList::is_usual")]
    pub(crate) public_list: PublicList,
}

fn zone_name<S: serde::Serializer>(zone: &Zone, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(zone.name())
}

door!(Policy, |value| Policy::from_json(&value));

impl Policy {
    /// The name, such as `akmola-2018`; every denial carries it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone in which days begin and end.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The id of the calendar that counts its working days.
    #[must_use]
    pub fn calendar(&self) -> &str {
        &self.calendar
    }

    pub(crate) fn benefit(&self, id: &BenefitId) -> Option<&Benefit> {
        self.benefits.iter().find(|benefit| benefit.id == *id)
    }

    pub(crate) fn knows_benefit(&self, id: &BenefitId) -> bool {
        self.benefit(id).is_some()
    }
}

/// What everybody may read in the public list (ours: no source says).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct PublicList {
    /// A benefit is named where at least so many of the line have it.
    pub(crate) benefit_from: NonZeroU16,
}

impl PublicList {
    /// Where a policy says nothing: from five on.
    pub(crate) const USUAL: PublicList = PublicList { benefit_from: NonZeroU16::MIN.saturating_add(4) };

    fn is_usual(&self) -> bool {
        *self == PublicList::USUAL
    }
}

/// R53, R54: one more time for a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Extension {
    /// How much later than the base the new last good day may be.
    pub(crate) max: Term,
    /// How many times.
    pub(crate) times: NonZeroU16,
    /// O09: counted per referral or per application.
    pub(crate) per: Per,
    /// O08: what `max` counts from.
    pub(crate) counted_from: ExtensionBase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Per {
    Referral,
    Application,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExtensionBase {
    Expiry,
    Issue,
    Request,
}

/// R31, O20, F22: when interest must have been confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Interest {
    Every {
        every: Term,
        counted_from: InterestBase,
    },
    /// The first day of every year that is too late; 29 February is none.
    Yearly {
        yearly_by: MonthDay,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum InterestBase {
    Registration,
    Confirmation,
}

/// A day of every year, `"10-01"`; 29 February is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// That day of a year.
    pub(crate) fn of_year(self, year: i32) -> Day {
        Day::new(year, self.month, self.day).unwrap_or(Day::from_epoch(i64::MAX))
    }
}

impl TryFrom<String> for MonthDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<MonthDay, &'static str> {
        // Read as a date of 2001, which is no leap year.
        format!("2001-{text}")
            .parse::<Day>()
            .map(|day| MonthDay { month: day.month(), day: day.day() })
            .map_err(|_| "a day of every year such as \"10-01\"")
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// R36, R37, O02, F29, R12, F04: from what age a place may be chosen, and until what age the service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Age {
    pub(crate) choose_from: Term,
    pub(crate) until: Term,
    pub(crate) on_reaching_limit: OnLimit,
}

/// O28: what becomes of an application at the age limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnLimit {
    Close,
    Keep,
}

/// O30, F11, F16, F20: who is next inside a group year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Order {
    Registration {},
    BenefitShares { benefit: NonZeroU16, ordinary: NonZeroU16 },
    Categories {},
}

/// A benefit that a policy knows (R17, F10, F11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Benefit {
    pub(crate) id: BenefitId,
    pub(crate) tier: Tier,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    /// O30: with categories, the lower the earlier.
    pub(crate) rank: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    /// What people call it.
    pub(crate) names: Option<Names>,
    /// F18: to be proved with papers within this term of the referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) prove_within: Option<Term>,
}

/// A name in each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ru: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) en: Option<String>,
}

/// R41, R42: what becomes of the place and of the application when nothing was chosen in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct AfterChoiceWindow {
    pub(crate) seat: LapsedTurnSeat,
    pub(crate) application: NonResponse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum LapsedTurnSeat {
    FreeChoice,
    NextInLine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum NonResponse {
    Keep,
    Close,
    Inactive { restore_within: Term, times: NonZeroU16 },
}

/// O13: where a place goes that was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReturnedSeat {
    pub(crate) recall: SeatGoes,
    pub(crate) lapse: SeatGoes,
    pub(crate) refusal: SeatGoes,
}

/// Where a place goes that was given back (O13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SeatGoes {
    /// To the next in line other than the giver; to free choice at once when there is none.
    NextInLine,
    /// To free choice.
    FreeChoice,
    /// To nobody until staff publish it anew.
    Staff,
}

/// O03, O04: how terms in days run. Almaty counted the first day (F17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Terms {
    pub(crate) end: TermEnd,
    /// O03: whether the day of the event is day 1.
    pub(crate) first_day_counts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum TermEnd {
    /// At local 00:00:00 after the last day.
    EndOfDay,
    /// On the last day at the clock time of the start.
    SameTime,
}

/// R11: whether the acts that need one must carry an electronic signature (ЭЦП / ЭЦҚ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Signature {
    Required,
    Optional,
}

/// A reminder before a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Reminder {
    pub(crate) of: ReminderOf,
    pub(crate) before: Term,
}

/// What a reminder is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReminderOf {
    /// The end of the time to confirm interest (R31).
    Interest,
    /// The referral's last day (R47).
    Referral,
    /// The end of the choice window (R40).
    Turn,
}

packed!(enum ReminderOf { 0 => Interest, 1 => Referral, 2 => Turn });
packed_json!(Policy, |value| Policy::from_json(&value));
