//! What happened, in sentences: for the history tab, and for the messages to parents.

use super::fill::Args;
use super::{Key, Texts};
use crate::policy::NonResponse;
use crate::{Cause, Event, Fact, Imported, Moment, MovedEnd, Reason, ReminderOf, SeatGoes};

impl Texts<'_> {
    /// What an event says (История изменений / өзгерістер тарихы), R25: one sentence or a few.
    ///
    /// ```
    /// # use kezek::{Action, Child, Language, Policy, Register, Texts};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
    /// #     channel: None, channel_number: None, application: None };
    /// let events = register.apply(submit, "2018-01-10T09:00:00+06:00".parse()?)?.accepted()?;
    /// let texts = Texts::of(Language::Kk, register.policy()).ok_or("Kazakh is not built in")?;
    /// assert_eq!(texts.event(&events[0]), "Өтініш тіркеліп, бала кезекке қойылды. Топтың жылы: 2015.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn event(&self, event: &Event) -> String {
        self.fact(&event.fact, event.cause)
    }

    fn fact(&self, fact: &Fact, cause: Cause) -> String {
        match fact {
            Fact::Opened { register, .. } => self.fill(Key::EventOpened, &[("register", register.clone())]),
            Fact::Registered { group_year, benefit, next_due, birth_date_differs, .. } => {
                let mut text = self.fill(Key::EventRegistered, &[("year", group_year.to_string())]);
                if benefit.is_some() {
                    let benefit = self.benefit(benefit.as_ref());
                    self.also(&mut text, Key::AlsoBenefit, &[("benefit", benefit)]);
                }
                if *birth_date_differs {
                    self.also(&mut text, Key::AlsoBirthDateDiffers, &[]);
                }
                self.also_by(text, Key::AlsoConfirmBy, *next_due)
            }
            Fact::BenefitChanged { benefit, .. } => {
                self.fill(Key::EventBenefitChanged, &[("benefit", self.benefit(benefit.as_ref()))])
            }
            Fact::InterestConfirmed { next_due, .. } => {
                self.also_by(self.plain(Key::EventInterestConfirmed), Key::AlsoConfirmBy, *next_due)
            }
            Fact::VacancyPublished { vacancy, kindergarten, group_year, language, places, .. } => {
                let args = [
                    ("vacancy", vacancy.to_string()),
                    ("kindergarten", kindergarten.to_string()),
                    ("places", self.places(*places)),
                    ("year", group_year.to_string()),
                    ("language", self.language_of_instruction(*language).to_owned()),
                ];
                self.fill(Key::EventVacancyPublished, &args)
            }
            Fact::TurnCame { choose_by, .. } => self.by(Key::EventTurnCame, *choose_by),
            Fact::TurnLapsed { .. } => self.plain(self.lapse_of_turn(cause)),
            Fact::SeatsOpened { vacancy, places, .. } => {
                self.fill(Key::EventSeatsOpened, &self.some_places(*vacancy, *places))
            }
            Fact::TurnMoved { vacancy, .. } => {
                self.fill(Key::EventTurnMoved, &[("vacancy", vacancy.to_string())])
            }
            Fact::SeatReturned { vacancy, to, .. } => {
                let key = match to {
                    SeatGoes::NextInLine => Key::EventSeatReturnedNext,
                    SeatGoes::FreeChoice => Key::EventSeatReturnedFree,
                    SeatGoes::Staff => Key::EventSeatReturnedStaff,
                };
                self.fill(key, &[("vacancy", vacancy.to_string())])
            }
            Fact::ReferralIssued { referral, kindergarten, recall_until, expires_at, prove_by, .. } => {
                let args = [
                    ("referral", referral.to_string()),
                    ("kindergarten", kindergarten.to_string()),
                    ("until", self.until(*expires_at)),
                ];
                let text = self.fill(Key::EventReferralIssued, &args);
                let text = self.also_by(text, Key::AlsoProveBy, *prove_by);
                self.also_by(text, Key::AlsoRecallBy, *recall_until)
            }
            Fact::ReferralExtended { referral, reason, expires_at, .. } => {
                let args = [("referral", referral.to_string()), ("until", self.until(*expires_at))];
                self.because(self.fill(Key::EventReferralExtended, &args), reason)
            }
            Fact::ReferralRecalled { referral, reason, .. } => {
                let args = [("referral", referral.to_string())];
                self.because(self.fill(Key::EventReferralRecalled, &args), reason)
            }
            Fact::ReferralExpired { referral, unproved: true, .. } => {
                self.fill(Key::EventReferralUnproved, &[("referral", referral.to_string())])
            }
            Fact::ReferralExpired { referral, lapses, unproved: false, .. } => {
                let args = [("referral", referral.to_string()), ("lapses", lapses.to_string())];
                self.fill(Key::EventReferralExpired, &args)
            }
            Fact::ReminderDue { of, until, .. } => {
                let key = match of {
                    ReminderOf::Interest => Key::EventReminderInterest,
                    ReminderOf::Referral => Key::EventReminderReferral,
                    ReminderOf::Turn => Key::EventReminderTurn,
                };
                self.by(key, *until)
            }
            Fact::MadeInactive { until, .. } => self.by(Key::EventMadeInactive, *until),
            Fact::StopListed { until, .. } => self.fill(Key::EventStopListed, &[("from", self.from(*until))]),
            Fact::Refused { referral, reason, .. } => {
                let args = [("referral", referral.to_string())];
                self.because(self.fill(Key::EventRefused, &args), reason)
            }
            Fact::Enrolled { kindergarten, .. } => {
                self.fill(Key::EventEnrolled, &[("kindergarten", kindergarten.to_string())])
            }
            Fact::Departed { kindergarten, date, reason, .. } => {
                let args = [("kindergarten", kindergarten.to_string()), ("date", self.date(*date))];
                self.because(self.fill(Key::EventDeparted, &args), reason)
            }
            Fact::Closed { reason, .. } => {
                self.fill(Key::EventClosed, &[("reason", self.close_reason(*reason).to_owned())])
            }
            Fact::Imported(imported) => self.imported(imported),
            Fact::Reinstated { next_due, .. } => {
                self.also_by(self.plain(Key::EventReinstated), Key::AlsoConfirmBy, *next_due)
            }
            Fact::ReferralVoided { referral, .. } => {
                self.fill(Key::EventReferralVoided, &[("referral", referral.to_string())])
            }
            Fact::EnrolmentVoided { referral, expires_at, .. } => {
                let args = [("referral", referral.to_string()), ("until", self.until(*expires_at))];
                self.fill(Key::EventEnrolmentVoided, &args)
            }
            Fact::DepartureVoided { kindergarten, .. } => {
                self.fill(Key::EventDepartureVoided, &[("kindergarten", kindergarten.to_string())])
            }
            Fact::PlacesWithdrawn { vacancy, places, .. } => {
                self.fill(Key::EventPlacesWithdrawn, &self.some_places(*vacancy, *places))
            }
            Fact::Corrected { group_year, benefit, .. } => {
                let benefit = self.benefit(benefit.as_ref());
                let args = [("year", group_year.to_string()), ("benefit", benefit)];
                self.fill(Key::EventCorrected, &args)
            }
            Fact::PolicyAnnounced { policy, from } => {
                let args = [("policy", policy.name().to_owned()), ("from", self.from(*from))];
                self.fill(Key::EventPolicyAnnounced, &args)
            }
            Fact::PolicyChanged { policy, .. } => {
                self.fill(Key::EventPolicyChanged, &[("policy", policy.name().to_owned())])
            }
            Fact::DeadlineMoved { of, to, .. } => {
                let key = match of {
                    MovedEnd::ChooseBy => Key::EventMovedChooseBy,
                    MovedEnd::RecallUntil => Key::EventMovedRecallUntil,
                    MovedEnd::ProveBy => Key::EventMovedProveBy,
                    MovedEnd::ExpiresAt => Key::EventMovedExpiresAt,
                    MovedEnd::Until => Key::EventMovedUntil,
                };
                self.by(key, *to)
            }
            Fact::BenefitProved { .. } => self.plain(Key::EventBenefitProved),
            Fact::BenefitLost { .. } => self.plain(Key::EventBenefitLost),
            Fact::ParentLinked { .. } => self.plain(Key::EventParentLinked),
            Fact::ParentUnlinked { .. } => self.plain(Key::EventParentUnlinked),
            Fact::Restored { .. } => self.plain(Key::EventRestored),
            Fact::StopListEnded { .. } => self.plain(Key::EventStopListEnded),
            Fact::Visited { .. } => self.plain(Key::EventVisited),
            Fact::RefusalUpheld { .. } => self.plain(Key::EventRefusalUpheld),
            Fact::RefusalOverturned { .. } => self.plain(Key::EventRefusalOverturned),
            Fact::CalendarChanged { .. } => self.plain(Key::EventCalendarChanged),
            Fact::Paused {} => self.plain(Key::EventPaused),
            Fact::Resumed { .. } => self.plain(Key::EventResumed),
        }
    }

    /// R42: whether the number is kept is said where the policy is known; else the next event tells.
    fn lapse_of_turn(self, cause: Cause) -> Key {
        let kept = self.policy.is_some_and(|policy| match policy.after_choice_window.application {
            NonResponse::Keep => true,
            NonResponse::Close | NonResponse::Inactive { .. } => false,
        });
        match (cause, kept) {
            (Cause::Due, false) => Key::EventTurnLapsed,
            (Cause::Due, true) => Key::EventTurnLapsedKept,
            (Cause::Command, false) => Key::EventTurnPassed,
            (Cause::Command, true) => Key::EventTurnPassedKept,
        }
    }

    fn imported(self, imported: &Imported) -> String {
        let args = [
            ("stage", self.stage(imported.stage).to_owned()),
            ("moment", self.moment(imported.registered_at)),
        ];
        self.fill(Key::EventImported, &args)
    }

    fn some_places(self, vacancy: crate::VacancyId, places: u16) -> [(&'static str, String); 2] {
        [("vacancy", vacancy.to_string()), ("places", self.places(places))]
    }

    /// A text without arguments.
    pub(crate) fn plain(self, key: Key) -> String {
        self.say(key).to_owned()
    }

    /// A text about an end.
    pub(crate) fn by(self, key: Key, end: Moment) -> String {
        self.fill(key, &[("until", self.until(end))])
    }

    /// One more sentence.
    pub(crate) fn also(self, text: &mut String, key: Key, args: Args<'_>) {
        text.push(' ');
        text.push_str(&self.fill(key, args));
    }

    /// One more sentence about an end, where there is one.
    fn also_by(self, mut text: String, key: Key, end: Option<Moment>) -> String {
        if let Some(end) = end {
            self.also(&mut text, key, &[("until", self.until(end))]);
        }
        text
    }

    /// The stated reason, in the words of whoever stated it.
    fn because(self, mut text: String, reason: &Reason) -> String {
        self.also(&mut text, Key::AlsoReason, &[("reason", reason.text.trim().to_owned())]);
        text
    }
}
