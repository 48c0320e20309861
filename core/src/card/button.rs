//! The portal's buttons for one person (rules.md A4).

use serde::Serialize;

use super::{Card, Permission};
use crate::{Actor, Button, Error, Moment, Role};

/// A button of the portal and whether it may be pressed: allowed, with its end, or every reason against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ButtonRow {
    /// Which; [`Texts::button`](crate::Texts::button) says what stands on it.
    pub button: Button,
    /// Whether its command would be done.
    #[serde(flatten)]
    pub permission: Permission,
}

impl ButtonRow {
    /// The buttons of a role among the permissions, in their order.
    pub(crate) fn of(permissions: Vec<Permission>, role: Role) -> Vec<ButtonRow> {
        let row = |permission: Permission| {
            let button = Button::of_command(permission.action)?;
            button.roles().contains(&role).then_some(ButtonRow { button, permission })
        };
        permissions.into_iter().filter_map(row).collect()
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
        Ok(ButtonRow::of(self.permissions(now, Some(by))?, Role::from(by)))
    }
}
