//! Why a number changed, in words: what it was and is, then each cause, for the parent whose number it is.
//!
//! What others did is told as how many children it was, and never who. The application's own causes are told in
//! the second person.

use crate::text::Key;
use crate::{ChangeCause, ChangePart, Label, NumberChange, PositionChange, Texts};

impl Texts<'_> {
    /// Why the numbers of an application changed («Почему изменился номер в очереди» / «Кезек нөмірі неге
    /// өзгерді»): for each number a sentence that says what it was and is, then one for each cause. A number that
    /// the application never had, such as the one by benefit of a child without a benefit (R26), is left out.
    ///
    /// ```
    /// # use kezek::{Action, Child, Language, Policy, Register, Texts};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # for (n, at) in [(1, "2018-01-10T09:00:00+06:00"), (2, "2018-01-10T09:05:00+06:00")] {
    /// #     let child = Child { iin: format!("p:child-{n}").parse()?, born: "2015-05-02".parse()? };
    /// #     let submit = Action::Submit { applicant: "p:parent".parse()?, child, benefit: None, documents: None,
    /// #         channel: None, channel_number: None, application: None };
    /// #     let _ = register.apply(submit, at.parse()?)?.accepted()?;
    /// # }
    /// let (then, now) = ("2018-01-11T09:00:00+06:00".parse()?, "2018-01-12T09:00:00+06:00".parse()?);
    /// let _ = register.apply(Action::Withdraw { application: "UO.2018.000001.1".parse()? }, now)?.accepted()?;
    ///
    /// let why = register.at(now)?.explain_position(&"UO.2018.000002.1".parse()?, then, now)?;
    /// let texts = Texts::of(Language::Ru, register.policy()).ok_or("Russian is not built in")?;
    /// assert_eq!(texts.position_change(&why), [
    ///     "Номер очереди: был 2, стал 1.",
    ///     "1 ребёнок перед Вами снят с очереди по желанию семьи.",
    ///     "Номер в году группы: был 2, стал 1.",
    ///     "1 ребёнок перед Вами снят с очереди по желанию семьи.",
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn position_change(&self, why: &PositionChange) -> Vec<String> {
        let had =
            |change: &NumberChange| (change.before, change.after) != (0, 0) || !change.causes.is_empty();
        let mut told = self.number_change(Label::Number, &why.number);
        for (label, change) in
            [(Label::NumberInGroupYear, &why.in_group_year), (Label::NumberInBenefit, &why.in_benefit)]
        {
            if had(change) {
                told.extend(self.number_change(label, change));
            }
        }
        told
    }

    /// One number: under its label what it was and is, then a sentence or two for each cause.
    #[must_use]
    pub fn number_change(&self, label: Label, change: &NumberChange) -> Vec<String> {
        let args = [
            ("label", self.label(label).to_owned()),
            ("before", change.before.to_string()),
            ("after", change.after.to_string()),
        ];
        let leading = self.fill(leading(change.before, change.after), &args);
        let moved = change.before > 0 && change.after > 0;
        let causes = change.causes.iter().map(|part| self.part(part, moved));
        std::iter::once(leading).chain(causes).collect()
    }

    /// One cause of a change: how many children it was and what became of them, or what became of the
    /// application itself; and how far the number moved, where that does not follow.
    #[must_use]
    pub fn change_part(&self, part: &ChangePart) -> String {
        self.part(part, true)
    }

    /// `moved`: the number was and is there. One that is new or gone has not moved by what its own did.
    fn part(&self, part: &ChangePart, moved: bool) -> String {
        let count = u64::try_from(part.count).unwrap_or(u64::MAX);
        let back = part.change > 0;
        let (mut text, follows) = match told(part.cause) {
            Told::Own(key) => (self.plain(key), true),
            Told::OwnMove(key) => (self.plain(key), !moved),
            Told::Left(key) => (self.fill_for(key, count, &[]), !back && part.change.unsigned_abs() == count),
            Told::Joined(key) => {
                (self.fill_for(key, count, &[]), back && part.change.unsigned_abs() == count)
            }
            Told::Order(why) => {
                let key = if back { Key::ChangeFarther } else { Key::ChangeNearer };
                (self.fill_for(key, part.change.unsigned_abs(), &[("why", self.plain(why))]), true)
            }
        };
        if let Some(reason) = part.reason {
            self.also(&mut text, Key::AlsoReason, &[("reason", self.close_reason(reason).to_owned())]);
        }
        if !follows {
            let key = if back { Key::ChangeBack } else { Key::ChangeForward };
            text.push(' ');
            text.push_str(&self.fill_for(key, part.change.unsigned_abs(), &[]));
        }
        text
    }
}

/// What a number was and is; 0 where there was or is none.
fn leading(before: u32, after: u32) -> Key {
    match (before, after) {
        (0, 0) => Key::ChangeNone,
        (0, _) => Key::ChangeBegun,
        (_, 0) => Key::ChangeEnded,
        (before, after) if before == after => Key::ChangeSame,
        (_, _) => Key::ChangeMoved,
    }
}

/// How a cause is told.
enum Told {
    /// The application came or went; the number says the rest.
    Own(Key),
    /// The application stands elsewhere.
    OwnMove(Key),
    /// So many children went from before it, each a step forward but under shares (F11).
    Left(Key),
    /// So many came before it, each a step back but under shares.
    Joined(Key),
    /// The order among others changed: so many fewer or more stand before it.
    Order(Key),
}

fn told(cause: ChangeCause) -> Told {
    match cause {
        ChangeCause::OwnRegistered => Told::Own(Key::ChangeOwnRegistered),
        ChangeCause::OwnImported => Told::Own(Key::ChangeOwnImported),
        ChangeCause::OwnReinstated => Told::Own(Key::ChangeOwnReinstated),
        ChangeCause::OwnReturned => Told::Own(Key::ChangeOwnReturned),
        ChangeCause::OwnEnrolled => Told::Own(Key::ChangeOwnEnrolled),
        ChangeCause::OwnLeft => Told::Own(Key::ChangeOwnLeft),
        ChangeCause::OwnBenefitChanged => Told::OwnMove(Key::ChangeOwnBenefitChanged),
        ChangeCause::OwnBenefitLost => Told::OwnMove(Key::ChangeOwnBenefitLost),
        ChangeCause::OwnCorrected => Told::OwnMove(Key::ChangeOwnCorrected),
        ChangeCause::LeftEnrolled => Told::Left(Key::ChangeLeftEnrolled),
        ChangeCause::LeftWithdrawn => Told::Left(Key::ChangeLeftWithdrawn),
        ChangeCause::LeftClosed => Told::Left(Key::ChangeLeftClosed),
        ChangeCause::JoinedRegistered => Told::Joined(Key::ChangeJoinedRegistered),
        ChangeCause::JoinedImported => Told::Joined(Key::ChangeJoinedImported),
        ChangeCause::JoinedReinstated => Told::Joined(Key::ChangeJoinedReinstated),
        ChangeCause::JoinedReturned => Told::Joined(Key::ChangeJoinedReturned),
        ChangeCause::LeftBenefitChanged | ChangeCause::JoinedBenefitChanged => {
            Told::Order(Key::ChangeWhyBenefits)
        }
        ChangeCause::LeftCorrected | ChangeCause::JoinedCorrected => Told::Order(Key::ChangeWhyCorrected),
        ChangeCause::TurnsGiven => Told::Order(Key::ChangeWhyTurns),
        ChangeCause::PolicyChanged => Told::Order(Key::ChangeWhyPolicy),
    }
}
