//! What can happen: every fact of wire.md 2, with all that taking it in needs.

use std::sync::Arc;

use serde::Serialize;

use super::{CalendarStamp, Imported, LaterOpening, MovedEnd, StartedTerms, is_false, is_zero};
use crate::{
    ApplicationNumber, BenefitId, Calendar, Channel, Child, CloseReason, Day, GroupYear, Kindergarten,
    KindergartenKind, Language, Moment, Person, Policy, Reason, ReferralNumber, ReminderOf, SeatGoes, Term,
    VacancyId,
};

/// What happened, with all that taking it in needs.
///
/// `projected: true` stands where a deadline in it used a year of the calendar that is only projected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// An application is in the queue (R20); the page confirms it (R19).
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
}
