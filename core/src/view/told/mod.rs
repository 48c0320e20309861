//! Views in words.

mod change;
mod forecast;
#[cfg(test)]
mod tests;

use super::DocumentKind;
use crate::text::Key;
use crate::{DeadlineView, QueueRow, Rule, Texts};

impl Texts<'_> {
    /// The benefit in a row of the public list: its name, "with a benefit" where too few have it to name it, or
    /// none. ([`Texts::benefit`] of such a row would say "no benefit" of a family that has one.)
    #[must_use]
    pub fn listed_benefit(&self, row: &QueueRow) -> String {
        match &row.benefit {
            None if row.has_benefit => self.say(Key::BenefitUnnamed).to_owned(),
            benefit => self.benefit(benefit.as_ref()),
        }
    }

    /// A deadline (срок / мерзім), as the person reads it whose it is: what is to be done by its last good day, or
    /// what comes at its moment.
    ///
    /// ```
    /// use kezek::{Action, Language, Policy, Register, Texts};
    /// let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// let publish = Action::PublishVacancy {
    ///     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Ru, places: 1, kind: None,
    /// };
    /// let _ = register.apply(publish, "2018-03-16T18:20:00+06:00".parse()?)?.accepted()?;
    /// let next = register.next_deadline().ok_or("no deadline")?;
    /// let texts = Texts::of(Language::En, register.policy()).ok_or("English is not built in")?;
    /// assert_eq!(texts.deadline(&next), "Places will open to free choice: 27 March 2018.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn deadline(&self, deadline: &DeadlineView) -> String {
        let at = deadline.at;
        let mut text = match key(deadline.brings, deadline.rule) {
            By(key) => self.by(key, at),
            From(key) => self.fill(key, &[("from", self.from(at))]),
        };
        if deadline.projected {
            text.push(' ');
            text.push_str(self.say(Key::DeadlineProjected));
        }
        text
    }

    /// The name of a document: «Направление в ДДО» (R22, R45).
    #[must_use]
    pub fn document(&self, kind: DocumentKind) -> &'static str {
        self.say(match kind {
            DocumentKind::RegistrationNotice => Key::DocumentRegistrationNotice,
            DocumentKind::DocumentsReceipt => Key::DocumentReceipt,
            DocumentKind::RecordBookEntry => Key::DocumentRecordBook,
            DocumentKind::ChildCard => Key::DocumentChildCard,
            DocumentKind::Referral => Key::DocumentReferral,
        })
    }
}

/// How a deadline is told.
enum Told {
    /// Something can be done until then.
    By(Key),
    /// Something comes then.
    From(Key),
}
use Told::{By, From};

/// By the event that a deadline brings, and by its rule where one event comes for several.
fn key(brings: &str, rule: Rule) -> Told {
    match brings {
        "turn_lapsed" => By(Key::DeadlineTurn),
        "referral_expired" if rule == Rule::f(18) => By(Key::DeadlineProof),
        "referral_expired" => By(Key::DeadlineReferral),
        "closed" if rule == Rule::o(28) => From(Key::DeadlineAgeLimit),
        "closed" if rule == Rule::f(26) => By(Key::DeadlineInactive),
        "closed" => By(Key::DeadlineInterest),
        "stop_list_ended" => From(Key::DeadlineStopList),
        "reminder_due" => From(Key::DeadlineReminder),
        "turn_came" => From(Key::DeadlineOldEnough),
        "seats_opened" => From(Key::DeadlineOpening),
        "policy_changed" => From(Key::DeadlinePolicy),
        _ => By(Key::DeadlineOther),
    }
}
