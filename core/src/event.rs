//! What happened. Events are the history tab, the audit log and the storage format at once.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    Actor, ApplicationNumber, Authority, BenefitId, Calendar, Channel, Child, CloseReason, Day, GroupYear,
    Kindergarten, KindergartenKind, Language, Moment, Person, Policy, Reason, ReferralNumber, ReminderOf,
    Rule, SeatGoes, Stage, Term, VacancyId,
};

/// One thing that happened in a register. It holds all that taking it in needs: on replay nothing is decided
/// again, so a journal gives the same register under every later version and calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(flatten, deserialize_with = "some_envelope")]
    pub envelope: Option<Box<Envelope>>,
}

/// An envelope with nothing in it is none.
fn some_envelope<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Box<Envelope>>, D::Error> {
    let envelope = Envelope::deserialize(from)?;
    Ok((envelope != Envelope::default()).then(|| Box::new(envelope)))
}

/// Why an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A command, directly or in consequence.
    Command,
    /// Its moment came.
    Due,
}

/// What stood beside a command's action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarStamp {
    /// Its id.
    pub id: String,
    /// As known at that date.
    pub known_at: Day,
    /// The SHA-256 of its content.
    pub hash: String,
}

/// The terms that an event starts, keyed by the field whose end each makes. The event's `at` is the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// What happened, with all that taking it in needs.
///
/// `projected: true` stands where a deadline in it used a year of the calendar that is only projected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fact {
    /// The register was opened: always the first event.
    Opened {
        /// The journal's format: 1.
        format: u32,
        /// The register's name.
        register: String,
        /// The policy, whole.
        policy: Arc<Policy>,
        /// The calendar.
        calendar: CalendarStamp,
        /// The prefix of the numbers that it gives (R80).
        prefix: String,
    },
    /// An application is in the queue (R20).
    Registered {
        /// Its number.
        application: ApplicationNumber,
        /// Its serial in the register: breaks ties, orders settling, makes referral numbers.
        serial: u32,
        /// Who filed it.
        applicant: Person,
        /// For whom.
        child: Child,
        /// Its line: the child's birth year (O29).
        group_year: GroupYear,
        /// The benefit.
        benefit: Option<BenefitId>,
        /// How many documents of the benefit are attached.
        documents: u32,
        /// Where it was filed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// Its number there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel_number: Option<String>,
        /// Since when it is in the queue.
        registered_at: Moment,
        /// When interest must have been confirmed.
        next_due: Option<Moment>,
        /// The child's number tells another birth date: a warning, no more (F35).
        birth_date_differs: bool,
    },
    /// Another benefit, or none (R27).
    BenefitChanged {
        /// Of which application.
        application: ApplicationNumber,
        /// The new one.
        benefit: Option<BenefitId>,
        /// How many documents are attached.
        documents: u32,
    },
    /// The benefit's papers were seen (F18).
    BenefitProved {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Interest was confirmed (R31).
    InterestConfirmed {
        /// Of which application.
        application: ApplicationNumber,
        /// When it must be confirmed next.
        next_due: Option<Moment>,
    },
    /// Another parent may act for the application (R06).
    ParentLinked {
        /// Which application.
        application: ApplicationNumber,
        /// The parent.
        parent: Person,
    },
    /// Places were published (R60).
    VacancyPublished {
        /// The vacancy's number.
        vacancy: VacancyId,
        /// Where.
        kindergarten: Kindergarten,
        /// The kind of kindergarten.
        kind: KindergartenKind,
        /// For which line.
        group_year: GroupYear,
        /// The language.
        language: Language,
        /// How many.
        places: u16,
        /// When a place opens that nobody can be offered.
        opens_at: Moment,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
    /// The turn has come (R38).
    TurnCame {
        /// Whose.
        application: ApplicationNumber,
        /// For a place of this vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
        /// The first instant that is too late to choose.
        choose_by: Moment,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
        /// Where the line's cycle stands after this turn, when it moves (F11).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cycle: Option<u32>,
    },
    /// Nothing was chosen in time (R41, R42).
    TurnLapsed {
        /// Whose turn.
        application: ApplicationNumber,
        /// The vacancy that the turn was for.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// Places are now in free choice (R41).
    SeatsOpened {
        /// Of which vacancy.
        vacancy: VacancyId,
        /// How many.
        places: u16,
        /// Which.
        seats: Vec<u16>,
    },
    /// A turn is from now on for another place: somebody took the one it was for.
    TurnMoved {
        /// Whose turn.
        application: ApplicationNumber,
        /// The vacancy that it is now for.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// A place was given back (O13).
    SeatReturned {
        /// Of which vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
        /// Where it goes.
        to: SeatGoes,
        /// By whom.
        given_back_by: ApplicationNumber,
    },
    /// A referral was issued (R44).
    ReferralIssued {
        /// For which application.
        application: ApplicationNumber,
        /// Its number.
        referral: ReferralNumber,
        /// To a place of this vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
        /// Of this kindergarten.
        kindergarten: Kindergarten,
        /// The first instant that is too late to recall it (R56).
        recall_until: Option<Moment>,
        /// The first instant that is too late to come (R47).
        expires_at: Moment,
        /// The first instant that is too late to prove the benefit (F18).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prove_by: Option<Moment>,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
    /// The referral has more time (R53).
    ReferralExtended {
        /// Of which application.
        application: ApplicationNumber,
        /// Which.
        referral: ReferralNumber,
        /// Why.
        reason: Reason,
        /// The new end.
        expires_at: Moment,
    },
    /// The applicant gave the referral back (R56).
    ReferralRecalled {
        /// Of which application.
        application: ApplicationNumber,
        /// Which.
        referral: ReferralNumber,
        /// Why.
        reason: Reason,
    },
    /// The family did not come in time (R47).
    ReferralExpired {
        /// Of which application.
        application: ApplicationNumber,
        /// Which.
        referral: ReferralNumber,
        /// How many lapses the application has now (R51).
        lapses: u16,
        /// The benefit was not proved in time; that counts no lapse (F18).
        #[serde(default, skip_serializing_if = "is_false")]
        unproved: bool,
    },
    /// The benefit was not proved in time (F18).
    BenefitLost {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Somebody is to be reminded of an end.
    ReminderDue {
        /// Of which application.
        application: ApplicationNumber,
        /// Of what.
        of: ReminderOf,
        /// How long before.
        before: Term,
        /// The end.
        until: Moment,
    },
    /// Did not answer when the turn came (F26).
    MadeInactive {
        /// Which application.
        application: ApplicationNumber,
        /// The first instant that is too late to come back.
        until: Moment,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
    /// Back in the queue after not having answered (F26).
    Restored {
        /// Which application.
        application: ApplicationNumber,
    },
    /// No referral can be had for a time (R48, R49).
    StopListed {
        /// Which application.
        application: ApplicationNumber,
        /// The first instant at which one can be had again.
        until: Moment,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
    /// Back in the queue after the stop-list (R50).
    StopListEnded {
        /// Which application.
        application: ApplicationNumber,
    },
    /// The family came (O25).
    Visited {
        /// Of which application.
        application: ApplicationNumber,
        /// With which referral.
        referral: ReferralNumber,
    },
    /// The kindergarten refused; the department reviews it (R74).
    Refused {
        /// Of which application.
        application: ApplicationNumber,
        /// Which referral.
        referral: ReferralNumber,
        /// Why.
        reason: Reason,
    },
    /// The department confirmed the refusal (R75).
    RefusalUpheld {
        /// Of which application.
        application: ApplicationNumber,
        /// Which referral.
        referral: ReferralNumber,
    },
    /// The department did not confirm it: the child must be accepted (R76).
    RefusalOverturned {
        /// Of which application.
        application: ApplicationNumber,
        /// Which referral.
        referral: ReferralNumber,
    },
    /// The kindergarten took the child in (R71).
    Enrolled {
        /// Of which application.
        application: ApplicationNumber,
        /// With which referral.
        referral: ReferralNumber,
        /// Where.
        kindergarten: Kindergarten,
    },
    /// The child has left the kindergarten (R78).
    Departed {
        /// Of which application.
        application: ApplicationNumber,
        /// With which referral it had come; none for one that was taken over without.
        referral: Option<ReferralNumber>,
        /// Where it was.
        kindergarten: Kindergarten,
        /// When it left.
        date: Day,
        /// Why.
        reason: Reason,
    },
    /// Out of the queue for good.
    Closed {
        /// Which application.
        application: ApplicationNumber,
        /// Why.
        reason: CloseReason,
    },
    /// An application of a running portal was taken over.
    Imported(Box<Imported>),
    /// Back in the queue, the number kept.
    Reinstated {
        /// Which application.
        application: ApplicationNumber,
        /// Its lapses now.
        lapses: u16,
        /// When interest must have been confirmed.
        next_due: Option<Moment>,
    },
    /// A referral was annulled without a lapse.
    ReferralVoided {
        /// Of which application.
        application: ApplicationNumber,
        /// Which.
        referral: ReferralNumber,
    },
    /// An enrolment was annulled: the referral runs again.
    EnrolmentVoided {
        /// Of which application.
        application: ApplicationNumber,
        /// Which referral.
        referral: ReferralNumber,
        /// Its new end.
        expires_at: Moment,
        /// The terms that this starts.
        terms: StartedTerms,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
    /// A departure was annulled: the child is enrolled again.
    DepartureVoided {
        /// Of which application.
        application: ApplicationNumber,
        /// With which referral; none for one that was taken over without.
        referral: Option<ReferralNumber>,
        /// Where.
        kindergarten: Kindergarten,
    },
    /// Free places were taken out.
    PlacesWithdrawn {
        /// Of which vacancy.
        vacancy: VacancyId,
        /// How many.
        places: u16,
        /// Which.
        seats: Vec<u16>,
    },
    /// A parent's link was taken back.
    ParentUnlinked {
        /// From which application.
        application: ApplicationNumber,
        /// The parent.
        parent: Person,
    },
    /// Birth date, line and benefit are now these.
    Corrected {
        /// Of which application.
        application: ApplicationNumber,
        /// The birth date.
        born: Day,
        /// The line.
        group_year: GroupYear,
        /// The benefit.
        benefit: Option<BenefitId>,
    },
    /// Other rules will hold from a moment on.
    PolicyAnnounced {
        /// The new policy, whole.
        policy: Arc<Policy>,
        /// From when.
        from: Moment,
    },
    /// Other rules hold from now on.
    PolicyChanged {
        /// The new policy, whole.
        policy: Arc<Policy>,
        /// From when.
        from: Moment,
    },
    /// Other working days.
    CalendarChanged {
        /// The years that changed.
        calendar: Calendar,
        /// The calendar as it is now.
        stamp: CalendarStamp,
        /// The vacancies whose waiting places open later for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vacancies: Vec<LaterOpening>,
    },
    /// Every clock stands.
    Paused {},
    /// The clocks run again.
    Resumed {
        /// The vacancies whose waiting places open later for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vacancies: Vec<LaterOpening>,
    },
    /// A running term ends later.
    DeadlineMoved {
        /// Of which application.
        application: ApplicationNumber,
        /// Which end.
        of: MovedEnd,
        /// The end that it had.
        from: Moment,
        /// The end that it has.
        to: Moment,
        /// How many days it has gained by pauses since it began.
        #[serde(default, skip_serializing_if = "is_zero")]
        gained: u16,
        /// See the enum.
        #[serde(default)]
        projected: bool,
    },
}

/// An application that was taken over, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

impl Fact {
    /// The application that it is about, if it is about one.
    #[must_use]
    pub fn application(&self) -> Option<&ApplicationNumber> {
        match self {
            Fact::Registered { application, .. }
            | Fact::BenefitChanged { application, .. }
            | Fact::BenefitProved { application }
            | Fact::InterestConfirmed { application, .. }
            | Fact::ParentLinked { application, .. }
            | Fact::TurnCame { application, .. }
            | Fact::TurnLapsed { application, .. }
            | Fact::TurnMoved { application, .. }
            | Fact::ReferralIssued { application, .. }
            | Fact::ReferralExtended { application, .. }
            | Fact::ReferralRecalled { application, .. }
            | Fact::ReferralExpired { application, .. }
            | Fact::StopListed { application, .. }
            | Fact::StopListEnded { application }
            | Fact::BenefitLost { application }
            | Fact::ReminderDue { application, .. }
            | Fact::MadeInactive { application, .. }
            | Fact::Restored { application }
            | Fact::Visited { application, .. }
            | Fact::Refused { application, .. }
            | Fact::RefusalUpheld { application, .. }
            | Fact::RefusalOverturned { application, .. }
            | Fact::Enrolled { application, .. }
            | Fact::Departed { application, .. }
            | Fact::Closed { application, .. }
            | Fact::Reinstated { application, .. }
            | Fact::ReferralVoided { application, .. }
            | Fact::EnrolmentVoided { application, .. }
            | Fact::DepartureVoided { application, .. }
            | Fact::ParentUnlinked { application, .. }
            | Fact::Corrected { application, .. }
            | Fact::DeadlineMoved { application, .. } => Some(application),
            Fact::Imported(imported) => Some(&imported.application),
            Fact::SeatReturned { given_back_by, .. } => Some(given_back_by),
            Fact::Opened { .. }
            | Fact::VacancyPublished { .. }
            | Fact::SeatsOpened { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. } => None,
        }
    }

    /// The fact's name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Fact::Opened { .. } => "opened",
            Fact::Registered { .. } => "registered",
            Fact::BenefitChanged { .. } => "benefit_changed",
            Fact::BenefitProved { .. } => "benefit_proved",
            Fact::InterestConfirmed { .. } => "interest_confirmed",
            Fact::ParentLinked { .. } => "parent_linked",
            Fact::VacancyPublished { .. } => "vacancy_published",
            Fact::TurnCame { .. } => "turn_came",
            Fact::TurnLapsed { .. } => "turn_lapsed",
            Fact::SeatsOpened { .. } => "seats_opened",
            Fact::TurnMoved { .. } => "turn_moved",
            Fact::SeatReturned { .. } => "seat_returned",
            Fact::ReferralIssued { .. } => "referral_issued",
            Fact::ReferralExtended { .. } => "referral_extended",
            Fact::ReferralRecalled { .. } => "referral_recalled",
            Fact::ReferralExpired { .. } => "referral_expired",
            Fact::StopListed { .. } => "stop_listed",
            Fact::StopListEnded { .. } => "stop_list_ended",
            Fact::BenefitLost { .. } => "benefit_lost",
            Fact::ReminderDue { .. } => "reminder_due",
            Fact::MadeInactive { .. } => "made_inactive",
            Fact::Restored { .. } => "restored",
            Fact::Visited { .. } => "visited",
            Fact::Refused { .. } => "refused",
            Fact::RefusalUpheld { .. } => "refusal_upheld",
            Fact::RefusalOverturned { .. } => "refusal_overturned",
            Fact::Enrolled { .. } => "enrolled",
            Fact::Departed { .. } => "departed",
            Fact::Closed { .. } => "closed",
            Fact::Imported(_) => "imported",
            Fact::Reinstated { .. } => "reinstated",
            Fact::ReferralVoided { .. } => "referral_voided",
            Fact::EnrolmentVoided { .. } => "enrolment_voided",
            Fact::DepartureVoided { .. } => "departure_voided",
            Fact::PlacesWithdrawn { .. } => "places_withdrawn",
            Fact::ParentUnlinked { .. } => "parent_unlinked",
            Fact::Corrected { .. } => "corrected",
            Fact::PolicyAnnounced { .. } => "policy_announced",
            Fact::PolicyChanged { .. } => "policy_changed",
            Fact::CalendarChanged { .. } => "calendar_changed",
            Fact::Paused {} => "paused",
            Fact::Resumed { .. } => "resumed",
            Fact::DeadlineMoved { .. } => "deadline_moved",
        }
    }

    /// The one rule that each fact follows.
    pub(crate) fn rule(&self) -> Rule {
        match self {
            Fact::Opened { .. } => Rule::r(4),
            Fact::Registered { .. } => Rule::r(20),
            Fact::BenefitChanged { .. } => Rule::r(27),
            Fact::BenefitProved { .. } => Rule::f(18),
            Fact::InterestConfirmed { .. } => Rule::r(31),
            Fact::ParentLinked { .. } => Rule::r(6),
            Fact::VacancyPublished { .. } => Rule::r(60),
            Fact::TurnCame { .. } => Rule::r(38),
            Fact::TurnLapsed { .. } => Rule::r(42),
            Fact::SeatsOpened { .. } => Rule::r(41),
            Fact::TurnMoved { .. } => Rule::o(31),
            Fact::SeatReturned { .. } => Rule::o(13),
            Fact::ReferralIssued { .. } => Rule::r(44),
            Fact::ReferralExtended { .. } => Rule::r(53),
            Fact::ReferralRecalled { .. } => Rule::r(56),
            Fact::ReferralExpired { unproved: true, .. } | Fact::BenefitLost { .. } => Rule::f(18),
            Fact::ReferralExpired { unproved: false, .. } => Rule::r(47),
            Fact::ReminderDue { .. } => Rule::o(24),
            Fact::MadeInactive { .. } | Fact::Restored { .. } => Rule::f(26),
            Fact::StopListed { .. } => Rule::r(48),
            Fact::StopListEnded { .. } => Rule::r(50),
            Fact::Visited { .. } => Rule::o(25),
            Fact::Refused { .. } => Rule::r(74),
            Fact::RefusalUpheld { .. } => Rule::r(75),
            Fact::RefusalOverturned { .. } => Rule::r(76),
            Fact::Enrolled { .. } => Rule::r(71),
            Fact::Departed { .. } => Rule::r(78),
            Fact::Closed { reason, .. } => match reason {
                CloseReason::Withdrawn => Rule::r(28),
                CloseReason::InterestLapsed => Rule::r(33),
                CloseReason::ReferralsLapsed => Rule::r(51),
                CloseReason::RefusalUpheld => Rule::r(75),
                CloseReason::AgeLimit => Rule::o(28),
                CloseReason::NoAnswer => Rule::f(28),
                CloseReason::Departed => Rule::r(78),
                CloseReason::Moved => Rule::r(4),
            },
            // Ours: corrections in the open; the nearest rule is the one that they set aside or serve.
            Fact::Imported(_) => Rule::r(24),
            Fact::Reinstated { .. } => Rule::o(10),
            Fact::ReferralVoided { .. } => Rule::o(12),
            Fact::EnrolmentVoided { .. } => Rule::r(71),
            Fact::DepartureVoided { .. } => Rule::r(78),
            Fact::PlacesWithdrawn { .. } => Rule::f(9),
            Fact::ParentUnlinked { .. } => Rule::r(6),
            Fact::Corrected { .. } => Rule::o(29),
            Fact::PolicyAnnounced { .. } | Fact::PolicyChanged { .. } => Rule::f(19),
            Fact::CalendarChanged { .. } => Rule::f(39),
            Fact::Paused {} | Fact::Resumed { .. } => Rule::o(22),
            Fact::DeadlineMoved { of, .. } => match of {
                MovedEnd::ChooseBy => Rule::r(40),
                MovedEnd::RecallUntil => Rule::r(56),
                MovedEnd::ProveBy => Rule::f(18),
                MovedEnd::ExpiresAt => Rule::r(47),
                MovedEnd::Until => Rule::r(48),
            },
        }
    }
}
