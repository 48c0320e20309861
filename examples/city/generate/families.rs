//! What families do: they file, confirm, choose, come, stay away, recall, leave.

use kezek::{
    Action, ApplicationNumber, Channel, Child as Named, Day, Fact, GroupYear, Moment, Person, Reason,
    VacancyId, Which,
};

use super::rates;
use super::staff::Task;
use super::world::{Plan, Stopped, World};

const DAY: i64 = 86_400;

/// A child of the city, and what its family knows of its matter.
pub(crate) struct Child {
    pub(crate) person: Person,
    pub(crate) parent: Person,
    pub(crate) born: Day,
    pub(crate) year: GroupYear,
    /// Its application's number, once it has one.
    pub(crate) number: Option<ApplicationNumber>,
    /// Counts what happened to it: plans that were made before are void.
    pub(crate) version: u32,
    /// The vacancy that a turn came for.
    turn: Option<VacancyId>,
    /// The first instant that is too late to come with the referral.
    pub(crate) expires_at: Option<Moment>,
}

/// What a family means to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wish {
    File { again: bool },
    FileAgain,
    Link,
    ChangeBenefit,
    Confirm,
    Withdraw,
    Choose,
    ChooseOpen,
    Pass,
    Recall,
    Extend,
}

impl World<'_> {
    /// A new child of the city, to be put in the queue at that moment.
    pub(crate) fn new_child(&mut self, at: Moment) {
        let age = match self.dice.below(100) {
            0..45 => self.dice.between(3, 365),
            45..70 => self.dice.between(365, 730),
            70..85 => self.dice.between(730, 1095),
            85..95 => self.dice.between(1095, 1460),
            _ => self.dice.between(1460, 2200),
        };
        let born = self.zone.day(at).plus_days(i32::try_from(age).unwrap_or(0).saturating_neg());
        let name = self.children.len() + 1;
        let person = |letter: char| format!("p:{letter}{name}").parse::<Person>();
        let (Ok(own), Ok(parent), Ok(year)) = (person('c'), person('a'), GroupYear::try_from(born.year()))
        else {
            return;
        };
        let index = self.children.len();
        self.by_person.insert(own.clone(), index);
        self.children.push(Child {
            person: own,
            parent,
            born,
            year,
            number: None,
            version: 0,
            turn: None,
            expires_at: None,
        });
        self.plan_wish(at, index, Wish::File { again: false });
    }

    /// A family does what it meant to do.
    pub(crate) fn wish(&mut self, child: usize, wish: Wish) -> Result<(), Stopped> {
        let Some(own) = self.children.get(child) else { return Ok(()) };
        if let Wish::File { again } = wish {
            return self.file(child, again);
        }
        let Some(application) = own.number.clone() else { return Ok(()) };
        let of = Which::Application(application.clone());
        let action = match wish {
            Wish::File { .. } => return Ok(()),
            Wish::FileAgain => self.submit(child, None, None),
            Wish::Link => {
                let Ok(parent) = format!("p:b{}", child + 1).parse() else { return Ok(()) };
                Some(Action::LinkParent { application, parent })
            }
            Wish::ChangeBenefit => {
                let benefits = std::mem::take(&mut self.benefits);
                let benefit = self.dice.pick(&benefits).cloned();
                self.benefits = benefits;
                let documents = benefit.as_ref().map(|_| 1);
                Some(Action::ChangeBenefit { application, benefit, documents })
            }
            Wish::Confirm => Some(Action::ConfirmInterest { application }),
            Wish::Withdraw => Some(Action::Withdraw { application }),
            Wish::Pass => Some(Action::PassTurn { application }),
            Wish::Choose => {
                let another = self.dice.in_thousand(rates::ANOTHER);
                let turn = self.children.get(child).and_then(|own| own.turn);
                let open = if another { self.an_open_place(child) } else { None };
                open.or(turn).map(|vacancy| Action::Choose { application, vacancy })
            }
            Wish::ChooseOpen => match self.an_open_place(child) {
                Some(vacancy) => Some(Action::Choose { application, vacancy }),
                // All gone: some press the button all the same.
                None if self.dice.in_thousand(rates::TOO_LATE) => {
                    let last = self.last_vacancy(child);
                    last.map(|vacancy| Action::Choose { application, vacancy })
                }
                None => None,
            },
            Wish::Recall => Some(Action::RecallReferral {
                of,
                reason: Reason::text("нашли место ближе к дому"),
            }),
            Wish::Extend => {
                let until = self.children.get(child).and_then(|own| own.expires_at);
                let days = i32::try_from(self.dice.between(5, 30)).unwrap_or(5);
                let until = until.map(|end| self.zone.day(end.plus_seconds(-1)).plus_days(days));
                let reason = Reason {
                    code: Some("illness".to_owned()), text: "ребёнок болеет".to_owned()
                };
                until.map(|until| Action::ExtendReferral { of, until, reason })
            }
        };
        action.map_or(Ok(()), |action| self.ask(action).map(|_done| ()))
    }

    fn submit(
        &self,
        child: usize,
        benefit: Option<kezek::BenefitId>,
        documents: Option<u32>,
    ) -> Option<Action> {
        let own = self.children.get(child)?;
        Some(Action::Submit {
            applicant: own.parent.clone(),
            child: Named { iin: own.person.clone(), born: own.born },
            benefit,
            documents,
            channel: None,
            channel_number: None,
            application: None,
        })
    }

    /// Puts a child in the queue; who forgot the benefit's papers does it again with them.
    fn file(&mut self, child: usize, again: bool) -> Result<(), Stopped> {
        let with_benefit = again || self.dice.in_thousand(rates::WITH_BENEFIT);
        let papers = again || !self.dice.in_thousand(rates::FORGET_PAPERS);
        let benefits = std::mem::take(&mut self.benefits);
        let benefit = self.dice.pick(&benefits).filter(|_| with_benefit).cloned();
        self.benefits = benefits;
        let documents = benefit.as_ref().filter(|_| papers).map(|_| 2);
        let Some(mut submit) = self.submit(child, benefit, documents) else { return Ok(()) };
        if let Action::Submit { channel, channel_number, .. } = &mut submit {
            let way = self.dice.below(1000);
            if way < rates::BY_EGOV {
                (*channel, *channel_number) = (Some(Channel::Egov), Some(format!("e-{}", child + 1)));
            } else if way < rates::BY_EGOV + rates::BY_CENTRE {
                (*channel, *channel_number) = (Some(Channel::Centre), Some(format!("c-{}", child + 1)));
            }
        }
        if !self.ask(submit)? && !again {
            let later = self.now.plus_seconds(self.dice.between(120, 3600));
            self.plan_wish(later, child, Wish::File { again: true });
        }
        Ok(())
    }

    /// An open place of the child's line.
    fn an_open_place(&mut self, child: usize) -> Option<VacancyId> {
        let year = self.children.get(child)?.year;
        let open = self.open.get(&year)?;
        let nth = usize::try_from(self.dice.below(u64::try_from(open.len().min(50)).ok()?)).ok()?;
        open.keys().nth(nth).copied()
    }

    /// The last vacancy that there was for the child's line.
    fn last_vacancy(&self, child: usize) -> Option<VacancyId> {
        let year = self.children.get(child)?.year;
        let back = self.vacancies.iter().rev().take(500).position(|(_, own)| *own == year)?;
        VacancyId::try_from(self.vacancies.len().checked_sub(back)?).ok()
    }

    /// Places of a vacancy have opened: people of its year go for them, in the first minutes of the morning.
    pub(crate) fn rush(&mut self, vacancy: VacancyId, places: usize) {
        let Some(year) = self.year_of(vacancy) else { return };
        for _ in 0..places {
            let known = self.waiting.get(&year).and_then(|crowd| self.dice.pick(&crowd.all)).copied();
            let Some(child) = known.filter(|child| self.is_old_enough(*child)) else { continue };
            if self.dice.in_thousand(rates::RUSH) {
                let minutes = self.dice.between(0, 46 * 60);
                let morning =
                    if self.zone.clock(self.now) < 7 * 3600 { 7 * 3600 } else { self.zone.clock(self.now) };
                let at = self.in_days(0, morning).plus_seconds(minutes);
                self.plan_wish(at, child, Wish::ChooseOpen);
            }
        }
    }

    fn is_old_enough(&self, child: usize) -> bool {
        self.children.get(child).is_some_and(|own| own.born.plus_months(24) <= self.today())
    }

    /// Something happened to a child's matter; its family and the kindergarten make their plans.
    pub(crate) fn concerns(&mut self, child: usize, fact: &Fact) {
        if let Some(own) = self.children.get_mut(child) {
            match fact {
                // What leaves the matter as it is leaves the plans too.
                Fact::InterestConfirmed { .. }
                | Fact::BenefitChanged { .. }
                | Fact::BenefitProved { .. }
                | Fact::ParentLinked { .. }
                | Fact::ReminderDue { .. }
                | Fact::SeatReturned { .. }
                | Fact::Visited { .. } => {}
                Fact::TurnMoved { vacancy, .. } => own.turn = Some(*vacancy),
                _another => own.version += 1,
            }
        }
        match fact {
            Fact::Registered { next_due, .. } => self.joined(child, *next_due),
            Fact::InterestConfirmed { next_due, .. } => self.remember_interest(child, *next_due),
            Fact::TurnCame { vacancy, choose_by, .. } => self.notified(child, *vacancy, *choose_by),
            Fact::TurnLapsed { .. } | Fact::StopListEnded { .. } | Fact::Restored { .. } => self.back(child),
            Fact::ReferralRecalled { .. } => self.back(child),
            Fact::ReferralIssued { expires_at, .. } => self.referred(child, *expires_at),
            Fact::ReferralExtended { expires_at, .. } => self.extended(child, *expires_at),
            Fact::Refused { .. } => {
                let at = self.office_time(2, 12);
                self.plan(at, Plan::Staff(Task::Decide(child)));
            }
            Fact::RefusalOverturned { .. } => self.will_accept(child, 1, 5),
            Fact::Enrolled { .. } => self.may_depart(child),
            Fact::StopListed { .. } | Fact::MadeInactive { .. } | Fact::Closed { .. } => {
                self.waits(child, false)
            }
            _without_consequence => {}
        }
    }

    fn may_depart(&mut self, child: usize) {
        if self.dice.in_thousand(rates::DEPART) {
            let at = self.office_time(20, 600);
            self.plan(at, Plan::Staff(Task::Depart(child)));
        }
    }

    fn joined(&mut self, child: usize, next_due: Option<Moment>) {
        self.waits(child, true);
        self.remember_interest(child, next_due);
        for (times, wish, most) in [
            (rates::FILE_TWICE, Wish::FileAgain, 20),
            (rates::LINK_PARENT, Wish::Link, 60),
            (rates::CHANGE_BENEFIT, Wish::ChangeBenefit, 300),
            (rates::WITHDRAW, Wish::Withdraw, 700),
        ] {
            if self.dice.in_thousand(times) {
                let at = self.some_time(1, most);
                self.plan_wish(at, child, wish);
            }
        }
        let year = self.children.get(child).map(|own| own.year);
        let some_open = year.and_then(|year| self.open.get(&year)).is_some_and(|open| !open.is_empty());
        if some_open && self.is_old_enough(child) {
            let at = self.some_time(1, 8);
            self.plan_wish(at, child, Wish::ChooseOpen);
        }
    }

    /// Where interest must be confirmed by a day, most do so in the month before.
    fn remember_interest(&mut self, child: usize, next_due: Option<Moment>) {
        if let Some(due) = next_due
            && self.dice.in_thousand(rates::REFRESH)
        {
            let at = due.plus_seconds(-self.dice.between(3600, 30 * DAY));
            self.plan(at, Plan::Staff(Task::Remind(child)));
        }
    }

    fn notified(&mut self, child: usize, vacancy: VacancyId, choose_by: Moment) {
        self.waits(child, false);
        if let Some(own) = self.children.get_mut(child) {
            own.turn = Some(vacancy);
        }
        let answer = self.dice.below(1000);
        let wish = match answer {
            _ if answer < rates::CHOOSE => Wish::Choose,
            _ if answer < rates::CHOOSE + rates::PASS => Wish::Pass,
            _ => return,
        };
        let at = self.some_time(0, 2).max(self.now.plus_seconds(60));
        self.plan_wish(at.min(choose_by.plus_seconds(-1)), child, wish);
    }

    /// In the queue again; open places are gone for by some.
    fn back(&mut self, child: usize) {
        self.waits(child, true);
        if self.dice.in_thousand(rates::TOO_LATE) {
            let at = self.some_time(1, 20);
            self.plan_wish(at, child, Wish::ChooseOpen);
        }
    }

    fn referred(&mut self, child: usize, expires_at: Moment) {
        self.waits(child, false);
        if let Some(own) = self.children.get_mut(child) {
            own.expires_at = Some(expires_at);
        }
        let answer = self.dice.below(1000);
        let mut bound = 0;
        let mut until = |times: u64| {
            bound += times;
            answer < bound
        };
        if until(rates::RECALL) {
            let at = self.now.plus_seconds(self.dice.between(600, DAY));
            self.plan_wish(at, child, Wish::Recall);
        } else if until(rates::RECALL_LATE) {
            let at = self.now.plus_seconds(self.dice.between(DAY + 1, 2 * DAY));
            self.plan_wish(at, child, Wish::Recall);
            self.will_accept(child, 3, 4);
        } else if until(rates::EXTEND) {
            let at = self.some_time(1, 3);
            self.plan_wish(at, child, Wish::Extend);
        } else if until(rates::STAY_AWAY) {
            // Nobody comes.
        } else if until(rates::REFUSE) {
            let at = self.office_time(1, 4);
            self.plan_task(at, child, Task::Refuse);
        } else {
            self.will_accept(child, 0, 5);
        }
    }

    fn extended(&mut self, child: usize, expires_at: Moment) {
        if let Some(own) = self.children.get_mut(child) {
            own.expires_at = Some(expires_at);
        }
        if !self.dice.in_thousand(rates::STAY_AWAY) {
            self.will_accept(child, 4, 9);
        }
    }
}
