//! Findings in words, for whoever fills the form in.

use super::contact::provider;
use super::{Finding, FindingCode};
use crate::Texts;
use crate::text::Key;

impl Texts<'_> {
    /// What is wrong with a field and what to do, in one sentence to stand beside it. An error asks for a change;
    /// a warning only asks to look again («Проверьте, пожалуйста, …»). It quotes nothing that was typed. The
    /// field's own name is [`Label::of_field`](crate::Label::of_field).
    ///
    /// ```
    /// use kezek::{Form, Language, Policy, Texts, Zone};
    /// let policy = Policy::named("akmola-2018")?;
    /// let typed = serde_json::json!({"applicant": {"email": "parent@gmial.com"}});
    /// let checked = Form::from_json(&typed)?.check(&policy, "2018-01-10T09:00:00+06:00".parse()?);
    /// let texts = Texts::of(Language::Ru, &policy).ok_or("Russian is not built in")?;
    /// let told: Vec<String> = checked.findings.iter().map(|finding| texts.finding(finding)).collect();
    /// assert_eq!(told[0], "Это поле обязательно: заполните его.");
    /// assert_eq!(
    ///     told[1],
    ///     "Проверьте, пожалуйста, адрес электронной почты: возможно, имелось в виду «gmail.com».",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn finding(&self, finding: &Finding) -> String {
        let meant = finding.expected.as_deref().and_then(provider);
        match (finding.code, meant) {
            // The provider is ours, no part of what was typed.
            (FindingCode::EmailUnlikely, Some(meant)) => {
                self.fill(Key::FindingEmailMeant, &[("meant", meant.to_owned())])
            }
            (code, _) => self.plain(key(code)),
        }
    }
}

fn key(code: FindingCode) -> Key {
    match code {
        FindingCode::Missing => Key::FindingMissing,
        FindingCode::IinMalformed => Key::FindingIinMalformed,
        FindingCode::IinCheckDigit => Key::FindingIinCheckDigit,
        FindingCode::BinNotIin => Key::FindingBinNotIin,
        FindingCode::BirthDateMalformed => Key::FindingBirthDateMalformed,
        FindingCode::BirthDateDiffers => Key::FindingBirthDateDiffers,
        FindingCode::BirthDateImplausible => Key::FindingBirthDateImplausible,
        FindingCode::ApplicantUnderage => Key::FindingApplicantUnderage,
        FindingCode::EmailMalformed => Key::FindingEmailMalformed,
        FindingCode::EmailUnlikely => Key::FindingEmailUnlikely,
        FindingCode::PhoneMalformed => Key::FindingPhoneMalformed,
        FindingCode::PhoneUnlikely => Key::FindingPhoneUnlikely,
        FindingCode::SameContact => Key::FindingSameContact,
        FindingCode::SamePerson => Key::FindingSamePerson,
        FindingCode::NotBornYet => Key::FindingNotBornYet,
        FindingCode::TooOld => Key::FindingTooOld,
        FindingCode::UnknownBenefit => Key::FindingUnknownBenefit,
        FindingCode::DocumentsMissing => Key::FindingDocumentsMissing,
        FindingCode::DocumentsWithoutBenefit => Key::FindingDocumentsWithoutBenefit,
        FindingCode::InstructionNotRead => Key::FindingInstructionNotRead,
    }
}
