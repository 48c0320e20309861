//! The buttons of the portal (rules A4), and those that the library's own commands need.

use serde::{Deserialize, Serialize};

use super::{Key, Texts};
use crate::Actor;

/// Who presses a button: an [`Actor`] without its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The applicant, or a linked parent.
    Applicant,
    /// Staff of kindergartens.
    Staff,
    /// The education department.
    Department,
    /// The operator of the portal: a console of his own, no button here.
    Operator,
}

impl From<&Actor> for Role {
    fn from(actor: &Actor) -> Role {
        match actor {
            Actor::Applicant { .. } => Role::Applicant,
            Actor::Staff { .. } => Role::Staff,
            Actor::Department => Role::Department,
            Actor::Operator { .. } => Role::Operator,
        }
    }
}

/// A button (кнопка / батырма). Those that begin a command carry its name, so that a page can put labels on the
/// rows of [`View::permissions`](crate::View::permissions); the others open, complete or close something.
///
/// ```
/// use kezek::{Button, Language, Role, Texts, Zone};
/// let texts = Texts::new(Language::Kk, Zone::Almaty).ok_or("Kazakh is not built in")?;
/// let button = Button::of_command("recall_referral").ok_or("no button")?;
/// assert_eq!(texts.button(button), "Жолдаманы кері қайтару");
/// assert!(Button::of(Role::Department).any(|button| button == Button::UpholdRefusal));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[doc(alias = "кнопка", alias = "батырма")]
#[non_exhaustive]
pub enum Button {
    /// «Подать заявку»: opens the form; the instruction is confirmed as read (R13).
    Apply,
    /// «Отправить» under the form (R19).
    Send,
    /// «Подписать»: signs what is sent (R11).
    Sign,
    /// «Подтвердить заинтересованность» (R32).
    ConfirmInterest,
    /// «Подтвердить»: the second press of a confirmation (R32).
    Confirm,
    /// «Изменить льготность» (R27).
    ChangeBenefit,
    /// «Снять с очереди» (R28).
    Withdraw,
    /// «Выбрать государственный детский сад» / «Мемлекеттік балабақшаны таңдау» (R35).
    Choose,
    /// «ОК» in a window that tells something.
    Ok,
    /// «Подписать и отправить» / «Қол қою және жіберу»: completes a choice or a departure.
    SignAndSend,
    /// «Отозвать направление» / «Жолдаманы кері қайтару» (R56).
    RecallReferral,
    /// «Бас тартуды растау»: completes a recall (R58).
    ConfirmRecall,
    /// «Продлить направление» (R53).
    ExtendReferral,
    /// «Продлить»: completes an extension (R54).
    Extend,
    /// «Отмена»: closes a form.
    Cancel,
    /// «Скачать» beside each document.
    Download,
    /// «+» in the base of free places (R60).
    AddPlaces,
    /// «Сохранить» / «Сақтау»: completes it, for good (R65).
    Save,
    /// «Отменить» beside it.
    DoNotSave,
    /// «Добавить» / «Қосу»: opens the check of a referral (R69).
    Add,
    /// «Поиск» / «Іздеу»: finds the referral (R69).
    Search,
    /// «Скачать карточку ребенка» (R70).
    DownloadChildCard,
    /// «Принять в ДДО» / «БМҰ-ға қабылдау» (R71).
    Accept,
    /// «Отказать» / «Бас тарту» (R71, R73).
    Refuse,
    /// «Убыл» / «Кетті» (R77).
    MarkDeparture,
    /// Ours: gives the turn up early.
    PassTurn,
    /// Ours, for the separate instruction of R06.
    LinkParent,
    /// Ours: the family came (O25).
    RecordVisit,
    /// Ours: the benefit's papers were seen (F18).
    ProveBenefit,
    /// The department confirms a refusal (R75).
    UpholdRefusal,
    /// The department does not confirm it (R76).
    OverturnRefusal,
}

impl Button {
    /// All of them: the portal's in the order of its tables, then ours.
    pub const ALL: [Button; 31] = [
        Button::Apply,
        Button::Send,
        Button::Sign,
        Button::ConfirmInterest,
        Button::Confirm,
        Button::ChangeBenefit,
        Button::Withdraw,
        Button::Choose,
        Button::Ok,
        Button::SignAndSend,
        Button::RecallReferral,
        Button::ConfirmRecall,
        Button::ExtendReferral,
        Button::Extend,
        Button::Cancel,
        Button::Download,
        Button::AddPlaces,
        Button::Save,
        Button::DoNotSave,
        Button::Add,
        Button::Search,
        Button::DownloadChildCard,
        Button::Accept,
        Button::Refuse,
        Button::MarkDeparture,
        Button::PassTurn,
        Button::LinkParent,
        Button::RecordVisit,
        Button::ProveBenefit,
        Button::UpholdRefusal,
        Button::OverturnRefusal,
    ];

    /// The buttons that somebody of that role may see.
    pub fn of(role: Role) -> impl Iterator<Item = Button> {
        Button::ALL.into_iter().filter(move |button| button.roles().contains(&role))
    }

    /// The button that begins a command, by the command's name on the wire.
    #[must_use]
    pub fn of_command(name: &str) -> Option<Button> {
        Button::ALL.into_iter().find(|button| button.command() == Some(name))
    }

    /// For whom it is.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Button::Apply
            | Button::Send
            | Button::ConfirmInterest
            | Button::Confirm
            | Button::ChangeBenefit
            | Button::Withdraw
            | Button::Choose
            | Button::RecallReferral
            | Button::ConfirmRecall
            | Button::ExtendReferral
            | Button::Extend
            | Button::Download
            | Button::PassTurn
            | Button::LinkParent => &[Role::Applicant],
            Button::Sign | Button::Ok | Button::SignAndSend | Button::Cancel => {
                &[Role::Applicant, Role::Staff]
            }
            Button::AddPlaces
            | Button::Save
            | Button::DoNotSave
            | Button::Add
            | Button::Search
            | Button::DownloadChildCard
            | Button::Accept
            | Button::Refuse => &[Role::Staff],
            Button::MarkDeparture | Button::RecordVisit | Button::ProveBenefit => {
                &[Role::Staff, Role::Department]
            }
            Button::UpholdRefusal | Button::OverturnRefusal => &[Role::Department],
        }
    }

    /// The command that it begins, by its name on the wire.
    #[must_use]
    pub fn command(self) -> Option<&'static str> {
        match self {
            Button::Send => Some("submit"),
            Button::ConfirmInterest => Some("confirm_interest"),
            Button::ChangeBenefit => Some("change_benefit"),
            Button::Withdraw => Some("withdraw"),
            Button::Choose => Some("choose"),
            Button::RecallReferral => Some("recall_referral"),
            Button::ExtendReferral => Some("extend_referral"),
            Button::AddPlaces => Some("publish_vacancy"),
            Button::Accept => Some("accept"),
            Button::Refuse => Some("refuse"),
            Button::MarkDeparture => Some("mark_departure"),
            Button::PassTurn => Some("pass_turn"),
            Button::LinkParent => Some("link_parent"),
            Button::RecordVisit => Some("record_visit"),
            Button::ProveBenefit => Some("prove_benefit"),
            Button::UpholdRefusal => Some("uphold_refusal"),
            Button::OverturnRefusal => Some("overturn_refusal"),
            Button::Apply
            | Button::Sign
            | Button::Confirm
            | Button::Ok
            | Button::SignAndSend
            | Button::ConfirmRecall
            | Button::Extend
            | Button::Cancel
            | Button::Download
            | Button::Save
            | Button::DoNotSave
            | Button::Add
            | Button::Search
            | Button::DownloadChildCard => None,
        }
    }
}

impl Texts<'_> {
    /// What stands on a button.
    #[must_use]
    pub fn button(self, button: Button) -> &'static str {
        self.say(match button {
            Button::Apply => Key::ButtonApply,
            Button::Send => Key::ButtonSend,
            Button::Sign => Key::ButtonSign,
            Button::ConfirmInterest => Key::ButtonConfirmInterest,
            Button::Confirm => Key::ButtonConfirm,
            Button::ChangeBenefit => Key::ButtonChangeBenefit,
            Button::Withdraw => Key::ButtonWithdraw,
            Button::Choose => Key::ButtonChoose,
            Button::Ok => Key::ButtonOk,
            Button::SignAndSend => Key::ButtonSignAndSend,
            Button::RecallReferral => Key::ButtonRecall,
            Button::ConfirmRecall => Key::ButtonConfirmRecall,
            Button::ExtendReferral => Key::ButtonExtend,
            Button::Extend => Key::ButtonExtendNow,
            Button::Cancel => Key::ButtonCancel,
            Button::Download => Key::ButtonDownload,
            Button::AddPlaces => Key::ButtonAddPlaces,
            Button::Save => Key::ButtonSave,
            Button::DoNotSave => Key::ButtonDoNotSave,
            Button::Add => Key::ButtonAdd,
            Button::Search => Key::ButtonSearch,
            Button::DownloadChildCard => Key::ButtonDownloadCard,
            Button::Accept => Key::ButtonAccept,
            Button::Refuse => Key::ButtonRefuse,
            Button::MarkDeparture => Key::ButtonDeparted,
            Button::PassTurn => Key::ButtonPassTurn,
            Button::LinkParent => Key::ButtonLinkParent,
            Button::RecordVisit => Key::ButtonRecordVisit,
            Button::ProveBenefit => Key::ButtonProveBenefit,
            Button::UpholdRefusal => Key::ButtonUphold,
            Button::OverturnRefusal => Key::ButtonOverturn,
        })
    }
}
