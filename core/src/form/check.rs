//! Looking a form through, field by field, and making the command of it.

use super::finding::{
    ADDITIONAL_EMAIL, ADDITIONAL_PHONE, APPLICANT_BORN, APPLICANT_IIN, BENEFIT, CHILD_BORN, CHILD_IIN,
    DOCUMENTS, EMAIL, Fault, Field, INSTRUCTION_READ, PHONE,
};
use super::{ApplicantForm, CheckedForm, ChildForm, Contacts, Finding, FindingCode, Form, contact};
use crate::application::judge::{not_born, too_old, undocumented, unknown_benefit};
use crate::iin::{NoPerson, PERSON_FORM};
use crate::{Action, BenefitId, Child, Day, DenialReason, Moment, Person, Policy};

/// From this age on, in months, one acts for a child without another's consent.
const OF_AGE: u32 = 18 * 12;

/// In months: nobody has reached 123 years.
const OLDEST: u32 = 123 * 12;

impl Form {
    /// Looks the form through at a moment: everything that is found, in the order of its fields, and the
    /// `submit` where no error is among it.
    ///
    /// Age and benefit are judged as the register judges them, with the same policy; a register under it that
    /// holds nothing of the child takes the command.
    pub fn check(&self, policy: &Policy, now: Moment) -> CheckedForm {
        let mut found = Findings::default();
        let applicant = found.applicant(&self.applicant, policy.day(now));
        let contacts = found.contacts(&self.applicant);
        let child = found.child(&self.child, applicant.as_ref(), policy, now);
        let benefit = found.benefit(self, policy);
        // R13: "You have to confirm that you have read it."
        if !self.instruction_read {
            found.add(INSTRUCTION_READ, Fault::plain(FindingCode::InstructionNotRead));
        }
        let mut checked = CheckedForm { findings: found.0, command: None, contacts };
        if checked.errors().next().is_none()
            && let (Some(applicant), Some(child)) = (applicant, child)
        {
            checked.command = Some(Action::Submit {
                applicant,
                child,
                benefit,
                documents: self.documents,
                channel: self.channel,
                channel_number: self.channel_number.clone(),
                application: self.application.clone(),
            });
        }
        checked
    }
}

/// What was typed, without the spaces around it; nothing where it is blank.
fn typed(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// What has been found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, field: Field, fault: Fault) {
        self.0.push(fault.at(field));
    }

    fn extend(&mut self, field: Field, faults: impl IntoIterator<Item = Fault>) {
        self.0.extend(faults.into_iter().map(|fault| fault.at(field)));
    }

    /// A field that may be blank.
    fn may<T>(
        &mut self,
        field: Field,
        text: &Option<String>,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        read(typed(text)?).map_err(|fault| self.add(field, fault)).ok()
    }

    /// A field that must be filled in.
    fn need<T>(
        &mut self,
        field: Field,
        text: &Option<String>,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        if typed(text).is_none() {
            self.add(field, Fault::plain(FindingCode::Missing));
        }
        self.may(field, text, read)
    }

    /// R14: the applicant. The birth date is only looked at, the State database knows it better.
    fn applicant(&mut self, form: &ApplicantForm, today: Day) -> Option<Person> {
        let applicant = self.need(APPLICANT_IIN, &form.iin, person);
        if let Some(born) = self.may(APPLICANT_BORN, &form.born, date) {
            self.extend(APPLICANT_BORN, differs(applicant.as_ref(), born));
            self.extend(APPLICANT_BORN, no_grown_up(born, today));
        }
        applicant
    }

    /// R14, R15: where messages go; one e-mail address and one phone, and another of each if wanted (R24).
    fn contacts(&mut self, form: &ApplicantForm) -> Contacts {
        let email = self.need(EMAIL, &form.email, contact::email);
        self.extend(EMAIL, email.as_deref().and_then(contact::unlikely_email));
        let phone = self.need(PHONE, &form.phone, contact::phone);
        self.extend(PHONE, phone.as_deref().and_then(contact::unlikely_phone));
        let same = || Fault::plain(FindingCode::SameContact);
        let additional_email = self.may(ADDITIONAL_EMAIL, &form.additional_email, contact::email);
        if let Some(other) = additional_email.as_deref() {
            self.extend(ADDITIONAL_EMAIL, contact::unlikely_email(other));
            let twice = email.as_deref().is_some_and(|first| contact::same_email(first, other));
            self.extend(ADDITIONAL_EMAIL, twice.then(same));
        }
        let additional_phone = self.may(ADDITIONAL_PHONE, &form.additional_phone, contact::phone);
        if let Some(other) = additional_phone.as_deref() {
            self.extend(ADDITIONAL_PHONE, contact::unlikely_phone(other));
            self.extend(ADDITIONAL_PHONE, (phone.as_deref() == Some(other)).then(same));
        }
        Contacts { email, phone, additional_email, additional_phone }
    }

    /// R16: the child, born (R23), under the age limit (R12), and not the applicant.
    fn child(
        &mut self,
        form: &ChildForm,
        applicant: Option<&Person>,
        policy: &Policy,
        now: Moment,
    ) -> Option<Child> {
        let iin = self.need(CHILD_IIN, &form.iin, person);
        if iin.is_some() && iin.as_ref() == applicant {
            self.add(CHILD_IIN, Fault::plain(FindingCode::SamePerson));
        }
        let born = self.need(CHILD_BORN, &form.born, date);
        if let Some(born) = born {
            self.extend(CHILD_BORN, differs(iin.as_ref(), born));
            let unborn = not_born(born, policy, now).map(|reason| denied(FindingCode::NotBornYet, reason));
            let too_old = too_old(born, policy, now).map(|reason| denied(FindingCode::TooOld, reason));
            self.extend(CHILD_BORN, unborn.into_iter().chain(too_old));
        }
        Some(Child { iin: iin?, born: born? })
    }

    /// R17: a benefit of the policy's list, with documents.
    fn benefit(&mut self, form: &Form, policy: &Policy) -> Option<BenefitId> {
        let known = |text: &str| {
            let id = text.parse().ok().filter(|id| policy.knows_benefit(id));
            id.ok_or_else(|| denied(FindingCode::UnknownBenefit, unknown_benefit(policy, None)))
        };
        let declared = typed(&form.benefit).is_some();
        let benefit = self.may(BENEFIT, &form.benefit, known);
        self.extend(
            DOCUMENTS,
            undocumented(declared, form.documents).map(|_| Fault::plain(FindingCode::DocumentsMissing)),
        );
        if !declared && form.documents.is_some_and(|documents| documents > 0) {
            self.add(DOCUMENTS, Fault::plain(FindingCode::DocumentsWithoutBenefit));
        }
        benefit
    }
}

/// An IIN or a pseudonym.
fn person(text: &str) -> Result<Person, Fault> {
    Person::read(text).map_err(|fault| {
        let code = match fault {
            NoPerson::Length(_) | NoPerson::NoDigit | NoPerson::Pseudonym(_) => FindingCode::IinMalformed,
            NoPerson::Unused | NoPerson::CheckDigit => FindingCode::IinCheckDigit,
            NoPerson::Bin => FindingCode::BinNotIin,
        };
        Fault::new(code, PERSON_FORM, fault.to_string())
    })
}

/// A date as the wire writes it, or as the portals do (R85).
fn date(text: &str) -> Result<Day, Fault> {
    text.parse().ok().or_else(|| dotted(text)).ok_or_else(|| {
        let expected = "a date such as 2018-09-09 or 09.09.2018";
        let found = format!("text of {} characters", text.chars().count());
        Fault::new(FindingCode::BirthDateMalformed, expected, found)
    })
}

/// `DD.MM.YYYY`, the zeros of day and month left out or not.
fn dotted(text: &str) -> Option<Day> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

/// F35: a reason to look again, never to refuse.
fn differs(person: Option<&Person>, born: Day) -> Option<Fault> {
    let differs = person.is_some_and(|person| person.differs_from(born));
    differs.then(|| Fault::plain(FindingCode::BirthDateDiffers))
}

/// An applicant who is not born, not of age, or older than anybody.
fn no_grown_up(born: Day, today: Day) -> Option<Fault> {
    if born > today || born.birthday(OLDEST) <= today {
        return Some(Fault::plain(FindingCode::BirthDateImplausible));
    }
    let underage = today < born.birthday(OF_AGE);
    underage.then(|| Fault::new(FindingCode::ApplicantUnderage, "18 years or more", "less"))
}

/// What the register would deny, as a finding of the form, with what the denial expects and finds.
fn denied(code: FindingCode, reason: DenialReason) -> Fault {
    if let DenialReason::TooYoung { expected, found, .. } | DenialReason::TooOld { expected, found } = reason
    {
        Fault::new(code, expected.to_string(), found.to_string())
    } else if let DenialReason::UnknownBenefit { expected, .. } = reason {
        Fault::new(code, format!("one of {}", expected.join(", ")), "another")
    } else {
        Fault::plain(code)
    }
}
