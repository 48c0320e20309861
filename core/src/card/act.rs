//! Acting on a card: what falls due, commands, and what they mean for the host's other rows.

use std::sync::Arc;

use serde::Serialize;

use super::effect::Effect;
use super::offer::{Move, Offer};
use super::{Asked, Card, check_revision};
use crate::application::{Application, Held};
use crate::error::ErrorCode;
use crate::event::Trigger;
use crate::policy::Start;
use crate::queue::{Class, Service};
use crate::{
    Command, Denial, DenialReason, Error, Event, Fact, Moment, Outcome, ReferralNumber, Seat, Stage,
};

/// What a card answers to a command, or to time.
#[derive(Clone, Debug, Serialize)]
#[must_use = "a denial is an answer, not an error: look at the outcome, and keep the next card"]
pub struct CardOutcome {
    /// What happened to the application, and what stood against the command. The events are numbered from the
    /// card's revision on; a host with a journal of its own numbers them there.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The card after it, to be stored. Once a place has gone to others it is good for nothing more: call the
    /// line ([`Effect::LineToCall`]), then make a new one.
    pub card: Card,
    /// What the host changes in its other rows.
    pub effects: Vec<Effect>,
}

/// What brings a turn, or opens places: a command, named by the `seq` of its first event, or a moment (O16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// By a command.
    ByCommand(u64),
    /// By itself.
    Due,
}

impl Called {
    pub(super) fn trigger(self) -> Trigger {
        match self {
            Called::ByCommand(first) => {
                Trigger::Command { first: Some(first), envelope: None, overrides: false }
            }
            Called::Due => Trigger::Due,
        }
    }
}

/// What is written down while a card acts.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) events: Vec<Arc<Event>>,
    pub(super) effects: Vec<Effect>,
    /// Whether the application became able to be called.
    pub(super) able: bool,
    /// When a place first went to others: from then on they decide what it is.
    freed: Option<Moment>,
}

impl Notes {
    pub(super) fn free(&mut self, at: Moment) {
        self.freed.get_or_insert(at);
    }
}

impl Card {
    /// Lets what falls due of the application by itself happen, each thing at its own moment.
    ///
    /// # Errors
    /// As [`Card::check`], without those of a command; what is due of the application itself is none.
    /// [`ErrorCode::NotSettled`](crate::ErrorCode::NotSettled) at `valid_until` too when before `now` a place goes
    /// to others, who decide what becomes of it: go to [`Card::next_deadline`] first, call the line
    /// ([`Effect::LineToCall`]), and make a new card. A host that goes from deadline to deadline never meets it.
    ///
    /// ```
    /// # use kezek::{Action, Child, Language, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let _ = register.apply(Action::Submit {
    /// #     applicant: "p:parent-1".parse()?,
    /// #     child: Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? },
    /// #     benefit: None, documents: None, channel: None, channel_number: None, application: None,
    /// # }, "2018-01-10T09:00:00+06:00".parse()?)?.accepted()?;
    /// # let now = "2018-03-16T18:20:00+06:00".parse()?;
    /// # let publish = Action::PublishVacancy {
    /// #     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Ru, places: 1, kind: None,
    /// # };
    /// # let _ = register.apply(publish, now)?.accepted()?;
    /// // A turn came; nothing is chosen, and the window passes.
    /// let card = register.at(now)?.card(&"UO.2018.000001.1".parse()?)?;
    /// let later = card.advance("2018-03-27T00:00:00+06:00".parse()?)?;
    /// assert_eq!(later.outcome.events[0].fact.name(), "turn_lapsed");
    /// assert_eq!(later.effects[0], kezek::Effect::PlaceOpened { vacancy: 1, place: 1 });
    /// // And the child is in the queue again, to be called for another place.
    /// assert_eq!(later.effects[1], kezek::Effect::LineToCall { group_year: 2015 });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&self, now: Moment) -> Result<CardOutcome, Error> {
        self.check_clock(now)?;
        let (mut card, mut notes) = (self.clone(), Notes::default());
        card.settle(now, &mut notes);
        self.check_known(&notes, now)?;
        Ok(card.answer(notes, Vec::new()))
    }

    /// Lets what falls due happen, then does a command on the application or denies it.
    ///
    /// A `key` is written down, not looked up: which commands were done is in the host's rows.
    ///
    /// # Errors
    /// As [`Card::check`]; what is due of the application itself is none, but for a place that goes to others by
    /// `now` (see [`Card::advance`]). Nothing has happened then.
    pub fn apply(&self, command: impl Into<Command>, now: Moment) -> Result<CardOutcome, Error> {
        let command = command.into();
        let asked = self.asked(&command)?;
        check_revision(&command, self.revision)?;
        self.check_clock(now)?;
        let (mut card, mut notes) = (self.clone(), Notes::default());
        card.settle(now, &mut notes);
        self.check_known(&notes, now.plus_seconds(1))?;
        let reasons = card.judge(&command, &asked, now);
        let denials = self.rules.denials(reasons);
        if denials.is_empty() {
            card.possible(&asked)?;
            let mut by = Trigger::of(&command, command.body(), notes.events.len());
            card.act(&command, &asked, now, &mut by, &mut notes);
        }
        Ok(card.answer(notes, denials))
    }

    /// The turn has come, for a waiting place: the host calls its line ([`Effect::LineToCall`]). It is denied to
    /// one who cannot be called now.
    ///
    /// # Errors
    /// As [`Card::advance`].
    pub fn call(&self, to: Seat, now: Moment, by: Called) -> Result<CardOutcome, Error> {
        self.told(now, by, |card, start| {
            let unmet = card.application.not_callable(card.rules.clock(), now);
            if unmet.is_empty() { Ok(card.turn_to(to, start)) } else { Err(unmet) }
        })
    }

    /// Its turn is from now on for another place: somebody took the one that it was for.
    ///
    /// # Errors
    /// As [`Card::advance`].
    pub fn move_turn(&self, to: Seat, now: Moment, by: Called) -> Result<CardOutcome, Error> {
        self.told(now, by, |card, _| match card.application.held() {
            Held::Turn(_) => {
                let application = card.application.number.clone();
                Ok(Fact::TurnMoved { application, vacancy: to.vacancy, place: to.place })
            }
            Held::Referral(_) | Held::Nothing => Err(vec![DenialReason::NotYourTurn]),
        })
    }

    /// From when until when it may be called, while it is queued: between the age of choice and the age limit.
    #[must_use]
    pub fn callable(&self) -> Option<(Moment, Moment)> {
        let (policy, born) = (&self.rules.policy, self.application.child.born);
        let queued = self.application.stage() == Stage::Queued;
        queued.then(|| (policy.old_enough_at(born), policy.too_old_at(born)))
    }

    /// The moment of its first own deadline, for a host's agenda.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Moment> {
        self.next_due()
    }

    /// One fact that others bring about.
    fn told(
        &self,
        now: Moment,
        called: Called,
        fact: impl FnOnce(&Card, Start) -> Result<Fact, Vec<DenialReason>>,
    ) -> Result<CardOutcome, Error> {
        self.check_clock(now)?;
        let (mut card, mut notes) = (self.clone(), Notes::default());
        card.settle(now, &mut notes);
        self.check_known(&notes, now.plus_seconds(1))?;
        let mut by = called.trigger();
        // While every clock stands nobody is called.
        if card.rules.paused {
            let denials = card.rules.denials(vec![DenialReason::Paused]);
            return Ok(card.answer(notes, denials));
        }
        let unmet = match fact(&card, Start { at: now, by_itself: by.by_itself() }) {
            Ok(fact) => {
                card.record(fact, now, &mut by, &mut notes);
                Vec::new()
            }
            Err(unmet) => unmet,
        };
        let denials = card.rules.denials(unmet);
        Ok(card.answer(notes, denials))
    }

    /// Whether it still knows what is around it at a moment: not once a place has gone to others before.
    fn check_known(&self, notes: &Notes, now: Moment) -> Result<(), Error> {
        match notes.freed {
            Some(freed) if freed < now => {
                let zone = self.rules.policy.zone();
                let expected = format!("advance({}), the line called, and a new card", freed.in_zone(zone));
                let found = "a place that goes to others";
                Err(Error::new(ErrorCode::NotSettled, "valid_until", expected, found))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What is late of an application that has just been registered.
    pub(super) fn begun(mut self, now: Moment) -> CardOutcome {
        let mut notes = Notes::default();
        self.settle_moment(now, &mut Trigger::Due, &mut notes);
        self.answer(notes, Vec::new())
    }

    fn act(&mut self, command: &Command, asked: &Asked, now: Moment, by: &mut Trigger, notes: &mut Notes) {
        let clock = self.rules.clock();
        let chosen = asked.vacancy.and_then(|id| self.offer(id));
        let first = match (chosen, self.line.next_referral) {
            (Some(offer), Some(referral)) => offer.place_to_take(self.turn()).map(|place| {
                let seat = Seat { vacancy: offer.vacancy, place };
                self.application.referred_to(seat, &offer.kindergarten, referral, clock, now)
            }),
            (Some(_), None) => None,
            (None, _) => self.application.first_fact(&command.action, clock, now),
        };
        if let Some(first) = first {
            self.record_chain(first, now, by, notes);
        }
        self.settle_moment(now, by, notes);
    }

    /// The place of its turn.
    fn turn(&self) -> Option<Seat> {
        match self.application.held() {
            Held::Turn(seat) => Some(seat),
            Held::Referral(_) | Held::Nothing => None,
        }
    }

    /// When it does something by itself next: a term ends, or a birthday brings a turn.
    pub(super) fn next_due(&self) -> Option<Moment> {
        if self.rules.paused {
            return None;
        }
        let own = self.application.dues(self.rules.clock()).map(|(at, _)| at).min();
        let birthday = self.now.and_then(|now| self.birthday(now));
        own.into_iter().chain(birthday).min()
    }

    /// The birthday that brings it a turn, while a place waits that it could then be offered.
    pub(super) fn birthday(&self, now: Moment) -> Option<Moment> {
        if self.application.stage() != Stage::Queued {
            return None;
        }
        let at = self.rules.policy.old_enough_at(self.application.child.born);
        let mut free = self.own_line().flat_map(|offer| &offer.free);
        (now < at && free.any(|free| at <= free.opens_at)).then_some(at)
    }

    /// Settles every moment up to `now`, the earliest first.
    fn settle(&mut self, now: Moment, notes: &mut Notes) {
        while let Some(due) = self.next_due()
            && due <= now
        {
            // What fell due while something held it back is judged now, not in the past.
            let at = self.now.map_or(due, |last| due.max(last));
            self.settle_moment(at, &mut Trigger::Due, notes);
        }
        self.now = Some(now);
    }

    /// Settles one moment: what is due, then a turn, then places that open.
    pub(super) fn settle_moment(&mut self, at: Moment, by: &mut Trigger, notes: &mut Notes) {
        self.now = Some(at);
        while !self.rules.paused {
            self.settle_due(at, notes);
            self.take_turn(at, by, notes);
            self.open_places(at);
            // Only what was late when it was written down is due in the moment in which it began.
            if self.application.dues(self.rules.clock()).all(|(due, _)| at < due) {
                return;
            }
        }
    }

    /// R41: the places of its line that nobody could be offered in their time.
    fn open_places(&mut self, at: Moment) {
        let line = self.application.group_year;
        for offer in self.line.offers.iter_mut().filter(|offer| offer.group_year == line) {
            (0..offer.open_due(at)).for_each(|_| self.line.places.change(Move::Opens));
        }
    }

    fn settle_due(&mut self, at: Moment, notes: &mut Notes) {
        loop {
            let due = self.application.dues(self.rules.clock()).find(|(due, _)| *due <= at);
            let first = due.and_then(|(_, due)| self.application.fall_due(due));
            let Some(first) = first else { return };
            self.record_chain(first, at, &mut Trigger::Due, notes);
        }
    }

    /// R38: a place that waits and that nobody before it could be offered.
    fn take_turn(&mut self, at: Moment, by: &mut Trigger, notes: &mut Notes) {
        if !self.application.not_callable(self.rules.clock(), at).is_empty() {
            return;
        }
        let free = |offer: &Offer| Some(Seat { vacancy: offer.vacancy, place: offer.first_free()? });
        let Some(seat) = self.own_line().find_map(free) else { return };
        let start = Start { at, by_itself: by.by_itself() };
        let fact = self.turn_to(seat, start);
        self.record(fact, at, by, notes);
    }

    fn turn_to(&self, seat: Seat, start: Start) -> Fact {
        let policy = &self.rules.policy;
        let class = Class::of(self.application.benefit.as_ref(), policy);
        let cycle = Service::of(policy).cycle_after(class, self.line.cycle);
        self.application.called_to(seat, self.rules.clock(), start, cycle)
    }

    /// The vacancies of its line.
    pub(super) fn own_line(&self) -> impl Iterator<Item = &Offer> {
        let line = self.application.group_year;
        self.line.offers.iter().filter(move |offer| offer.group_year == line)
    }

    /// Records a fact about the application and all that it brings about for it.
    fn record_chain(&mut self, first: Fact, at: Moment, by: &mut Trigger, notes: &mut Notes) {
        let start = Start { at, by_itself: by.by_itself() };
        let held = self.application.held();
        let mut next = Some(first);
        while let Some(fact) = next {
            let event = self.record(fact, at, by, notes);
            next = self.application.consequence(&event.fact, held, self.rules.clock(), start);
        }
    }

    /// Writes a fact down and takes it in: the one place where a card changes.
    fn record(&mut self, fact: Fact, at: Moment, by: &mut Trigger, notes: &mut Notes) -> Arc<Event> {
        let event = Arc::new(by.event(self.revision.saturating_add(1), at, fact));
        self.revision = event.seq;
        let held = self.application.held();
        self.application.absorb(&event);
        self.follow(&event.fact, held, at, notes);
        notes.events.push(Arc::clone(&event));
        event
    }

    fn answer(mut self, mut notes: Notes, denials: Vec<Denial>) -> CardOutcome {
        let able = notes.able && matches!(self.application.stage(), Stage::Queued | Stage::Notified);
        if able || notes.freed.is_some() {
            notes.effects.push(Effect::LineToCall { group_year: self.application.group_year });
        }
        if let Some(freed) = notes.freed {
            self.valid_until = Some(self.valid_until.map_or(freed, |until| until.min(freed)));
        }
        let outcome = Outcome { events: notes.events, denials };
        CardOutcome { outcome, card: self, effects: notes.effects }
    }
}

impl Application {
    /// Whether a referral of that number was issued to it (R84), or taken over with it.
    pub(crate) fn was_issued(&self, number: ReferralNumber) -> bool {
        let own = |(serial, ordinal): (u32, u32)| {
            serial == self.serial && (1..=u32::from(self.referrals)).contains(&ordinal)
        };
        self.foreign == Some(number) || number.parts().is_some_and(own)
    }

    /// R84: the serial and the ordinal after the last one, but not a number that was taken over; none after the
    /// ninety-ninth.
    pub(crate) fn next_referral(&self) -> Option<ReferralNumber> {
        let ordinals = u32::from(self.referrals).saturating_add(1)..=99;
        let mut numbers = ordinals.map(|ordinal| ReferralNumber::of(self.serial, ordinal));
        numbers.find(|number| self.foreign != Some(*number))
    }
}
