//! What a register looks things up by: the agenda, the queue, and who is whose. All of it follows from the
//! book and can be built from it at any time.

use super::book::Book;
use super::dues::Dues;
use super::lookup::Lookup;
use crate::application::{Application, Standing};
use crate::policy::Clock;
use crate::queue::{Able, Class, Key, Member, Queue, Service};
use crate::vacancy::{Place, Vacancy};
use crate::{BenefitId, Calendar, Day, GroupYear, Moment, Person, Policy, ReferralNumber, Seat, VacancyId};

#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// When each application does something by itself next.
    pub(crate) dues: Dues,
    pub(crate) queue: Queue,
    /// A child's applications.
    children: Lookup,
    /// The applications that a person filed or is linked to.
    people: Lookup,
    /// The referrals that were taken over under their own numbers.
    foreign: Lookup,
}

impl Index {
    pub(crate) fn new(policy: &Policy) -> Index {
        Index { queue: Queue::new(Service::of(policy)), ..Index::default() }
    }

    pub(crate) fn of(book: &Book, calendar: &Calendar) -> Index {
        let key = |(application, holder): (&Application, u32)| key(holder, application);
        let keys = book.applications.iter().zip(0..).map(key).collect();
        let queue = Queue::expecting(Service::of(&book.rules.policy), keys);
        let count = book.applications.len();
        let mut index = Index {
            queue,
            children: Lookup::with_room_for(count),
            people: Lookup::with_room_for(count),
            ..Index::default()
        };
        let clock = Clock { policy: &book.rules.policy, calendar, since: book.rules.since };
        for (application, holder) in book.applications.iter().zip(0..) {
            index.know(holder, application);
            if application.is_active() {
                index.queue.add(&member(holder, application, clock.policy));
            }
        }
        index.dues = Dues::of(book.applications.iter().map(|application| due(application, clock)));
        for (vacancy, id) in book.vacancies.iter().zip(1..) {
            index.publish(id, vacancy);
        }
        index
    }

    /// A child's applications, in any order.
    pub(crate) fn of_child<'a, 'b>(
        &'a self,
        book: &'a Book,
        child: &'b Person,
    ) -> impl Iterator<Item = (u32, &'a Application)> + use<'a, 'b> {
        let known = self.children.each(child).filter_map(|holder| Some((holder, book.application(holder)?)));
        known.filter(|(_, own)| own.child.iin == *child)
    }

    pub(crate) fn of_foreign(&self, book: &Book, referral: ReferralNumber) -> Option<u32> {
        let is_meant = |holder| book.application(holder).is_some_and(|own| own.foreign == Some(referral));
        self.foreign.one(&referral, is_meant)
    }

    /// The applications that a person filed or is linked to, the oldest first.
    pub(crate) fn of_person(&self, book: &Book, person: &Person) -> Vec<u32> {
        let belongs = |holder: &u32| book.application(*holder).is_some_and(|own| own.belongs_to(person));
        let mut own: Vec<u32> = self.people.each(person).filter(belongs).collect();
        own.sort_unstable();
        own
    }

    pub(crate) fn enter(&mut self, holder: u32, new: &Application, clock: Clock<'_>) {
        self.know(holder, new);
        self.add(holder, new, clock);
    }

    /// Whose it is.
    fn know(&mut self, holder: u32, new: &Application) {
        self.children.insert(&new.child.iin, holder);
        if let Some(referral) = new.foreign {
            self.foreign.insert(&referral, holder);
        }
        for person in new.people() {
            self.people.insert(person, holder);
        }
    }

    fn add(&mut self, holder: u32, application: &Application, clock: Clock<'_>) {
        self.dues.set(holder, due(application, clock));
        if application.is_active() {
            self.queue.add(&member(holder, application, clock.policy));
        }
    }

    fn remove(&mut self, holder: u32, application: &Application, clock: Clock<'_>) {
        self.dues.set(holder, None);
        if application.is_active() {
            self.queue.remove(&member(holder, application, clock.policy));
        }
    }

    pub(crate) fn change(&mut self, holder: u32, old: &Application, new: &Application, clock: Clock<'_>) {
        self.dues.set(holder, due(new, clock));
        if stands(old) != stands(new) {
            self.move_in_queue(holder, old, new, clock.policy);
        }
        if (&old.applicant, &old.parents) != (&new.applicant, &new.parents) {
            for gone in old.people().filter(|person| !new.belongs_to(person)) {
                self.people.remove(gone, holder);
            }
            for come in new.people().filter(|person| !old.belongs_to(person)) {
                self.people.insert(come, holder);
            }
        }
    }

    fn move_in_queue(&mut self, holder: u32, old: &Application, new: &Application, policy: &Policy) {
        let (was, is) = (member(holder, old, policy), member(holder, new, policy));
        match (old.is_active(), new.is_active()) {
            (true, true) => self.queue.change(&was, &is),
            (true, false) => self.queue.remove(&was),
            (false, true) => self.queue.add(&is),
            (false, false) => {}
        }
    }

    pub(crate) fn leave(&mut self, holder: u32, old: &Application, clock: Clock<'_>) {
        self.remove(holder, old, clock);
        self.children.remove(&old.child.iin, holder);
        if let Some(referral) = old.foreign {
            self.foreign.remove(&referral, holder);
        }
        for person in old.people() {
            self.people.remove(person, holder);
        }
    }

    pub(crate) fn publish(&mut self, id: VacancyId, vacancy: &Vacancy) {
        for (number, place) in vacancy.places() {
            if let Some((opens_at, _)) = place.unoffered() {
                self.queue.free(vacancy.group_year, Seat { vacancy: id, place: number }, opens_at);
            }
        }
    }

    pub(crate) fn unpublish(&mut self, id: VacancyId, vacancy: &Vacancy) {
        for (number, place) in vacancy.places() {
            if let Some((opens_at, _)) = place.unoffered() {
                self.queue.taken(vacancy.group_year, Seat { vacancy: id, place: number }, opens_at);
            }
        }
    }

    pub(crate) fn change_place(&mut self, line: GroupYear, seat: Seat, old: &Place, new: &Place) {
        if let Some((opens_at, _)) = old.unoffered() {
            self.queue.taken(line, seat, opens_at);
        }
        if let Some((opens_at, _)) = new.unoffered() {
            self.queue.free(line, seat, opens_at);
        }
    }
}

/// When an application does something by itself.
fn due(application: &Application, clock: Clock<'_>) -> Option<Moment> {
    application.dues(clock).map(|(at, _)| at).min()
}

/// All of an application that its member of the queue follows from, beside its registration, which stays.
fn stands(application: &Application) -> (bool, bool, GroupYear, Option<&BenefitId>, Day) {
    let queued = matches!(application.standing, Standing::Queued);
    let (line, born) = (application.group_year, application.child.born);
    (application.is_active(), queued, line, application.benefit.as_ref(), born)
}

pub(crate) fn member<'a>(holder: u32, application: &'a Application, policy: &Policy) -> Member<'a> {
    let queued = matches!(application.standing, Standing::Queued);
    let born = application.child.born;
    let able =
        queued.then(|| Able { from: policy.old_enough_at(born), until: policy.stays_too_old_from(born) });
    Member {
        key: key(holder, application),
        line: application.group_year,
        class: Class::of(application.benefit.as_ref(), policy),
        benefit: application.benefit.as_ref(),
        able,
    }
}

fn key(holder: u32, application: &Application) -> Key {
    Key { registered_at: application.registered_at, holder }
}
