//! Taking back: the exact opposite of each change that a watcher is told of.

use super::book::{Book, Rules, Watcher, count, index};
use super::index::Index;
use crate::application::Application;
use crate::policy::Clock;
use crate::vacancy::{Place, Vacancy};
use crate::{Calendar, GroupYear, Seat, VacancyId, VacancyState};

/// How to take one change back.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "they stand in one list, whose room is used again and again")]
pub(crate) enum Undo {
    Entered,
    Changed(u32, Application),
    Published,
    Place(Seat, Place, VacancyState),
    Cycle(GroupYear, Option<u32>),
    Rules(Box<Rules>),
    Vacancy(VacancyId, Box<Vacancy>),
}

/// Keeps the indexes true and notes how to take every change back.
pub(crate) struct Live<'a> {
    pub(crate) index: &'a mut Index,
    pub(crate) undo: &'a mut Vec<Undo>,
    pub(crate) clock: Clock<'a>,
}

impl Watcher for Live<'_> {
    fn application(&mut self, holder: u32, old: Option<Application>, new: &Application) {
        match old {
            None => {
                self.index.enter(holder, new, self.clock);
                self.undo.push(Undo::Entered);
            }
            Some(old) => {
                self.index.change(holder, &old, new, self.clock);
                self.undo.push(Undo::Changed(holder, old));
            }
        }
    }

    fn place(&mut self, seat: Seat, old: Place, state: VacancyState, vacancy: &Vacancy) {
        if let Some(new) = vacancy.place(seat.place) {
            self.index.change_place(vacancy.group_year, seat, &old, new);
        }
        self.undo.push(Undo::Place(seat, old, state));
    }

    fn cycle(&mut self, line: GroupYear, old: Option<u32>) {
        self.undo.push(Undo::Cycle(line, old));
    }

    fn rules(&mut self, old: Rules) {
        self.undo.push(Undo::Rules(Box::new(old)));
    }

    fn opens_later(&mut self, id: VacancyId, old: Vacancy) {
        self.undo.push(Undo::Vacancy(id, Box::new(old)));
    }

    fn published(&mut self, id: VacancyId, vacancy: &Vacancy) {
        self.index.publish(id, vacancy);
        self.undo.push(Undo::Published);
    }
}

impl Index {
    /// Takes one change back, in the book and here.
    pub(crate) fn take_back(&mut self, undo: Undo, book: &mut Book, calendar: &Calendar) {
        let policy = std::sync::Arc::clone(&book.rules.policy);
        let clock = Clock { policy: &policy, calendar, since: book.rules.since };
        match undo {
            Undo::Entered => {
                if let Some(last) = book.forget_application() {
                    let holder = u32::try_from(book.applications.len()).unwrap_or(u32::MAX);
                    self.leave(holder, &last, clock);
                }
            }
            Undo::Changed(holder, old) => {
                let back = old.clone();
                if let Some(undone) = book.restore_application(holder, old) {
                    self.change(holder, &undone, &back, clock);
                }
            }
            Undo::Published => {
                if let Some(vacancy) = book.forget_vacancy() {
                    let id = u32::try_from(book.vacancies.len()).unwrap_or(u32::MAX).saturating_add(1);
                    self.unpublish(id, &vacancy);
                }
            }
            Undo::Cycle(line, old) => book.restore_cycle(line, old),
            // The caller builds the indexes anew after these.
            Undo::Rules(old) => book.rules = *old,
            Undo::Vacancy(id, old) => book.restore_vacancy(id, *old),
            Undo::Place(seat, old, state) => {
                let line = book.vacancy(seat.vacancy).map(|vacancy| vacancy.group_year);
                let back = old.clone();
                if let (Some(undone), Some(line)) = (book.restore_place(seat, old, state), line) {
                    self.change_place(line, seat, &undone, &back);
                }
            }
        }
    }
}

impl Book {
    pub(crate) fn restore_application(&mut self, holder: u32, old: Application) -> Option<Application> {
        let application = self.applications.get_mut(index(holder))?;
        Some(std::mem::replace(application, old))
    }

    pub(crate) fn forget_application(&mut self) -> Option<Application> {
        let last = self.applications.pop()?;
        self.numbers.remove(&last.number, count(self.applications.len()));
        Some(last)
    }

    pub(crate) fn restore_place(&mut self, seat: Seat, old: Place, state: VacancyState) -> Option<Place> {
        let vacancy = self.vacancies.get_mut(index(seat.vacancy).checked_sub(1)?)?;
        let undone = vacancy.place(seat.place).cloned();
        vacancy.unset(seat.place, old, state);
        undone
    }

    pub(crate) fn restore_cycle(&mut self, line: GroupYear, old: Option<u32>) {
        match old {
            Some(phase) => self.cycles.insert(line, phase),
            None => self.cycles.remove(line),
        };
    }

    pub(crate) fn restore_vacancy(&mut self, id: VacancyId, old: Vacancy) {
        if let Some(vacancy) = index(id).checked_sub(1).and_then(|at| self.vacancies.get_mut(at)) {
            *vacancy = old;
        }
    }

    pub(crate) fn forget_vacancy(&mut self) -> Option<Vacancy> {
        self.vacancies.pop()
    }
}
