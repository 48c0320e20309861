//! The portal's buttons for one person (rules.md A4).

use serde::Serialize;

use super::permission::all_of;
use super::{Card, Permission};
use crate::application::Application;
use crate::policy::Signature;
use crate::{Action, Actor, ApplicationView, Button, Error, Moment, Role, Stage};

/// A button of the portal and whether it may be pressed: allowed, with its end, or every reason against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ButtonRow {
    /// Which; [`Texts::button`](crate::Texts::button) says what stands on it.
    pub button: Button,
    /// Whether its command would be done.
    #[serde(flatten)]
    pub permission: Permission,
    /// While it is allowed: the end that runs for it, the first instant that is too late (R31, R40, R47, R56);
    /// none when none does. It is what a page shows; `until` is when the answer changes, by whatever comes.
    pub ends: Option<Moment>,
    /// Whether the command must be signed (R11): the button opens the window for that.
    pub signed: bool,
}

impl Application {
    /// The end that runs for a button.
    fn end_for(&self, button: Button) -> Option<Moment> {
        let seen = ApplicationView::of(self);
        match button {
            Button::ConfirmInterest => seen.until.filter(|_| seen.stage == Stage::Inactive).or(seen.next_due),
            Button::Choose | Button::PassTurn => seen.choose_by,
            Button::ExtendReferral | Button::Accept | Button::Refuse | Button::RecordVisit => seen.expires_at,
            Button::RecallReferral => seen.recall_until,
            Button::Apply
            | Button::Send
            | Button::Sign
            | Button::Confirm
            | Button::ChangeBenefit
            | Button::Withdraw
            | Button::Ok
            | Button::SignAndSend
            | Button::ConfirmRecall
            | Button::Extend
            | Button::Cancel
            | Button::Download
            | Button::AddPlaces
            | Button::Save
            | Button::DoNotSave
            | Button::Add
            | Button::Search
            | Button::DownloadChildCard
            | Button::MarkDeparture
            | Button::LinkParent
            | Button::ProveBenefit
            | Button::UpholdRefusal
            | Button::OverturnRefusal => None,
        }
    }
}

impl Card {
    /// The buttons that a parent, staff or the department may see on this application, each with its answer for
    /// that person; one that is not allowed is hidden by the portal, and its reasons say why.
    ///
    /// # Errors
    /// As [`Card::permissions`].
    ///
    /// ```
    /// # use kezek::{Action, Child, Policy, Register};
    /// use kezek::{Actor, Button};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let _ = register.apply(Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None,
    /// #     documents: None, channel: None, channel_number: None, application: None }, now)?.accepted()?;
    /// let card = register.at(now)?.card(&"UO.2018.000001.1".parse()?)?;
    /// let parent = Actor::Applicant { iin: "p:parent-1".parse()? };
    /// let shown = card.buttons(now, &parent)?.into_iter().filter(|row| row.permission.allowed);
    /// let shown: Vec<Button> = shown.map(|row| row.button).collect();
    /// assert_eq!(shown, [Button::ChangeBenefit, Button::ConfirmInterest, Button::Withdraw]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn buttons(&self, now: Moment, by: &Actor) -> Result<Vec<ButtonRow>, Error> {
        Ok(self.button_rows(self.permissions(now, Some(by))?, Role::from(by)))
    }

    /// The buttons of a role among the permissions, in their order.
    pub(crate) fn button_rows(&self, permissions: Vec<Permission>, role: Role) -> Vec<ButtonRow> {
        let asks = self.policy().signature == Signature::Required;
        let actions =
            all_of(&self.application.number, self.policy().zone().day(self.application.registered_at));
        let row = |(permission, action): (Permission, Action)| {
            let button = Button::of_command(permission.action)?;
            let ends = self.application.end_for(button).filter(|_| permission.allowed);
            let signed = asks && action.is_signed();
            button.roles().contains(&role).then_some(ButtonRow { button, permission, ends, signed })
        };
        permissions.into_iter().zip(actions).filter_map(row).collect()
    }
}
