//! A card as JSON, and as a portal fills it from its own rows.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Card, LinePlaces, Offer};
use crate::application::{Reminded, Standing};
use crate::fields::describe;
use crate::moment::writing_in;
use crate::policy::{Clock, Deadline};
use crate::sorted::Map;
use crate::written;
use crate::{
    ApplicationNumber, ApplicationView, Calendar, Child, Error, Kindergarten, Moment, MovedEnd, Person,
    Policy, ReferralNumber, Seat, Stage,
};

/// A card as a portal fills it from its own rows, and as it stands on the wire.
///
/// Only what a stage needs must be there; every other field has a value to begin with, so that a row is filled
/// with [`CardRow::new`] and what differs. What does not apply to a stage must not be there: an end that another
/// stage has, a place of a queued one. A benefit that the policy does not know counts as none, and without
/// `application.next_due` interest is not asked for.
///
/// | `application.stage` | needs |
/// |---|---|
/// | `notified` | `application.choose_by`, `details.seat` |
/// | `referred` | `application.referral`, `.kindergarten`, `.expires_at` (not after a visit or a review), `details.seat`, `.issued_at` |
/// | `under_review` | `application.referral`, `.kindergarten`, `details.seat`, `.issued_at` |
/// | `stop_listed`, `inactive` | `application.until` |
/// | `enrolled` | `application.kindergarten` |
/// | `closed` | `application.reason` |
///
/// A row of a portal that does not number its places says place 1 of the vacancy.
///
/// ```
/// use kezek::{Card, CardRow, Child, Policy};
/// let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
/// let mut row = CardRow::new(
///     Policy::named("akmola-2018")?, "UO.2018.000001.1".parse()?, 1, "p:parent-1".parse()?, child,
///     "2018-01-10T09:00:00+06:00".parse()?,
/// );
/// row.application.lapses = 1;
/// let card = Card::of(row)?;
/// let now = "2018-02-01T10:00:00+06:00".parse()?;
/// assert!(card.permissions(now, None)?.iter().any(|row| row.action == "withdraw" && row.allowed));
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CardRow {
    /// The application as its parent sees it: its stage, and the ends that run there.
    pub application: ApplicationView,
    /// Its serial in the register, 1 to 999,999: breaks ties, and makes referral numbers (R84).
    pub serial: u32,
    /// Who filed it.
    pub applicant: Person,
    /// Linked parents (R06).
    #[serde(default)]
    pub parents: Vec<Person>,
    /// The child.
    pub child: Child,
    /// The policy: the name of a shipped one, or a whole one.
    #[serde(serialize_with = "name_or_whole")]
    pub policy: Policy,
    /// The date of the policy: since when it holds without a pause, where that is not from the beginning.
    #[serde(default)]
    pub policy_since: Option<Moment>,
    /// The calendar: its id, and the days that the terms can reach. Without one: that of Kazakhstan.
    #[serde(default = "Calendar::kazakhstan")]
    pub calendar: Calendar,
    /// Whether every clock stands.
    #[serde(default)]
    pub paused: bool,
    /// Whether its turn has come: so it is `notified`.
    #[serde(default)]
    pub turn: Option<bool>,
    /// All places of its line together; without them those of `vacancies`.
    #[serde(default)]
    pub places: Option<LinePlaces>,
    /// The vacancies that it can be asked about.
    #[serde(default)]
    pub vacancies: Vec<Offer>,
    /// Under benefit shares: where the line's cycle stands, as the last `turn_came` says (F11).
    #[serde(default)]
    pub cycle: u32,
    /// Another application with which the child is enrolled (O27).
    #[serde(default)]
    pub enrolled_with: Option<ApplicationNumber>,
    /// The number that its next referral gets; without one the serial and the next ordinal (R84).
    #[serde(default)]
    pub next_referral: Option<ReferralNumber>,
    /// The revision of the register that it tells of.
    #[serde(default)]
    pub revision: u64,
    /// When it was made: time goes on from there, and what was to be reminded of before, the host has. Needed
    /// with places that it may be offered (`free`); without it nothing is known to be past.
    #[serde(default)]
    pub made_at: Option<Moment>,
    /// The first moment at which something of anybody else falls due.
    #[serde(default)]
    pub valid_until: Option<Moment>,
    /// What else the rules remember of the application.
    #[serde(default)]
    pub details: CardDetails,
}

/// What else the rules remember of an application. A host that stores it needs to know nothing of it; one that
/// fills a card by hand sets what applies to the stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CardDetails {
    /// With a turn, a referral or a review: the place that it is for. After a referral by which the child was
    /// enrolled: that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<Seat>,
    /// With a referral or a review: when the referral was issued (R46).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Moment>,
    /// How often that referral was extended (R53).
    #[serde(skip_serializing_if = "is_zero")]
    pub referral_extensions: u16,
    /// Whether the family came (O25).
    #[serde(skip_serializing_if = "is_false")]
    pub visited: bool,
    /// Whether the benefit's papers were seen (F18).
    #[serde(skip_serializing_if = "is_false")]
    pub proved: bool,
    /// Extensions over all referrals (O09).
    #[serde(skip_serializing_if = "is_zero")]
    pub extensions: u16,
    /// How many referrals were issued (R84).
    #[serde(skip_serializing_if = "is_zero")]
    pub referrals: u16,
    /// How often no answer came (F26).
    #[serde(skip_serializing_if = "is_zero")]
    pub inactivations: u16,
    /// When interest was last confirmed; without it when the row was made, else the registration. Reminders
    /// are given of what lies after it (O24).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_since: Option<Moment>,
    /// The kindergarten of the last referral.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_kindergarten: Option<Kindergarten>,
    /// A referral that was taken over under its own number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<ReferralNumber>,
    /// Reminders that were given of ends that still run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>"))]
    pub(super) reminded: Vec<Reminded>,
    /// The ends that run, with what set them. Where one is missing, the application's own field tells it.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub(super) ends: Map<MovedEnd, Deadline>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(value: &u16) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

fn name_or_whole<S: Serializer>(policy: &Policy, to: S) -> Result<S::Ok, S::Error> {
    match Policy::named(policy.name()) {
        Ok(shipped) if shipped == *policy => to.serialize_str(policy.name()),
        Ok(_) | Err(_) => policy.serialize(to),
    }
}

/// A policy by its name, or whole; the error's path begins with `policy`.
pub(super) fn policy(value: &Value) -> Result<Policy, Error> {
    match value {
        Value::String(name) => Policy::named(name),
        Value::Object(_) => Policy::from_json(value).map_err(|error| error.under("policy")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err(Error::malformed("policy", "the name of a policy, or a policy", describe(value)))
        }
    }
}

impl CardRow {
    /// A queued application as its registration leaves it, with nothing around it: its interest must be
    /// confirmed for the first time, where the policy asks for that (R31).
    #[must_use]
    pub fn new(
        policy: Policy,
        application: ApplicationNumber,
        serial: u32,
        applicant: Person,
        child: Child,
        registered_at: Moment,
    ) -> CardRow {
        let calendar = Calendar::kazakhstan();
        let clock = Clock { policy: &policy, calendar: &calendar, since: None };
        let next_due = clock.interest_from(registered_at);
        let queued = ApplicationView::queued(application, &child, registered_at);
        CardRow {
            application: ApplicationView { next_due, ..queued },
            serial,
            applicant,
            parents: Vec::new(),
            child,
            policy,
            policy_since: None,
            calendar,
            paused: false,
            turn: None,
            places: None,
            vacancies: Vec::new(),
            cycle: 0,
            enrolled_with: None,
            next_referral: None,
            revision: 0,
            made_at: None,
            valid_until: None,
            details: CardDetails::default(),
        }
    }
}

impl Card {
    /// The card as a portal stores it.
    #[must_use]
    pub fn row(&self) -> CardRow {
        let application = &self.application;
        let (seat, referral) = match &application.standing {
            Standing::Notified { seat, .. } => (Some(*seat), None),
            Standing::Referred { referral, .. } | Standing::UnderReview { referral, .. } => {
                (Some(referral.seat), Some(referral))
            }
            Standing::Enrolled(enrolment) => (enrolment.seat, None),
            Standing::Queued
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Closed { .. } => (None, None),
        };
        let visited = matches!(
            application.standing,
            Standing::Referred { visited: true, .. } | Standing::UnderReview { visited: true, .. }
        );
        CardRow {
            application: ApplicationView::of(application),
            serial: application.serial,
            applicant: application.applicant.clone(),
            parents: application.parents.to_vec(),
            child: application.child.clone(),
            policy: Policy::clone(&self.rules.policy),
            policy_since: self.rules.since,
            calendar: self.reach(),
            paused: self.rules.paused,
            turn: Some(application.stage() == Stage::Notified),
            places: Some(self.line.places),
            vacancies: self.line.offers.clone(),
            cycle: self.line.cycle,
            enrolled_with: self.line.enrolled_with.clone(),
            next_referral: self.line.next_referral,
            revision: self.revision,
            made_at: self.now,
            valid_until: self.valid_until,
            details: CardDetails {
                seat,
                issued_at: referral.map(|live| live.issued_at),
                referral_extensions: referral.map(|live| live.extensions).unwrap_or_default(),
                visited,
                proved: application.proved,
                extensions: application.extensions,
                referrals: application.referrals,
                inactivations: application.inactivations,
                interest_since: Some(application.interest_since),
                last_kindergarten: application.last_kindergarten.clone(),
                foreign: application.foreign,
                reminded: application.reminded.to_vec(),
                ends: application.ends().into_iter().collect(),
            },
        }
    }

    /// The calendar with the years that its terms can reach.
    fn reach(&self) -> Calendar {
        let clock = self.rules.clock();
        let year = |at: Moment| clock.day(at).year();
        let moments = self.application.dues(clock).map(|(at, _)| at).chain(self.now);
        let starts = self.application.ends().into_iter().flat_map(|(_, end)| [end.start.at, end.at]);
        // Periods of interest are counted from the registration.
        let counted = self.rules.policy.interest.map(|_| self.application.registered_at);
        let years = moments.chain(starts).chain(counted).map(year);
        let years = years.filter(|year| (2000..=2150).contains(year));
        let (first, last) = years.fold((2150, 2000), |(first, last), year| (first.min(year), last.max(year)));
        // While it is good anything may begin.
        let last = self.valid_until.map_or(2150, year).clamp(last, 2150);
        // What begins then may run on, and a reminder lies before its end.
        self.rules.calendar.within(first.saturating_sub(1), last.saturating_add(2))
    }
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        writing_in(self.rules.policy.zone(), || written::json_value(&self.row())).serialize(to)
    }
}
