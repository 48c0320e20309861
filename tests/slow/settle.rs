//! What happens by itself (wire.md 2 and 3): everything that fell due, each thing at its own moment.

use serde_json::json;

use super::calendar::Instant;
use super::model::{Fault, Model, Place, Seat, Stage, rfc};
use super::pause::Owner;
use super::policy::{NoAnswer, Reminder};

impl Model {
    /// Settles everything that fell due up to now.
    pub(crate) fn settle(&mut self, now: Instant) {
        self.cause = "due";
        // What was late when it was written is dated when it is found.
        while let Some(due) = self.next_deadline().filter(|due| *due <= now) {
            self.moment(due);
        }
        self.now = Some(now);
    }

    /// Everything due in one moment: application by application in order of serial, then turns, then openings.
    fn moment(&mut self, at: Instant) {
        self.now = Some(at);
        self.policies_in_force(at);
        self.due(at);
        self.turns(at);
    }

    /// After a command: what came back to the queue too late, and what was late when it was written; then turns.
    pub(crate) fn afterwards(&mut self, at: Instant) {
        if self.paused.is_some() {
            return;
        }
        self.cause = "due";
        self.policies_in_force(at);
        self.due(at);
        self.cause = "command";
        self.turns(at);
    }

    /// When something will happen if nothing is commanded before.
    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        if self.paused.is_some() {
            return None;
        }
        let mut moments: Vec<Instant> = Vec::new();
        for who in 0..self.applications.len() {
            moments.extend(self.deadlines(who));
        }
        for (index, vacancy) in self.vacancies.iter().enumerate() {
            for (place, state) in vacancy.places.iter().enumerate() {
                if let Place::Waiting { turn: None, opens_at, .. } = state {
                    moments.push(*opens_at);
                    moments.extend(self.birthdays((index, place)));
                }
            }
        }
        moments.extend(self.announced.iter().map(|(from, _)| *from));
        moments.into_iter().min()
    }

    /// The birthdays at which a waiting place could be offered to somebody who is still too young.
    fn birthdays(&self, seat: Seat) -> Vec<Instant> {
        let Place::Waiting { passed_by, .. } = self.place(seat) else { return Vec::new() };
        let now = self.now.expect("a place was published");
        let young = (0..self.applications.len()).filter(|who| {
            let one = &self.applications[*who];
            one.line == self.vacancies[seat.0].line
                && one.stage == Stage::Queued
                && self.too_young(*who, now)
                && !passed_by.contains(&one.serial)
        });
        young
            .map(|who| self.policy.calendar.reaches(self.applications[who].born, self.policy.choose_from))
            .collect()
    }

    /// All ends that run for an application.
    pub(crate) fn deadlines(&self, who: usize) -> Vec<Instant> {
        let one = &self.applications[who];
        let mut moments = Vec::new();
        let limit = self.policy.calendar.reaches(one.born, self.policy.until);
        match one.stage {
            Stage::Queued => moments.extend(one.next_due),
            Stage::Notified => moments.extend(one.choose_by),
            Stage::Referred => {
                let referral = one.live().expect("a live referral");
                moments.extend(referral.expires_at);
                moments.extend(referral.prove_by);
            }
            Stage::StopListed | Stage::Inactive => moments.extend(one.until),
            Stage::UnderReview | Stage::Enrolled | Stage::Closed => {}
        }
        if self.policy.close_at_limit && self.judged_by_age(who) {
            moments.push(limit);
        }
        moments.extend(self.reminders(who).iter().map(|(at, ..)| *at));
        moments
    }

    /// O28: at the birthday when queued, notified, stop-listed or inactive; with a referral on return.
    fn judged_by_age(&self, who: usize) -> bool {
        use Stage::{Inactive, Notified, Queued, StopListed};
        matches!(self.applications[who].stage, Queued | Notified | StopListed | Inactive)
    }

    /// The reminders to come: when, which one, of which end.
    fn reminders(&self, who: usize) -> Vec<(Instant, Reminder, Instant)> {
        let one = &self.applications[who];
        let (calendar, ends) = (&self.policy.calendar, self.policy.ends);
        let mut coming = Vec::new();
        for reminder in &self.policy.reminders {
            let running = match reminder.of.as_str() {
                "interest" if one.active() => one.next_due.map(|end| (end, one.interest_since)),
                "turn" if one.stage == Stage::Notified => one.choose_by.map(|end| (end, one.stage_since)),
                "referral" if one.stage == Stage::Referred => {
                    let referral = one.live().expect("a live referral");
                    referral.expires_at.map(|end| (end, referral.end_since))
                }
                _ => None,
            };
            let Some((end, since)) = running else { continue };
            let day = calendar.before(calendar.last_good_day(end, ends), reminder.before);
            let at = calendar.midnight(day);
            let missed = at <= since;
            // Nobody is reminded of an end that is past.
            let past = self.now.is_some_and(|now| end <= now);
            if !missed && !past && at < end && !one.reminded.contains(&(reminder.clone(), end)) {
                coming.push((at, reminder.clone(), end));
            }
        }
        coming
    }

    /// Application by application in order of serial; but those for whom something is late (after an import, a new
    /// policy, a pause) in the order in which it fell due, dated now.
    fn due(&mut self, at: Instant) {
        loop {
            let all = 0..self.applications.len();
            let first = all.flat_map(|who| self.deadlines(who).into_iter().map(move |due| (due, who))).min();
            let Some((_, who)) = first.filter(|(due, _)| *due <= at) else { return };
            self.due_of(who, at);
        }
    }

    /// Of one: age limit, then interest, then the rest.
    fn due_of(&mut self, who: usize, at: Instant) {
        if self.closed_by_age_or_interest(who, at) {
            return;
        }
        self.rest_due(who, at);
        // O22, O28: who came back from a referral, a turn or the stop-list is judged before any turn.
        self.closed_by_age_or_interest(who, at);
        self.remind(who, at);
    }

    fn closed_by_age_or_interest(&mut self, who: usize, at: Instant) -> bool {
        let one = &self.applications[who];
        // O28: the age limit first.
        if self.policy.close_at_limit && self.judged_by_age(who) && self.too_old(one.born, at) {
            self.close(who, at, "age_limit");
            return true;
        }
        // R33, O22: only while queued.
        if one.stage == Stage::Queued && one.next_due.is_some_and(|due| due <= at) {
            self.close(who, at, "interest_lapsed");
            return true;
        }
        false
    }

    fn rest_due(&mut self, who: usize, at: Instant) {
        let over = |end: Option<Instant>| end.is_some_and(|end| end <= at);
        let one = &self.applications[who];
        match one.stage {
            Stage::Notified if over(one.choose_by) => self.turn_lapses(who, at),
            // F18: if it ends with the referral, the proof comes first.
            Stage::Referred if over(one.live().and_then(|referral| referral.prove_by)) => {
                self.not_proved(who, at);
            }
            Stage::Referred if over(one.live().and_then(|referral| referral.expires_at)) => {
                self.referral_lapses(who, at);
            }
            // R50: back in the queue, nothing is held.
            Stage::StopListed if over(one.until) => {
                self.record_of(at, "stop_list_ended", who, json!({}));
                self.back_in_queue(who);
            }
            // F26: not restored in time.
            Stage::Inactive if over(one.until) => self.close(who, at, "no_answer"),
            _ => {}
        }
    }

    /// O24: once a term, after whatever else falls due.
    fn remind(&mut self, who: usize, at: Instant) {
        for (due, reminder, end) in self.reminders(who) {
            if due <= at {
                let of = reminder.of.clone();
                self.applications[who].reminded.push((reminder, end));
                self.record_of(at, "reminder_due", who, json!({"of": of, "until": rfc(end)}));
            }
        }
    }

    /// R41, R42, F26, F28: the application as the policy says, then the place.
    pub(crate) fn turn_lapses(&mut self, who: usize, at: Instant) {
        let seat = self.applications[who].seat.expect("a turn has a seat");
        let vacancy = seat.0 + 1;
        self.record_of(at, "turn_lapsed", who, json!({"vacancy": vacancy}));
        let serial = self.applications[who].serial;
        if let Place::Waiting { turn, passed_by, .. } = &mut self.vacancies[seat.0].places[seat.1] {
            *turn = None;
            passed_by.push(serial);
        }
        self.back_in_queue(who);
        match self.policy.no_answer {
            NoAnswer::Keep => {}
            NoAnswer::Inactive { within, times } if self.applications[who].times_inactive < times => {
                let until = self.start(Owner::Application(serial), "until", at, within);
                let one = &mut self.applications[who];
                (one.stage, one.until) = (Stage::Inactive, Some(until));
                one.times_inactive += 1;
                self.record_of(at, "made_inactive", who, json!({"until": rfc(until)}));
            }
            NoAnswer::Close | NoAnswer::Inactive { .. } => self.close(who, at, "no_answer"),
        }
        if self.policy.unchosen == "free_choice" {
            self.set(seat, Place::Open);
            self.record(at, "seats_opened", json!({"vacancy": vacancy, "places": 1}));
        }
    }

    /// R47, R48, R51: annulled; the stop-list, or the removal.
    fn referral_lapses(&mut self, who: usize, at: Instant) {
        let one = &mut self.applications[who];
        one.lapses += 1;
        let (lapses, number) = (one.lapses, one.live_mut().number.clone());
        let (seat, serial) = (one.seat.expect("a place"), one.serial);
        self.record_of(at, "referral_expired", who, json!({"referral": number, "lapses": lapses}));
        if self.policy.lapses_to_removal.is_some_and(|most| lapses >= most) {
            self.close(who, at, "referrals_lapsed");
        } else {
            self.stop_list(who, at);
        }
        let to = self.policy.after_lapse.clone();
        self.give_back(seat, serial, at, &to);
    }

    /// F18: no lapse is counted, the benefit is lost.
    fn not_proved(&mut self, who: usize, at: Instant) {
        let one = &mut self.applications[who];
        let (lapses, number) = (one.lapses, one.live_mut().number.clone());
        let (seat, serial) = (one.seat.expect("a place"), one.serial);
        (one.benefit, one.proved) = (None, false);
        self.record_of(at, "referral_expired", who, json!({"referral": number, "lapses": lapses}));
        self.record_of(at, "benefit_lost", who, json!({}));
        self.stop_list(who, at);
        let to = self.policy.after_lapse.clone();
        self.give_back(seat, serial, at, &to);
    }

    /// R48; without a stop-list back in the queue.
    fn stop_list(&mut self, who: usize, at: Instant) {
        self.back_in_queue(who);
        if let Some(term) = self.policy.stop_list_term {
            let serial = self.applications[who].serial;
            let until = self.start(Owner::Application(serial), "until", at, term);
            let one = &mut self.applications[who];
            (one.stage, one.until, one.stage_since) = (Stage::StopListed, Some(until), at);
            self.record_of(at, "stop_listed", who, json!({"until": rfc(until)}));
        }
    }

    /// Queued, with nothing of another stage left.
    pub(crate) fn back_in_queue(&mut self, who: usize) {
        let one = &mut self.applications[who];
        one.stage = Stage::Queued;
        (one.seat, one.choose_by, one.until, one.referral) = (None, None, None, None);
    }

    /// Closing frees the place of a turn for the next in line.
    pub(crate) fn close(&mut self, who: usize, at: Instant, reason: &'static str) {
        let one = &self.applications[who];
        if let (Stage::Notified, Some(seat)) = (one.stage, one.seat) {
            self.drop_turn(seat);
        }
        self.back_in_queue(who);
        let one = &mut self.applications[who];
        (one.stage, one.reason) = (Stage::Closed, Some(reason));
        self.record_of(at, "closed", who, json!({"reason": reason}));
    }

    pub(crate) fn drop_turn(&mut self, seat: Seat) {
        if let Place::Waiting { turn, .. } = &mut self.vacancies[seat.0].places[seat.1] {
            *turn = None;
        }
    }

    /// O13, O14: to whom the policy says; never to the giver.
    pub(crate) fn give_back(&mut self, seat: Seat, giver: u64, at: Instant, to: &str) {
        let passed_by = match self.fault {
            Some(Fault::GiverIsAskedAgain) => Vec::new(),
            _ => vec![giver],
        };
        let place = match to {
            // When there is nobody else it opens at once.
            "next_in_line" => Place::Waiting { turn: None, passed_by, opens_at: at },
            "free_choice" => Place::Open,
            _ => Place::Gone,
        };
        self.set(seat, place);
        let giver = self.applications[self.by_serial(giver)].number.clone();
        self.record(at, "seat_returned", json!({"vacancy": seat.0 + 1, "to": to, "given_back_by": giver}));
    }

    /// Turns by group year, vacancy and place; then the places open that nobody could be offered.
    pub(crate) fn turns(&mut self, at: Instant) {
        let mut seats: Vec<Seat> = Vec::new();
        for (index, vacancy) in self.vacancies.iter().enumerate() {
            seats.extend((0..vacancy.places.len()).map(|place| (index, place)));
        }
        seats.sort_by_key(|seat| (self.vacancies[seat.0].line, *seat));
        for seat in seats {
            if let Some((who, moved)) = self.next_in_line(seat, at) {
                self.turn_comes(who, seat, moved, at);
            }
        }
        for index in 0..self.vacancies.len() {
            let mut opened = 0;
            for place in 0..self.vacancies[index].places.len() {
                let seat = (index, place);
                if let Place::Waiting { turn: None, opens_at, .. } = self.place(seat)
                    && *opens_at <= at
                {
                    self.set(seat, Place::Open);
                    opened += 1;
                }
            }
            if opened > 0 {
                self.record(at, "seats_opened", json!({"vacancy": index + 1, "places": opened}));
            }
        }
    }

    /// R38, R40: the turn, and the time to choose in (O41: from the notification).
    fn turn_comes(&mut self, who: usize, seat: Seat, moved: Option<usize>, at: Instant) {
        let serial = self.applications[who].serial;
        let choose_by = self.start(Owner::Application(serial), "choose_by", at, self.policy.choice_window);
        if let Some(cycle) = moved {
            self.cycles.insert(self.vacancies[seat.0].line, cycle);
        }
        let one = &mut self.applications[who];
        (one.stage, one.seat, one.choose_by) = (Stage::Notified, Some(seat), Some(choose_by));
        one.stage_since = at;
        if let Place::Waiting { turn, .. } = &mut self.vacancies[seat.0].places[seat.1] {
            *turn = Some(serial);
        }
        let fields = json!({"vacancy": seat.0 + 1, "choose_by": rfc(choose_by)});
        self.record_of(at, "turn_came", who, fields);
    }
}
