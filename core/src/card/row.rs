//! A card as JSON, and as a portal fills it from its own rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Card, Line, LinePlaces, Offer, Rules};
use crate::application::{Application, Enrolment, Referral, Reminded, Standing};
use crate::fields::{describe, read};
use crate::moment::writing_in;
use crate::policy::{Deadline, Start};
use crate::{
    ApplicationNumber, ApplicationView, Calendar, Child, Error, Kindergarten, Moment, MovedEnd, Person,
    Policy, ReferralNumber, Seat, Stage,
};

/// A card as a portal fills it from its own rows, and as it stands on the wire.
///
/// Only what a stage needs must be there; every other field has a value to begin with, so that a row is filled
/// with [`CardRow::new`] and what differs.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(serialize_with = "name_or_whole", deserialize_with = "named_or_whole")]
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
    /// When it was made.
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// When interest was last confirmed; without it the registration.
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
    reminded: Vec<Reminded>,
    /// The ends that run, with what set them. Where one is missing, the application's own field tells it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, serde_json::Value>"))]
    ends: BTreeMap<MovedEnd, Deadline>,
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

fn named_or_whole<'de, D: Deserializer<'de>>(from: D) -> Result<Policy, D::Error> {
    policy(&Value::deserialize(from)?).map_err(serde::de::Error::custom)
}

fn policy(value: &Value) -> Result<Policy, Error> {
    match value {
        Value::String(name) => Policy::named(name),
        Value::Object(_) => Policy::from_json(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err(Error::malformed("", "the name of a policy, or a policy", describe(value)))
        }
    }
}

impl CardRow {
    /// A queued application, with nothing around it.
    #[must_use]
    pub fn new(
        policy: Policy,
        application: ApplicationNumber,
        serial: u32,
        applicant: Person,
        child: Child,
        registered_at: Moment,
    ) -> CardRow {
        CardRow {
            application: ApplicationView::queued(application, &child, registered_at),
            serial,
            applicant,
            parents: Vec::new(),
            child,
            policy,
            policy_since: None,
            calendar: Calendar::kazakhstan(),
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
    /// A card out of a portal's row.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of what the stage needs and the row
    /// does not have, such as `application.choose_by` of one that is notified.
    pub fn of(row: CardRow) -> Result<Card, Error> {
        if !(1..=999_999).contains(&row.serial) {
            return Err(Error::malformed("serial", "1 to 999999", row.serial.to_string()));
        }
        let notified = row.application.stage == Stage::Notified;
        if row.turn.is_some_and(|turn| turn != notified) {
            let expected = "true for one that is notified, and for no other";
            return Err(Error::malformed("turn", expected, format!("{:?}", row.application.stage)));
        }
        let application = row.application()?;
        let own = row.vacancies.iter().filter(|offer| offer.group_year == application.group_year);
        let together =
            || own.fold(LinePlaces::default(), |all, offer| all.with(offer.waiting, offer.open, offer.state));
        let line = Line {
            enrolled_with: row.enrolled_with,
            next_referral: row.next_referral.or_else(|| application.next_referral()),
            places: row.places.unwrap_or_else(together),
            offers: Vec::new(),
            cycle: row.cycle,
        };
        let rules = Rules {
            policy: Arc::new(row.policy),
            calendar: row.calendar,
            since: row.policy_since,
            paused: row.paused,
        };
        let card = Card::new(application, line, rules, (row.revision, row.made_at, row.valid_until));
        Ok(row.vacancies.into_iter().fold(card, Card::with_offer))
    }

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
            parents: application.parents.clone(),
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
                reminded: application.reminded.clone(),
                ends: application.ends().into_iter().collect(),
            },
        }
    }

    /// A card out of its JSON.
    ///
    /// # Errors
    /// As [`Card::of`], and for what cannot be read, each with its path.
    pub fn from_json(value: &Value) -> Result<Card, Error> {
        // Its own reader names the faulty fields of a policy.
        if let Some(given) = value.get("policy") {
            policy(given).map_err(|error| error.under("policy"))?;
        }
        Card::of(read(value.clone())?)
    }

    /// The calendar with the years that its terms can reach.
    fn reach(&self) -> Calendar {
        let clock = self.rules.clock();
        let year = |at: Moment| clock.day(at).year();
        let moments = self.application.dues(clock).map(|(at, _)| at).chain(self.now);
        let starts = self.application.ends().into_iter().flat_map(|(_, end)| [end.start.at, end.at]);
        let years = moments.chain(starts).map(year).filter(|year| (2000..=2150).contains(year));
        let (first, last) = years.fold((2150, 2000), |(first, last), year| (first.min(year), last.max(year)));
        // What begins then may run on, and a reminder lies before its end.
        self.rules.calendar.within(first.saturating_sub(1), last.saturating_add(2))
    }
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let row = serde_json::to_value;
        writing_in(self.rules.policy.zone(), || row(self.row()))
            .map_err(serde::ser::Error::custom)?
            .serialize(to)
    }
}

impl<'de> Deserialize<'de> for Card {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Card, D::Error> {
        Card::from_json(&Value::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

impl CardRow {
    fn application(&self) -> Result<Application, Error> {
        let (seen, details) = (&self.application, &self.details);
        let kindergarten = details.last_kindergarten.clone().or_else(|| seen.kindergarten.clone());
        let foreign_last = matches!(seen.stage, Stage::Referred | Stage::UnderReview | Stage::Enrolled);
        Ok(Application {
            number: seen.application.clone(),
            serial: self.serial,
            applicant: self.applicant.clone(),
            parents: self.parents.clone(),
            child: self.child.clone(),
            group_year: seen.group_year,
            benefit: seen.benefit.clone(),
            proved: details.proved,
            documents: 0,
            channel: None,
            channel_number: None,
            registered_at: seen.registered_at,
            next_due: seen.next_due,
            interest_since: details.interest_since.unwrap_or(seen.registered_at),
            lapses: seen.lapses,
            extensions: details.extensions.max(details.referral_extensions),
            referrals: details.referrals,
            inactivations: details.inactivations,
            reminded: details.reminded.clone(),
            // One that the row names and that its count does not know was taken over.
            foreign: details.foreign.or(seen.referral.filter(|_| foreign_last && details.referrals == 0)),
            last_kindergarten: kindergarten,
            standing: self.standing()?,
        })
    }

    fn standing(&self) -> Result<Standing, Error> {
        let (seen, details) = (&self.application, &self.details);
        Ok(match seen.stage {
            Stage::Queued => Standing::Queued,
            Stage::Notified => Standing::Notified {
                seat: need(details.seat, "details.seat")?,
                choose_by: need(self.end(MovedEnd::ChooseBy)?, "application.choose_by")?,
            },
            Stage::Referred => Standing::Referred {
                referral: self.referral()?,
                expires_at: self.end(MovedEnd::ExpiresAt)?,
                prove_by: self.end(MovedEnd::ProveBy)?,
                visited: details.visited,
                must_accept: seen.must_accept.unwrap_or_default(),
            },
            Stage::UnderReview => {
                Standing::UnderReview { referral: self.referral()?, visited: details.visited }
            }
            Stage::StopListed => {
                Standing::StopListed { until: need(self.end(MovedEnd::Until)?, "application.until")? }
            }
            Stage::Inactive => {
                Standing::Inactive { until: need(self.end(MovedEnd::Until)?, "application.until")? }
            }
            Stage::Enrolled => Standing::Enrolled(Enrolment {
                referral: seen.referral,
                seat: details.seat,
                kindergarten: need(seen.kindergarten.clone(), "application.kindergarten")?,
            }),
            Stage::Closed => {
                Standing::Closed { reason: need(seen.reason, "application.reason")?, left: None }
            }
        })
    }

    fn referral(&self) -> Result<Referral, Error> {
        let (seen, details) = (&self.application, &self.details);
        Ok(Referral {
            number: need(seen.referral, "application.referral")?,
            seat: need(details.seat, "details.seat")?,
            kindergarten: need(seen.kindergarten.clone(), "application.kindergarten")?,
            issued_at: need(details.issued_at, "details.issued_at")?,
            recall_until: self.end(MovedEnd::RecallUntil)?,
            extensions: details.referral_extensions,
        })
    }

    /// An end that runs: what set it is told in the details, or nothing is known of that.
    fn end(&self, which: MovedEnd) -> Result<Option<Deadline>, Error> {
        let seen = &self.application;
        let (shown, path) = match which {
            MovedEnd::ChooseBy => (seen.choose_by, "application.choose_by"),
            MovedEnd::ExpiresAt => (seen.expires_at, "application.expires_at"),
            MovedEnd::RecallUntil => (seen.recall_until, "application.recall_until"),
            MovedEnd::Until => (seen.until, "application.until"),
            MovedEnd::ProveBy => (None, ""),
        };
        let told = self.details.ends.get(&which).copied();
        match (shown, told) {
            (Some(shown), Some(told)) if shown != told.at => {
                let expected = format!("{}, as in details.ends", told.at);
                Err(Error::malformed(path, expected, shown.to_string()))
            }
            (_, Some(told)) => Ok(Some(told)),
            (Some(at), None) => {
                let start =
                    Start { at: self.details.issued_at.unwrap_or(seen.registered_at), by_itself: false };
                Ok(Some(Deadline { at, projected: false, start, term: None, gained: 0 }))
            }
            (None, None) => Ok(None),
        }
    }
}

fn need<T>(value: Option<T>, path: &str) -> Result<T, Error> {
    value.ok_or_else(|| Error::malformed(path, "what its stage needs", "nothing"))
}
