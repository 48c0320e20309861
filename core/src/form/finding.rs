//! What may be found in a form: where, how bad, and by which rule.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fields::{Fields, words};
use crate::{Error, Rule};

/// One thing found in a form.
///
/// `expected` and `found` are for people who look into it; they describe what was typed and never quote a
/// personal number, an e-mail address or a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The path of the field, such as `child.iin`.
    pub field: &'static str,
    /// Whether it stands in the way.
    pub level: FindingLevel,
    /// What it is.
    pub code: FindingCode,
    /// The rule that asks for it.
    pub rule: Rule,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

/// How bad a finding is. In JSON `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// The form cannot be submitted so.
    Error,
    /// It can; somebody should look at it once more.
    Warning,
}

/// What is found, as a word that programs can match. In JSON `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingCode {
    /// An obligatory field is blank («Это поле обязательно»), R14, R16.
    Missing,
    /// Not twelve digits, and no pseudonym (F33).
    IinMalformed,
    /// The check digit of the IIN is wrong, or none would fit (F34): a digit was mistyped.
    IinCheckDigit,
    /// The number of an organisation (БИН / БСН) instead of a person's (F36).
    BinNotIin,
    /// No date.
    BirthDateMalformed,
    /// The digits of the IIN tell another birth date. A warning only: they need not tell the real one (F35).
    BirthDateDiffers,
    /// The applicant would not be born yet, or be older than anybody is (a warning).
    BirthDateImplausible,
    /// The applicant is not of age: perhaps the child's data stand here (a warning).
    ApplicantUnderage,
    /// No e-mail address.
    EmailMalformed,
    /// An e-mail address that hardly exists: a domain without a dot, letters that are not Latin, a provider
    /// misspelt by one letter (a warning).
    EmailUnlikely,
    /// Not +7 and ten digits.
    PhoneMalformed,
    /// A phone that hardly gets a message: ten equal digits, or no mobile code of Kazakhstan (a warning).
    PhoneUnlikely,
    /// An additional contact that is the first one again (a warning), R24.
    SameContact,
    /// The child is its own applicant.
    SamePerson,
    /// The birth date is still to come (R23); the register's `too_young` of a `submit`.
    NotBornYet,
    /// The age limit is reached (R12, O28); the register's `too_old`.
    TooOld,
    /// The policy has no such benefit (R17); the register's `unknown_benefit`.
    UnknownBenefit,
    /// A benefit without documents (R17); the register's `documents_required`.
    DocumentsMissing,
    /// Documents, but no benefit: perhaps the tick was forgotten (a warning), R17.
    DocumentsWithoutBenefit,
    /// The instruction was not confirmed as read (R13).
    InstructionNotRead,
}

impl FindingCode {
    /// How bad it is.
    #[must_use]
    pub fn level(self) -> FindingLevel {
        match self {
            FindingCode::Missing
            | FindingCode::IinMalformed
            | FindingCode::IinCheckDigit
            | FindingCode::BinNotIin
            | FindingCode::BirthDateMalformed
            | FindingCode::EmailMalformed
            | FindingCode::PhoneMalformed
            | FindingCode::SamePerson
            | FindingCode::NotBornYet
            | FindingCode::TooOld
            | FindingCode::UnknownBenefit
            | FindingCode::DocumentsMissing
            | FindingCode::InstructionNotRead => FindingLevel::Error,
            FindingCode::BirthDateDiffers
            | FindingCode::BirthDateImplausible
            | FindingCode::ApplicantUnderage
            | FindingCode::EmailUnlikely
            | FindingCode::PhoneUnlikely
            | FindingCode::SameContact
            | FindingCode::DocumentsWithoutBenefit => FindingLevel::Warning,
        }
    }

    /// The rule behind it; `field` says which rule asks for the field at all.
    fn rule(self, field: Field) -> Rule {
        match self {
            FindingCode::Missing | FindingCode::BirthDateImplausible | FindingCode::ApplicantUnderage => {
                field.asked_by
            }
            FindingCode::IinMalformed => Rule::f(33),
            FindingCode::IinCheckDigit => Rule::f(34),
            FindingCode::BinNotIin => Rule::f(36),
            FindingCode::BirthDateMalformed => Rule::r(85),
            FindingCode::BirthDateDiffers => Rule::f(35),
            FindingCode::EmailMalformed
            | FindingCode::EmailUnlikely
            | FindingCode::PhoneMalformed
            | FindingCode::PhoneUnlikely => Rule::r(15),
            FindingCode::SameContact => Rule::r(24),
            FindingCode::SamePerson => Rule::r(16),
            FindingCode::NotBornYet => Rule::r(23),
            FindingCode::TooOld => Rule::o(28),
            FindingCode::UnknownBenefit
            | FindingCode::DocumentsMissing
            | FindingCode::DocumentsWithoutBenefit => Rule::r(17),
            FindingCode::InstructionNotRead => Rule::r(13),
        }
    }
}

/// A field of the form: its path, and the rule that asks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) path: &'static str,
    asked_by: Rule,
}

const fn field(path: &'static str, asked_by: Rule) -> Field {
    Field { path, asked_by }
}

pub(super) const APPLICANT_IIN: Field = field("applicant.iin", Rule::r(14));
pub(super) const APPLICANT_BORN: Field = field("applicant.born", Rule::r(14));
pub(super) const EMAIL: Field = field("applicant.email", Rule::r(14));
pub(super) const PHONE: Field = field("applicant.phone", Rule::r(14));
pub(super) const ADDITIONAL_EMAIL: Field = field("applicant.additional_email", Rule::r(24));
pub(super) const ADDITIONAL_PHONE: Field = field("applicant.additional_phone", Rule::r(24));
pub(super) const CHILD_IIN: Field = field("child.iin", Rule::r(16));
pub(super) const CHILD_BORN: Field = field("child.born", Rule::r(16));
pub(super) const BENEFIT: Field = field("benefit", Rule::r(17));
pub(super) const DOCUMENTS: Field = field("documents", Rule::r(17));
pub(super) const INSTRUCTION_READ: Field = field("instruction_read", Rule::r(13));

const FIELDS: [Field; 11] = [
    APPLICANT_IIN,
    APPLICANT_BORN,
    EMAIL,
    PHONE,
    ADDITIONAL_EMAIL,
    ADDITIONAL_PHONE,
    CHILD_IIN,
    CHILD_BORN,
    BENEFIT,
    DOCUMENTS,
    INSTRUCTION_READ,
];

words!(FindingLevel, FindingCode);

impl Finding {
    /// A finding out of its JSON, as a page or a host kept it: for [`Texts::finding`](crate::Texts::finding).
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
    pub fn from_json(value: Value) -> Result<Finding, Error> {
        let mut from = Fields::of(value, "a finding of a form")?;
        let path: String = from.need("field")?;
        let known = FIELDS.iter().find(|field| field.path == path);
        let field =
            known.ok_or_else(|| Error::malformed("field", "a field of the form", format!("{path:?}")))?;
        let finding = Finding {
            field: field.path,
            level: from.need("level")?,
            code: from.need("code")?,
            rule: from.need("rule")?,
            expected: from.may("expected")?,
            found: from.may("found")?,
        };
        from.end()?;
        Ok(finding)
    }
}

/// What is wrong with a value, wherever it stands.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    code: FindingCode,
    expected: Option<String>,
    found: Option<String>,
}

impl Fault {
    pub(super) fn new(code: FindingCode, expected: impl Into<String>, found: impl Into<String>) -> Fault {
        Fault { code, expected: Some(expected.into()), found: Some(found.into()) }
    }

    /// A fault that its code says all about.
    pub(super) fn plain(code: FindingCode) -> Fault {
        Fault { code, expected: None, found: None }
    }

    /// The same fault in its place.
    pub(super) fn at(self, field: Field) -> Finding {
        Finding {
            field: field.path,
            level: self.code.level(),
            code: self.code,
            rule: self.code.rule(field),
            expected: self.expected,
            found: self.found,
        }
    }
}
