//! The buttons of an application and of a kindergarten (rules.md A4).

use super::View;
use crate::{
    Action, Actor, ButtonRow, Command, DenialReason, Error, Kindergarten, KindergartenKind, Language,
    Permission, Role, Which,
};

impl View<'_> {
    /// What may be done with an application (by its number, its referral's or the child's), one row for each
    /// command that names it, in the order of the command table. Other fields of a command are taken as right,
    /// and no signature is asked. With `by`, for that person.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn permissions(self, of: &Which, by: Option<&Actor>) -> Result<Vec<Permission>, Error> {
        let (holder, application) = self.find_which(of)?;
        let asked = match of {
            Which::Referral(number) => Some(*number),
            Which::Application(_) | Which::Child(_) => None,
        };
        Ok(self.card_of(holder, application).permitted(self.now, by, asked))
    }

    /// The buttons that a parent, staff or the department may see on an application (rules.md A4): those rows of
    /// [`View::permissions`], each with its button.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn buttons(self, of: &Which, by: &Actor) -> Result<Vec<ButtonRow>, Error> {
        let (holder, application) = self.find_which(of)?;
        let rows = self.permissions(of, Some(by))?;
        Ok(self.card_of(holder, application).button_rows(rows, Role::from(by)))
    }

    /// What may be done with a kindergarten's places: publishing them.
    #[must_use]
    pub fn permissions_at(self, kindergarten: &Kindergarten, by: Option<&Actor>) -> Vec<Permission> {
        let publish = Action::PublishVacancy {
            kindergarten: kindergarten.clone(),
            group_year: 0,
            language: Language::Kk,
            places: 1,
            kind: Some(KindergartenKind::State),
        };
        let command = Command { by: by.cloned(), ..Command::from(publish) };
        let reasons = self.register.judge(&command, self.now).err().unwrap_or_default();
        let allowed = reasons.is_empty();
        let clock = self.register.clock();
        // F09: a day without publications ends, or begins, at midnight.
        let closed = |day: &crate::Day| clock.policy.blackouts.contains(day);
        let today = clock.day(self.now);
        let mut days = (1..=366).map(|days| today.plus_days(days));
        let until =
            days.find(|day| closed(day) != closed(&today)).map(|day| clock.policy.zone().midnight(day));
        let lasting =
            |reason: &DenialReason| matches!(reason, DenialReason::NotYours { .. } | DenialReason::Paused);
        let until = until.filter(|_| !reasons.iter().any(lasting));
        let denials = self.register.denials(reasons);
        vec![Permission { action: "publish_vacancy", allowed, denials, until }]
    }
}
