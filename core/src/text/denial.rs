//! What stands against a command, in a sentence or two.

use super::{Key, Texts};
use crate::{BenefitId, Denial, DenialReason, Stage};

impl Texts<'_> {
    /// What is not met, what was expected and found, and what one can do.
    ///
    /// ```
    /// use kezek::{Action, Language, Policy, Register, Texts};
    /// let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// let withdraw = Action::Withdraw { application: "UO.2018.000001.1".parse()? };
    /// let denials = register.apply(withdraw, now)?.denials;
    /// let texts = Texts::of(Language::En, register.policy()).ok_or("English is not built in")?;
    /// let text = texts.denial(&denials[0]);
    /// assert_eq!(text, "The application was not found: UO.2018.000001.1. Please check the number.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn denial(&self, denial: &Denial) -> String {
        self.denial_reason(&denial.reason)
    }

    /// As [`Texts::denial`], for a condition alone.
    #[must_use]
    pub fn denial_reason(&self, reason: &DenialReason) -> String {
        let found = |found: &dyn ToString| ("found", found.to_string());
        match reason {
            DenialReason::NotFound { expected, found: number } => {
                let key = not_found(expected);
                self.fill(key, &[found(number)])
            }
            DenialReason::Paused => self.plain(Key::DenialPaused),
            DenialReason::NotYours { expected } => self.plain(not_yours(expected)),
            DenialReason::SignatureRequired => self.plain(Key::DenialSignatureRequired),
            DenialReason::AlreadyClosed => self.plain(Key::DenialAlreadyClosed),
            DenialReason::NotInQueue { found } => self.standing(Key::DenialNotInQueue, *found),
            DenialReason::StopListed { until: Some(until) } => {
                self.fill(Key::DenialStopListedUntil, &[("from", self.from(*until))])
            }
            DenialReason::StopListed { until: None } => self.plain(Key::DenialStopListed),
            DenialReason::NoActiveReferral { found } => self.standing(Key::DenialNoActiveReferral, *found),
            DenialReason::UnderReview => self.plain(Key::DenialUnderReview),
            DenialReason::NotUnderReview { found } => self.standing(Key::DenialNotUnderReview, *found),
            DenialReason::NotEnrolled { found } => self.standing(Key::DenialNotEnrolled, *found),
            DenialReason::NumberTaken { found: number } => {
                self.fill(Key::DenialNumberTaken, &[found(number)])
            }
            DenialReason::AlreadyInQueue { found: number } => {
                self.fill(Key::DenialAlreadyInQueue, &[found(number)])
            }
            DenialReason::AlreadyEnrolled { found: number } => {
                self.fill(Key::DenialAlreadyEnrolled, &[found(number)])
            }
            DenialReason::WrongGroupYear { expected, found: year } => {
                self.fill(Key::DenialWrongGroupYear, &[("expected", expected.to_string()), found(year)])
            }
            DenialReason::TooYoung { expected, .. } => {
                self.fill(Key::DenialTooYoung, &[("date", self.date(*expected))])
            }
            // The wire names the first day that is too late; people read the last good one.
            DenialReason::TooOld { expected, .. } => {
                self.fill(Key::DenialTooOld, &[("date", self.date(expected.plus_days(-1)))])
            }
            DenialReason::UnknownBenefit { expected, found } => {
                self.unknown_benefit(expected, found.as_ref())
            }
            DenialReason::DocumentsRequired => self.plain(Key::DenialDocumentsRequired),
            DenialReason::NotYourTurn => self.plain(Key::DenialNotYourTurn),
            DenialReason::NoFreePlace { found: Some(vacancy) } => {
                self.fill(Key::DenialNoFreePlaceOf, &[("vacancy", vacancy.to_string())])
            }
            DenialReason::NoFreePlace { found: None } => self.plain(Key::DenialNoFreePlace),
            DenialReason::MustAccept => self.plain(Key::DenialMustAccept),
            DenialReason::NoTermRuns => self.plain(Key::DenialNoTermRuns),
            DenialReason::AlreadyVisited => self.plain(Key::DenialAlreadyVisited),
            DenialReason::RecallWindowClosed { expected: Some(last), .. } => {
                self.fill(Key::DenialRecallWindowClosed, &[("moment", self.moment(*last))])
            }
            DenialReason::RecallWindowClosed { expected: None, .. } => self.plain(Key::DenialRecallNever),
            DenialReason::ExtensionUsed { expected: 0, .. } => self.plain(Key::DenialExtensionNever),
            DenialReason::ExtensionUsed { expected, found: used } => {
                self.fill(Key::DenialExtensionUsed, &[("expected", expected.to_string()), found(used)])
            }
            DenialReason::ExtensionNotLater { expected, found } => {
                let args = [("expected", self.date(*expected)), ("found", self.date(*found))];
                self.fill(Key::DenialExtensionNotLater, &args)
            }
            DenialReason::ExtensionTooLong { expected, found } => {
                let args = [("expected", self.date(*expected)), ("found", self.date(*found))];
                self.fill(Key::DenialExtensionTooLong, &args)
            }
            DenialReason::ReasonRequired => self.plain(Key::DenialReasonRequired),
            DenialReason::PlacesOutOfRange { found: places, .. } => {
                self.fill(Key::DenialPlacesOutOfRange, &[found(places)])
            }
            DenialReason::PublicationClosed { found } => {
                self.fill(Key::DenialPublicationClosed, &[("date", self.date(*found))])
            }
            DenialReason::WrongStage { expected, found } => self.wrong_stage(expected, *found),
            DenialReason::LastParent => self.plain(Key::DenialLastParent),
            DenialReason::NotPaused => self.plain(Key::DenialNotPaused),
        }
    }

    fn standing(self, key: Key, found: Stage) -> String {
        self.fill(key, &[("stage", self.stage(found).to_owned())])
    }

    fn wrong_stage(self, expected: &[Stage], found: Stage) -> String {
        let stages: Vec<String> = expected.iter().map(|stage| self.quoted(self.stage(*stage))).collect();
        let args = [("expected", stages.join(", ")), ("stage", self.stage(found).to_owned())];
        self.fill(Key::DenialWrongStage, &args)
    }

    fn unknown_benefit(self, expected: &[String], found: Option<&String>) -> String {
        let name = |id: &String| {
            let id: Option<BenefitId> = id.parse().ok();
            self.benefit(id.as_ref())
        };
        let Some(found) = found else { return self.plain(Key::DenialNoBenefit) };
        if expected.is_empty() {
            return self.fill(Key::DenialUnknownBenefitNone, &[("found", found.clone())]);
        }
        let known: Vec<String> = expected.iter().map(name).collect();
        self.fill(Key::DenialUnknownBenefit, &[("found", found.clone()), ("expected", known.join("; "))])
    }
}

/// By the field that names what was not found. A person is not repeated.
fn not_found(field: &str) -> Key {
    match field {
        "application" => Key::DenialNotFoundApplication,
        "referral" => Key::DenialNotFoundReferral,
        "vacancy" => Key::DenialNotFoundVacancy,
        _ => Key::DenialNotFoundPerson,
    }
}

/// By the words for who may, as `judge` says them.
fn not_yours(who: &str) -> Key {
    match who {
        "the applicant" | "the applicant or a linked parent" | "the parent, or one already linked" => {
            Key::DenialNotYoursApplicant
        }
        "staff of the kindergarten" | "staff of the referral's kindergarten" => Key::DenialNotYoursStaff,
        "staff of the referral's kindergarten, or the department" => Key::DenialNotYoursStaffOrDepartment,
        "the department" => Key::DenialNotYoursDepartment,
        "the operator" => Key::DenialNotYoursOperator,
        _ => Key::DenialNotYours,
    }
}
