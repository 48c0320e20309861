//! The application form (заявка / өтініш нысаны): what a page holds in, everything that is wrong with it and the
//! command out (R12-R19).
//!
//! A form is checked before there is an application, against a policy and a moment alone. What only a register
//! knows, that the child is in the queue already or that a number is taken, [`Register::check`] says of the
//! command that comes out.
//!
//! [`Register::check`]: crate::Register::check

mod check;
mod contact;
mod finding;
mod read;
mod told;
#[cfg(test)]
mod told_tests;

use std::fmt;

use serde::Serialize;

pub use finding::{Finding, FindingCode, FindingLevel};

use crate::{Action, ApplicationNumber, Channel};

/// The form of a new application («Подать заявку»), everything as it was typed.
///
/// Blank text is no text. Names and addresses are not asked for: no rule needs them, and the host keeps them.
/// `Debug` shows nothing that was typed of persons.
///
/// ```
/// use kezek::{FindingCode, Form, Policy, Register};
/// let typed = serde_json::json!({
///     "applicant": {"iin": "p:parent-1", "email": "parent@example.kz", "phone": "8 (700) 000-00-00"},
///     "child": {"iin": "p:child-1", "born": "02.05.2015"},
///     "benefit": "orphan", "documents": 1,
/// });
/// let policy = Policy::named("akmola-2018")?;
/// let now = "2018-01-10T09:00:00+06:00".parse()?;
///
/// let mut form = Form::from_json(&typed)?;
/// let checked = form.check(&policy, now);
/// assert_eq!(checked.findings[0].code, FindingCode::InstructionNotRead);
/// assert_eq!(checked.command, None);
///
/// form.instruction_read = true;
/// let checked = form.check(&policy, now);
/// assert_eq!(checked.contacts.phone.as_deref(), Some("+77000000000"));
/// let submit = checked.command.ok_or("a form without errors")?;
/// let _ = Register::new(policy)?.apply(submit, now)?.accepted()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[doc(alias = "Подать заявку", alias = "заявка", alias = "өтініш")]
pub struct Form {
    /// Step 1: who files it (R14).
    pub applicant: ApplicantForm,
    /// Step 2: for whom (R16).
    pub child: ChildForm,
    /// The category of the benefit, its id in the policy's list («Категория льготности»), R17.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefit: Option<String>,
    /// How many documents of the benefit are attached (R17).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<u32>,
    /// Whether the applicant has confirmed to have read the instruction (R13).
    pub instruction_read: bool,
    /// Where it is filed (R24); the host's, not typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Its number there («Номер ПЭП», «Номер ЦОН»), R24; the host's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_number: Option<String>,
    /// The number that the host gives it (R80); else the register does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationNumber>,
}

/// Who files the application («Заявитель»), as typed or as the State database filled it in (R14).
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ApplicantForm {
    /// «ИИН»: twelve digits, or a pseudonym.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iin: Option<String>,
    /// «Дата рождения»: `2018-09-09` or `09.09.2018`. Only looked at; the register does not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    /// «E-mail».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// «Телефон»: +7 and ten digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// «Дополнительный Email».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_email: Option<String>,
    /// «Дополнительный телефон».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_phone: Option<String>,
}

/// The child («Ребенок» / «Бала»), as typed (R16).
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ChildForm {
    /// «ИИН ребенка»: twelve digits, or a pseudonym.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iin: Option<String>,
    /// «Дата рождения»: `2018-09-09` or `09.09.2018`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
}

/// A form that was looked through: everything found in it at once, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[must_use = "the findings are for whoever filled the form in"]
pub struct CheckedForm {
    /// Everything found, in the order of the form's fields.
    pub findings: Vec<Finding>,
    /// The `submit`; none while there is an error. Warnings do not stand in its way.
    pub command: Option<Action>,
    /// The contacts as they are to be kept: the host's, no part of the command.
    pub contacts: Contacts,
}

impl CheckedForm {
    /// The findings that stand in the way.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.level == FindingLevel::Error)
    }
}

/// Where the applicant is told that the turn has come (R15, R38), in one form each: personal data, for the host.
///
/// What is missing or cannot be read is none. `Debug` shows none of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contacts {
    /// Without spaces around it, its domain in small letters.
    pub email: Option<String>,
    /// `+7` and ten digits.
    pub phone: Option<String>,
    /// Another e-mail address.
    pub additional_email: Option<String>,
    /// Another phone.
    pub additional_phone: Option<String>,
}

/// Personal text in a debug output: whether there is any, and how long it is.
struct Masked<'a>(&'a Option<String>);

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("None"),
            Some(text) => write!(f, "({} characters)", text.chars().count()),
        }
    }
}

impl fmt::Debug for ApplicantForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicantForm")
            .field("iin", &Masked(&self.iin))
            .field("born", &Masked(&self.born))
            .field("email", &Masked(&self.email))
            .field("phone", &Masked(&self.phone))
            .field("additional_email", &Masked(&self.additional_email))
            .field("additional_phone", &Masked(&self.additional_phone))
            .finish()
    }
}

impl fmt::Debug for ChildForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildForm")
            .field("iin", &Masked(&self.iin))
            .field("born", &Masked(&self.born))
            .finish()
    }
}

impl fmt::Debug for Contacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contacts")
            .field("email", &Masked(&self.email))
            .field("phone", &Masked(&self.phone))
            .field("additional_email", &Masked(&self.additional_email))
            .field("additional_phone", &Masked(&self.additional_phone))
            .finish()
    }
}

#[cfg(test)]
mod tests;
