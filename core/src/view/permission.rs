//! Permissions: which of the portal's buttons a person may press, why not, and until when (rules.md A4).

use serde::Serialize;

use super::View;
use crate::application::judge::{Around, Places};
use crate::application::{Application, Standing};
use crate::event::{Cause, Event, StartedTerms};
use crate::policy::{Clock, Start};
use crate::{
    Action, Actor, ApplicationNumber, Command, Denial, DenialReason, Error, Fact, Kindergarten,
    KindergartenKind, Language, Moment, Reason, Seat, VacancyState, Which,
};

/// Whether an action is allowed now, with every reason against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// The command.
    pub action: &'static str,
    /// Whether it would be done.
    pub allowed: bool,
    /// What stands against it.
    pub denials: Vec<Denial>,
    /// The first moment at which this answer changes by itself; none when none is known.
    pub until: Option<Moment>,
}

impl View<'_> {
    /// What may be done with an application (by its number, its referral's or the child's), one row for each
    /// command that names it, in the order of the command table. Other fields of a command are taken as right,
    /// and no signature is asked. With `by`, for that person.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn permissions(self, of: &Which, by: Option<&Actor>) -> Result<Vec<Permission>, Error> {
        let (holder, application) = self.find_which(of)?;
        let clock = self.register.clock();
        let asked = match of {
            Which::Referral(number) => Some(*number),
            Which::Application(_) | Which::Child(_) => None,
        };
        let around = Around {
            asked,
            enrolled_with: self.register.enrolled_with(holder, &application.child.iin),
            vacancy: Some(self.places_of_line(application)),
        };
        let offers = self.offers(holder, application.group_year);
        let mut now = Outlook { application: application.clone(), around, offers, at: self.now };
        let rows = now.answers(by, clock);
        let mut found: Vec<Option<Moment>> = vec![None; rows.len()];
        // The application's own moments alone: others may change the answer too, but only by what they do.
        while let Some(at) = now.next_moment(clock) {
            now.pass(at, clock);
            let later = now.answers(by, clock);
            for ((until, (_, before)), (_, after)) in found.iter_mut().zip(&rows).zip(&later) {
                if until.is_none() && codes(before) != codes(after) {
                    *until = Some(at);
                }
            }
            if found.iter().all(Option::is_some) {
                break;
            }
        }
        let permission = |((action, reasons), until): ((&'static str, Vec<DenialReason>), Option<Moment>)| {
            let allowed = reasons.is_empty();
            Permission { action, allowed, denials: self.register.denials(reasons), until }
        };
        Ok(rows.into_iter().zip(found).map(permission).collect())
    }

    /// What may be done for a kindergarten: publishing places (R60).
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
        let until =
            until.filter(|_| !reasons.iter().any(|reason| matches!(reason, DenialReason::NotYours { .. })));
        let denials = self.register.denials(reasons);
        vec![Permission { action: "publish_vacancy", allowed, denials, until }]
    }

    /// The places of a line that wait without a turn and would be offered to this one, were it able to take
    /// one; each until it opens. Whoever else is able has passed them by.
    fn offers(self, holder: u32, line: crate::GroupYear) -> Vec<(Seat, Moment)> {
        let vacancies = self.register.book().vacancies.iter().zip(1..);
        let waiting = vacancies.filter(|(vacancy, _)| vacancy.group_year == line && vacancy.waiting() > 0);
        let places = waiting.flat_map(|(vacancy, id)| vacancy.places().map(move |place| (id, place)));
        let offers = places.filter_map(|(vacancy, (place, is))| {
            let (opens_at, passed_by) = is.unoffered()?;
            (!passed_by.contains(&holder)).then_some((Seat { vacancy, place }, opens_at))
        });
        offers.collect()
    }

    /// The places of the application's line, as one: a choice is judged by the best of them.
    fn places_of_line(self, application: &Application) -> Places {
        let line = self.register.book().vacancies.iter();
        let line = line.filter(|vacancy| vacancy.group_year == application.group_year);
        let none = Places {
            vacancy: None,
            group_year: application.group_year,
            waiting: 0,
            open: 0,
            state: VacancyState::Waiting,
        };
        line.fold(none, |all, vacancy| Places {
            waiting: all.waiting.saturating_add(vacancy.waiting()),
            open: all.open.saturating_add(vacancy.open()),
            state: if all.state == VacancyState::FreeChoice { all.state } else { vacancy.state() },
            ..all
        })
    }
}

fn codes(reasons: &[DenialReason]) -> Vec<&'static str> {
    reasons.iter().map(DenialReason::code).collect()
}

/// An application as it will be, if nobody does anything.
struct Outlook {
    application: Application,
    around: Around,
    /// The places that it will be offered as soon as it can be, the oldest first; each until it opens.
    offers: Vec<(Seat, Moment)>,
    at: Moment,
}

impl Outlook {
    /// Every command that names the application, with what stands against it.
    fn answers(&self, by: Option<&Actor>, clock: Clock<'_>) -> Vec<(&'static str, Vec<DenialReason>)> {
        let number = &self.application.number;
        let judge = |action: Action| {
            let name = action.name();
            let signature = Some("as right".to_owned());
            let command = Command { by: by.cloned(), signature, ..Command::from(action) };
            let mut reasons = self.application.judge(&command, &self.around, clock, self.at);
            // Fields that are taken as right.
            reasons.retain(|reason| {
                !matches!(
                    reason,
                    DenialReason::ExtensionNotLater { .. } | DenialReason::ExtensionTooLong { .. }
                )
            });
            (name, reasons)
        };
        let today = clock.day(self.at);
        all_of(number, today).into_iter().map(judge).collect()
    }

    /// The next moment at which something about it may change by itself.
    fn next_moment(&self, clock: Clock<'_>) -> Option<Moment> {
        let born = self.application.child.born;
        let recall = match &self.application.standing {
            Standing::Referred { referral, .. } => referral.recall_until,
            _without => None,
        };
        let ages = [clock.policy.old_enough_at(born), clock.policy.too_old_at(born)];
        let ages = ages.into_iter().filter(|_| self.application.is_active());
        let dues = self.application.dues(clock).map(|(at, _)| at);
        dues.chain(ages).chain(recall.map(|deadline| deadline.at)).filter(|at| self.at < *at).min()
    }

    /// Lets the time pass to a moment.
    fn pass(&mut self, at: Moment, clock: Clock<'_>) {
        self.at = at;
        loop {
            let due = self.application.dues(clock).find(|(due, _)| *due <= at);
            let Some(mut fact) = due.and_then(|(_, due)| self.application.fall_due(due)) else { break };
            let held = self.application.held();
            loop {
                self.move_place(&fact);
                let event = event(fact, at);
                self.application.absorb(&event);
                let start = Start { at, by_itself: true };
                match self.application.consequence(&event.fact, held, clock, start) {
                    Some(next) => fact = next,
                    None => break,
                }
            }
        }
        self.take_turn(clock);
    }

    /// R38: a turn that comes in the same moment, because a place waits that only this one can take.
    fn take_turn(&mut self, clock: Clock<'_>) {
        let (at, born) = (self.at, self.application.child.born);
        let able = clock.policy.old_enough_at(born) <= at && at < clock.policy.too_old_at(born);
        self.offers.retain(|(_, opens_at)| at <= *opens_at);
        if !matches!(self.application.standing, Standing::Queued) || !able || self.offers.is_empty() {
            return;
        }
        let (seat, _) = self.offers.remove(0);
        let window = clock.policy.choice_window;
        let choose_by = clock.end(window, Start { at, by_itself: true });
        let turn = Fact::TurnCame {
            application: self.application.number.clone(),
            vacancy: seat.vacancy,
            place: seat.place,
            choose_by: choose_by.at,
            terms: StartedTerms { choose_by: Some(window), ..StartedTerms::default() },
            projected: choose_by.projected,
        };
        self.application.absorb(&event(turn, at));
    }

    /// What its own facts do to the places of its line.
    fn move_place(&mut self, fact: &Fact) {
        let Some(places) = &mut self.around.vacancy else { return };
        if let Fact::SeatsOpened { places: opened, .. } = fact {
            places.waiting = places.waiting.saturating_sub(*opened);
            places.open = places.open.saturating_add(*opened);
            places.state = VacancyState::FreeChoice;
        }
    }
}

fn event(fact: Fact, at: Moment) -> Event {
    let rule = fact.rule();
    Event { seq: 0, at: Some(at), fact, rule, cause: Cause::Due, command: None, envelope: None }
}

/// The commands that name an application or its referral, in the order of the command table.
fn all_of(number: &ApplicationNumber, today: crate::Day) -> [Action; 14] {
    let application = || number.clone();
    let of = || Which::Application(number.clone());
    let reason = || Reason::text("as right");
    [
        Action::ChangeBenefit { application: application(), benefit: None, documents: None },
        Action::ConfirmInterest { application: application() },
        Action::Withdraw { application: application() },
        Action::PassTurn { application: application() },
        Action::Choose { application: application(), vacancy: 0 },
        Action::ExtendReferral { of: of(), until: today, reason: reason() },
        Action::RecallReferral { of: of(), reason: reason() },
        Action::RecordVisit { of: of() },
        Action::ProveBenefit { application: application() },
        Action::Accept { of: of() },
        Action::Refuse { of: of(), reason: reason() },
        Action::UpholdRefusal { of: of() },
        Action::OverturnRefusal { of: of() },
        Action::MarkDeparture { application: application(), date: today, reason: reason() },
    ]
}
