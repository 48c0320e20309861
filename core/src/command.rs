//! What people ask a register to do. Names and fields are those of the wire (wire.md 2).

mod body;
mod operator;
mod read;

pub use operator::{Authority, AuthorityKind, Deed, Import, Operation};

pub(crate) use body::body_of_json;
pub(crate) use read::{actor_in, which_in};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::packed::packed;
use crate::{
    ApplicationNumber, BenefitId, Day, GroupYear, Kindergarten, KindergartenKind, Language, Person,
    ReferralNumber, VacancyId,
};

/// An [`Action`] with what may stand beside it.
///
/// Every action becomes a command with `into()`; the rest is set with the methods.
///
/// ```
/// use kezek::{Action, Actor, Command};
/// let parent: kezek::Person = "p:parent-1".parse()?;
/// let withdraw = Action::Withdraw { application: "UO.2018.000001.1".parse()? };
/// let command = Command::from(withdraw).by(Actor::Applicant { iin: parent }).key("request-17");
/// # let _ = command;
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Command {
    /// What is to be done.
    #[serde(flatten)]
    pub action: Action,
    /// Who asks. With it role and ownership are checked; without it the host vouches for the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The host's name for this request: asked again, it is answered with the first outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The revision that the host decided on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_revision: Option<u64>,
    /// The host's own object, at most 4 KiB: kept, never read by the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ext: Option<Map<String, Value>>,
}

impl From<Action> for Command {
    fn from(action: Action) -> Command {
        Command { action, by: None, signature: None, key: None, expected_revision: None, ext: None }
    }
}

impl Command {
    /// The same command, asked by somebody.
    #[must_use]
    pub fn by(self, actor: Actor) -> Command {
        Command { by: Some(actor), ..self }
    }

    /// The same command with a signature.
    #[must_use]
    pub fn signed(self, signature: impl Into<String>) -> Command {
        Command { signature: Some(signature.into()), ..self }
    }

    /// The same command with a key.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Command {
        Command { key: Some(key.into()), ..self }
    }

    /// The same command, only for a register at that revision.
    #[must_use]
    pub fn at_revision(self, revision: u64) -> Command {
        Command { expected_revision: Some(revision), ..self }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Actor {
    /// The applicant, or a linked parent (заявитель / өтініш беруші).
    Applicant {
        /// The person.
        iin: Person,
    },
    /// Staff of kindergartens (сотрудник ДДО / БМҰ қызметкері), R10.
    Staff {
        /// The kindergartens served.
        kindergartens: Vec<Kindergarten>,
    },
    /// The authorised person of the education department (Білім бөлімінің уәкілетті тұлғасы), R74.
    Department,
    /// The operator of the portal.
    Operator {
        /// A name.
        name: String,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Puts a child in the queue («Подать заявку»), R12-R24.
    #[doc(alias = "Подать заявку")]
    Submit {
        /// Who files it.
        applicant: Person,
        /// For whom.
        child: Child,
        /// A benefit of the policy's list (R17).
        #[serde(skip_serializing_if = "Option::is_none")]
        benefit: Option<BenefitId>,
        /// How many documents of the benefit are attached.
        #[serde(skip_serializing_if = "Option::is_none")]
        documents: Option<u32>,
        /// Where it was filed (R24).
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// Its number there («Номер ПЭП», «Номер ЦОН»), R24.
        #[serde(skip_serializing_if = "Option::is_none")]
        channel_number: Option<String>,
        /// A number of the host's; else the register gives one (R80).
        #[serde(skip_serializing_if = "Option::is_none")]
        application: Option<ApplicationNumber>,
    },
    /// Changes or drops the benefit («Изменить льготность»), R27.
    #[doc(alias = "Изменить льготность")]
    ChangeBenefit {
        /// Of which application.
        application: ApplicationNumber,
        /// The new one; none drops it.
        benefit: Option<BenefitId>,
        /// How many documents are attached.
        #[serde(skip_serializing_if = "Option::is_none")]
        documents: Option<u32>,
    },
    /// Confirms the interest («Подтвердить заинтересованность»), R31-R34. The two presses of the
    /// button (R32) are one command.
    #[doc(alias = "Подтвердить заинтересованность")]
    ConfirmInterest {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Links the application to another parent's number, R06.
    LinkParent {
        /// Of which application.
        application: ApplicationNumber,
        /// The parent.
        parent: Person,
    },
    /// Leaves the queue («Снять с очереди»), R28, R29.
    #[doc(alias = "Снять с очереди")]
    Withdraw {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Gives the turn up before the window ends.
    PassTurn {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Adds free places («База свободных мест»), R60-R68, for good: no command corrects them (R65).
    #[doc(alias = "База свободных мест")]
    PublishVacancy {
        /// Where.
        kindergarten: Kindergarten,
        /// For children born in that year (R64).
        group_year: GroupYear,
        /// The language of instruction (R63).
        language: Language,
        /// How many: 1 to 999.
        places: i64,
        /// The kind of kindergarten; `state` when nothing is said (R68).
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<KindergartenKind>,
    },
    /// Chooses a place and gets the referral at once («Выбрать государственный детский сад»), R35-R44.
    #[doc(alias = "Мемлекеттік балабақшаны таңдау")]
    Choose {
        /// For which application.
        application: ApplicationNumber,
        /// The vacancy.
        vacancy: VacancyId,
    },
    /// Extends the referral («Продлить направление»), R53-R55.
    #[doc(alias = "Продлить направление")]
    ExtendReferral {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
        /// The new last good day.
        until: Day,
        /// Why.
        reason: Reason,
    },
    /// Gives the referral back («Отозвать направление»), R56-R59.
    #[doc(alias = "Жолдаманы кері қайтару")]
    RecallReferral {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
        /// Why.
        reason: Reason,
    },
    /// Notes that the family came; the referral's term ends (O25).
    RecordVisit {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
    },
    /// Notes that the benefit's papers were seen (F18).
    ProveBenefit {
        /// Of which application.
        application: ApplicationNumber,
    },
    /// Takes the child in («Принять в ДДО»), R71.
    #[doc(alias = "БМҰ-ға қабылдау")]
    Accept {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
    },
    /// Refuses, for review by the department («Отказать»), R73, R74.
    #[doc(alias = "Бас тарту")]
    Refuse {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
        /// Why.
        reason: Reason,
    },
    /// The department confirms a refusal, R75.
    UpholdRefusal {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
    },
    /// The department does not confirm it: the child must be accepted, R76.
    OverturnRefusal {
        /// Which referral.
        #[serde(flatten)]
        of: Which,
    },
    /// Notes that an enrolled child has left («Убыл» / «Кетті»), R77-R79.
    #[doc(alias = "Кетті")]
    MarkDeparture {
        /// Of which application.
        application: ApplicationNumber,
        /// The day it left: kept, not judged.
        date: Day,
        /// Why.
        reason: Reason,
    },
    /// What an operator does beside the rules.
    #[serde(untagged)]
    Operate(Box<Operation>),
}

/// A child, as an application names it (R16).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// The child's number, or a pseudonym.
    pub iin: Person,
    /// The birth date; the number's own is only compared with it (F35).
    pub born: Day,
}

/// Where an application was filed (R24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The local portal.
    Portal,
    /// The e-government portal (ПЭП).
    Egov,
    /// A service centre (ЦОН).
    Centre,
}

/// Which referral is meant: its number, its application, or the child (R69). A child means its active
/// application, else the enrolled one, else the latest closed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// By number.
    Referral(ReferralNumber),
    /// By the application's number.
    Application(ApplicationNumber),
    /// By the child.
    Child(Person),
}

/// What a command is about.
pub(crate) enum About<'a> {
    /// A new application: the number that the host asks for, and the child.
    Registration(Option<&'a ApplicationNumber>, &'a Child),
    /// A new vacancy.
    Publication,
    /// What an operator says.
    Operation(&'a Operation),
    /// An application: commands of the parents, the staff and the department.
    Application(Which),
}

/// A stated reason: free text and, where the host has a list, a code (O35, F41).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// A code of the host's choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The text.
    pub text: String,
}

impl Reason {
    /// A reason in words alone.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Reason {
        Reason { code: None, text: text.into() }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Action {
    /// The action's name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Action::Submit { .. } => "submit",
            Action::ChangeBenefit { .. } => "change_benefit",
            Action::ConfirmInterest { .. } => "confirm_interest",
            Action::LinkParent { .. } => "link_parent",
            Action::Withdraw { .. } => "withdraw",
            Action::PassTurn { .. } => "pass_turn",
            Action::PublishVacancy { .. } => "publish_vacancy",
            Action::Choose { .. } => "choose",
            Action::ExtendReferral { .. } => "extend_referral",
            Action::RecallReferral { .. } => "recall_referral",
            Action::RecordVisit { .. } => "record_visit",
            Action::ProveBenefit { .. } => "prove_benefit",
            Action::Accept { .. } => "accept",
            Action::Refuse { .. } => "refuse",
            Action::UpholdRefusal { .. } => "uphold_refusal",
            Action::OverturnRefusal { .. } => "overturn_refusal",
            Action::MarkDeparture { .. } => "mark_departure",
            Action::Operate(operation) => operation.deed.name(),
        }
    }

    /// R11: the acts that are signed, where the policy asks for signatures.
    pub(crate) fn is_signed(&self) -> bool {
        match self {
            Action::Submit { .. }
            | Action::Choose { .. }
            | Action::ExtendReferral { .. }
            | Action::RecallReferral { .. }
            | Action::Accept { .. }
            | Action::Refuse { .. }
            | Action::MarkDeparture { .. } => true,
            Action::ChangeBenefit { .. }
            | Action::ConfirmInterest { .. }
            | Action::LinkParent { .. }
            | Action::Withdraw { .. }
            | Action::PassTurn { .. }
            | Action::PublishVacancy { .. }
            | Action::RecordVisit { .. }
            | Action::ProveBenefit { .. }
            | Action::UpholdRefusal { .. }
            | Action::OverturnRefusal { .. }
            | Action::Operate(_) => false,
        }
    }

    /// The application that a command of the parents, the staff or the department names; none for a
    /// registration, a publication and the operator's commands.
    ///
    /// ```
    /// use kezek::{Action, Which};
    /// let withdraw = Action::Withdraw { application: "UO.2018.000001.1".parse()? };
    /// assert_eq!(withdraw.names(), Some(Which::Application("UO.2018.000001.1".parse()?)));
    /// # Ok::<(), kezek::Error>(())
    /// ```
    #[must_use]
    pub fn names(&self) -> Option<Which> {
        match self.about() {
            About::Application(which) => Some(which),
            About::Registration(..) | About::Publication | About::Operation(_) => None,
        }
    }

    /// What it is about.
    pub(crate) fn about(&self) -> About<'_> {
        match self {
            Action::Submit { application, child, .. } => About::Registration(application.as_ref(), child),
            Action::PublishVacancy { .. } => About::Publication,
            Action::Operate(operation) => About::Operation(operation),
            Action::ChangeBenefit { application, .. }
            | Action::ConfirmInterest { application }
            | Action::LinkParent { application, .. }
            | Action::Withdraw { application }
            | Action::PassTurn { application }
            | Action::Choose { application, .. }
            | Action::ProveBenefit { application }
            | Action::MarkDeparture { application, .. } => {
                About::Application(Which::Application(application.clone()))
            }
            Action::ExtendReferral { of, .. }
            | Action::RecallReferral { of, .. }
            | Action::RecordVisit { of }
            | Action::Accept { of }
            | Action::Refuse { of, .. }
            | Action::UpholdRefusal { of }
            | Action::OverturnRefusal { of } => About::Application(of.clone()),
        }
    }

    pub(crate) fn vacancy(&self) -> Option<VacancyId> {
        if let Action::Choose { vacancy, .. } = self { Some(*vacancy) } else { None }
    }

    pub(crate) fn reason(&self) -> Option<&Reason> {
        match self {
            Action::ExtendReferral { reason, .. }
            | Action::RecallReferral { reason, .. }
            | Action::Refuse { reason, .. }
            | Action::MarkDeparture { reason, .. } => Some(reason),
            Action::Operate(operation) => Some(&operation.reason),
            Action::Submit { .. }
            | Action::ChangeBenefit { .. }
            | Action::ConfirmInterest { .. }
            | Action::LinkParent { .. }
            | Action::Withdraw { .. }
            | Action::PassTurn { .. }
            | Action::PublishVacancy { .. }
            | Action::Choose { .. }
            | Action::RecordVisit { .. }
            | Action::ProveBenefit { .. }
            | Action::Accept { .. }
            | Action::UpholdRefusal { .. }
            | Action::OverturnRefusal { .. } => None,
        }
    }
}

packed!(Child { iin, born });
packed!(enum Channel { 0 => Portal, 1 => Egov, 2 => Centre });
packed!(enum Actor { 0 => Applicant { iin }, 1 => Staff { kindergartens }, 2 => Department, 3 => Operator { name } });
