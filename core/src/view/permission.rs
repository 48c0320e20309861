//! Permissions: which of the portal's buttons a person may press, why not, and until when (rules.md A4).

use serde::Serialize;

use super::View;
use crate::application::Application;
use crate::application::judge::{Around, Places};
use crate::event::{Cause, Event, StartedTerms};
use crate::policy::{Clock, Start};
use crate::{
    Action, Actor, ApplicationNumber, Command, Denial, DenialReason, Error, Fact, Kindergarten,
    KindergartenKind, Language, Moment, Reason, Seat, Stage, VacancyState, Which,
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
        let free = self.free_places(holder, application);
        let paused = self.register.is_paused();
        let mut now = Outlook { application: application.clone(), around, free, paused, at: self.now };
        let rows = now.answers(by, clock);
        let mut found: Vec<Option<Moment>> = vec![None; rows.len()];
        // The application's own moments, and those at which places open that nobody can be offered. Others may
        // change the answer too, but by what they do or let pass.
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
        let lasting =
            |reason: &DenialReason| matches!(reason, DenialReason::NotYours { .. } | DenialReason::Paused);
        let until = until.filter(|_| !reasons.iter().any(lasting));
        let denials = self.register.denials(reasons);
        vec![Permission { action: "publish_vacancy", allowed, denials, until }]
    }

    /// The places of its line that no turn is for and that it could be offered, and when each opens.
    fn free_places(self, holder: u32, application: &Application) -> Vec<(Seat, Moment)> {
        let vacancies = self.register.book().vacancies.iter().zip(1..);
        let line = vacancies.filter(|(vacancy, _)| vacancy.group_year == application.group_year);
        let free = line.flat_map(|(vacancy, id)| {
            vacancy.places().filter_map(move |(place, is)| {
                let (opens_at, passed_by) = is.unoffered()?;
                (!passed_by.contains(&holder)).then_some((Seat { vacancy: id, place }, opens_at))
            })
        });
        free.collect()
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
    /// Places that it could be offered, and when each opens.
    free: Vec<(Seat, Moment)>,
    /// Every clock stands, and every command is denied.
    paused: bool,
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
            let own = self.application.judge(&command, &self.around, clock, self.at);
            let paused = self.paused.then_some(DenialReason::Paused);
            let mut reasons: Vec<_> = paused.into_iter().chain(own).collect();
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
        let recall = self.application.referral().and_then(|live| live.recall_until);
        let ages = [clock.policy.old_enough_at(born), clock.policy.too_old_at(born)];
        let dues = self.application.dues(clock).map(|(at, _)| at).filter(|_| !self.paused);
        let openings = self.free.iter().map(|(_, opens_at)| *opens_at).filter(|_| !self.paused);
        // An enrolled child may be asked about too: it grows too old to choose.
        let moments = dues.chain(ages).chain(openings).chain(recall.map(|deadline| deadline.at));
        moments.filter(|at| self.at < *at).min()
    }

    /// Lets the time pass to a moment: what falls due, then a turn, then places that open.
    fn pass(&mut self, at: Moment, clock: Clock<'_>) {
        self.at = at;
        // While paused nothing falls due.
        if self.paused {
            return;
        }
        let start = Start { at, by_itself: true };
        loop {
            let due = self.application.dues(clock).find(|(due, _)| *due <= at);
            let Some(first) = due.and_then(|(_, due)| self.application.fall_due(due)) else { break };
            let held = self.application.held();
            let mut next = Some(first);
            while let Some(fact) = next {
                let event = self.take_in(fact);
                next = self.application.consequence(&event.fact, held, clock, start);
            }
        }
        let born = self.application.child.born;
        let able = clock.policy.old_enough_at(born) <= at && at < clock.policy.too_old_at(born);
        if self.application.stage() == Stage::Queued
            && able
            && let Some((seat, _)) = self.free.first().copied()
        {
            let window = clock.policy.choice_window;
            let choose_by = clock.end(window, start);
            self.free.retain(|(free, _)| *free != seat);
            self.take_in(Fact::TurnCame {
                application: self.application.number.clone(),
                vacancy: seat.vacancy,
                place: seat.place,
                choose_by: choose_by.at,
                terms: StartedTerms { choose_by: Some(window), ..StartedTerms::default() },
                projected: choose_by.projected,
                cycle: None,
            });
        }
        let (open, free) = self.free.iter().copied().partition(|(_, opens_at)| *opens_at <= at);
        self.free = free;
        let opened: Vec<(Seat, Moment)> = open;
        self.open(u16::try_from(opened.len()).unwrap_or(u16::MAX));
    }

    fn take_in(&mut self, fact: Fact) -> Event {
        if let Fact::SeatsOpened { places, .. } = &fact {
            self.open(*places);
        }
        let event = event(fact, self.at);
        self.application.absorb(&event);
        event
    }

    /// So many places of its line open.
    fn open(&mut self, opened: u16) {
        if let Some(places) = &mut self.around.vacancy
            && opened > 0
        {
            places.waiting = places.waiting.saturating_sub(opened);
            places.open = places.open.saturating_add(opened);
            places.state = VacancyState::FreeChoice;
        }
    }
}

fn event(fact: Fact, at: Moment) -> Event {
    let rule = fact.rule();
    Event {
        seq: 0,
        at: Some(at),
        fact,
        rule,
        cause: Cause::Due,
        command: None,
        overrides: false,
        envelope: None,
    }
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
