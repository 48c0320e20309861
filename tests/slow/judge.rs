//! Whether what is asked for may be done (wire.md 2 "What is allowed when", "Denials").

use serde_json::Value;

use super::calendar::Instant;
use super::commands::{blank, date, kind};
use super::model::{Application, Fault, Model, Place, Stage};

impl Model {
    pub(crate) fn judged_submit(&self, command: &Value, now: Instant) -> Vec<&'static str> {
        let mut no = Vec::new();
        let child = command["child"]["iin"].as_str().unwrap_or_default();
        let born = date(&command["child"]["born"]);
        if command["application"].as_str().is_some_and(|number| self.by_number(number).is_some()) {
            no.push("number_taken");
        }
        // O27.
        if self.applications.iter().any(|one| one.child == child && one.active()) {
            no.push("already_in_queue");
        }
        if born > self.policy.calendar.day(now) {
            no.push("too_young");
        }
        // R12, O28.
        if self.too_old(born, now) {
            no.push("too_old");
        }
        if let Some(benefit) = command["benefit"].as_str() {
            // R17.
            if self.policy.benefit(Some(benefit)).is_none() {
                no.push("unknown_benefit");
            }
            if command["documents"].as_u64().unwrap_or(0) == 0 {
                no.push("documents_required");
            }
        }
        no
    }

    pub(crate) fn judged_publication(&self, command: &Value, now: Instant) -> Vec<&'static str> {
        let mut no = Vec::new();
        if !command["places"].as_i64().is_some_and(|places| (1..=999).contains(&places)) {
            no.push("places_out_of_range");
        }
        // F09.
        if self.policy.blackouts.contains(&self.policy.calendar.day(now)) {
            no.push("publication_closed");
        }
        no
    }

    /// The table "What is allowed when", and the other conditions of each command.
    pub(crate) fn judged_one(
        &self,
        command: &Value,
        who: usize,
        old: bool,
        now: Instant,
    ) -> Vec<&'static str> {
        use Stage::{Closed, Enrolled, Notified, Queued, Referred, StopListed, UnderReview};
        let one = &self.applications[who];
        let stage = one.stage;
        match kind(command) {
            "extend_referral" | "recall_referral" | "refuse" | "record_visit" | "accept" => {
                return self.judged_referral(command, who, old, now);
            }
            "uphold_refusal" | "overturn_refusal" => {
                return if stage == UnderReview && !old { vec![] } else { vec!["not_under_review"] };
            }
            _ if stage == Closed => return vec!["already_closed"],
            _ => {}
        }
        let must_accept = one.live().is_some_and(|referral| referral.must_accept);
        let mut no = Vec::new();
        match kind(command) {
            // R27.
            "change_benefit" => {
                if stage != Queued {
                    no.push("not_in_queue");
                }
                let benefit = command["benefit"].as_str();
                if benefit.is_some() && self.policy.benefit(benefit).is_none() {
                    no.push("unknown_benefit");
                }
            }
            // R34, O22.
            "confirm_interest" if stage == Enrolled => no.push("not_in_queue"),
            // R28, R29.
            "withdraw" if stage == Enrolled || stage == Referred && !must_accept => no.push("not_in_queue"),
            "pass_turn" => match stage {
                Notified => {}
                Queued => no.push("not_your_turn"),
                _ => no.push("not_in_queue"),
            },
            "choose" => {
                match stage {
                    Queued | Notified => {}
                    // R49.
                    StopListed => no.push("stop_listed"),
                    _ => no.push("not_in_queue"),
                }
                no.extend(self.judged_choice(command, who, now));
            }
            // F18.
            "prove_benefit" => {
                if stage == Enrolled {
                    no.push("not_in_queue");
                }
                if one.benefit.is_none() {
                    no.push("unknown_benefit");
                }
            }
            // R77, R78.
            "mark_departure" => {
                if stage != Enrolled {
                    no.push("not_enrolled");
                }
                no.extend(blank(command));
            }
            _ => {}
        }
        no
    }

    /// R35-R37, R41, O26, O42.
    fn judged_choice(&self, command: &Value, who: usize, now: Instant) -> Vec<&'static str> {
        let one = &self.applications[who];
        let vacancy = &self.vacancies[self.vacancy(command).expect("a vacancy")];
        let mut no = Vec::new();
        if one.line != vacancy.line {
            no.push("wrong_group_year");
        }
        if self.too_young(who, now) {
            no.push("too_young");
        }
        if self.too_old(one.born, now) {
            no.push("too_old");
        }
        let (waiting, open) = (vacancy.count_waiting(), vacancy.count_open());
        let free_choice = open > 0 || waiting == 0 && vacancy.state == "free_choice";
        if one.stage == Stage::Queued && !free_choice {
            no.push("not_your_turn");
        }
        if waiting + open == 0 {
            no.push("no_free_place");
        }
        no
    }

    fn judged_referral(&self, command: &Value, who: usize, old: bool, now: Instant) -> Vec<&'static str> {
        let kind = kind(command);
        let one = &self.applications[who];
        let reason = if matches!(kind, "extend_referral" | "recall_referral" | "refuse") {
            blank(command)
        } else {
            None
        };
        let Some(referral) = one.live().filter(|_| !old) else {
            return ["no_active_referral"].into_iter().chain(reason).collect();
        };
        if one.stage == Stage::UnderReview {
            return ["under_review"].into_iter().chain(reason).collect();
        }
        let mut no: Vec<&str> = reason.into_iter().collect();
        match kind {
            // R56, R57, O18.
            "recall_referral" => {
                let early = i64::from(self.fault == Some(Fault::RecallEndsASecondEarly));
                if referral.recall_until.is_none_or(|until| until - early <= now) {
                    no.push("recall_window_closed");
                }
            }
            "extend_referral" => no.extend(self.judged_extension(command, who, now)),
            // R76.
            "refuse" if referral.must_accept => no.push("must_accept"),
            "record_visit" if referral.visited => no.push("already_visited"),
            // O27.
            "accept" => {
                let enrolled =
                    |other: &Application| other.child == one.child && other.stage == Stage::Enrolled;
                if self.applications.iter().any(enrolled) {
                    no.push("already_enrolled");
                }
            }
            _ => {}
        }
        no
    }

    /// R53, O08, O09, O37.
    fn judged_extension(&self, command: &Value, who: usize, now: Instant) -> Vec<&'static str> {
        let one = &self.applications[who];
        let referral = one.live().expect("a live referral");
        let (calendar, ends) = (&self.policy.calendar, self.policy.ends);
        let until = date(&command["until"]);
        let mut no = Vec::new();
        if referral.expires_at.is_none() {
            no.push("no_term_runs");
        }
        let used = self.policy.extension.as_ref().is_none_or(|extension| {
            let used = if extension.per_application { one.extensions } else { referral.extensions };
            used >= extension.times
        });
        if used {
            no.push("extension_used");
        }
        let Some(expires_at) = referral.expires_at else { return no };
        if calendar.end_of(until, referral.issued_at, ends) <= expires_at {
            no.push("extension_not_later");
        }
        if let Some(extension) = &self.policy.extension {
            let from = match extension.counted_from.as_str() {
                "expiry" => calendar.last_good_day(expires_at, ends),
                "issue" => calendar.day(referral.issued_at),
                _ => calendar.day(now),
            };
            if until > calendar.last_day(from, extension.max) {
                no.push("extension_too_long");
            }
        }
        no
    }

    /// The place that is taken on a choice: of a notified one a waiting place (his own turn's, one that no turn is for,
    /// the first), else an open one.
    pub(crate) fn place_to_take(&self, who: usize, vacancy: usize) -> Option<usize> {
        let one = &self.applications[who];
        let places = &self.vacancies[vacancy].places;
        let first = |fits: &dyn Fn(&Place) -> bool| places.iter().position(fits);
        let own =
            first(&|place| matches!(place, Place::Waiting { turn: Some(turn), .. } if *turn == one.serial));
        let free = first(&|place| matches!(place, Place::Waiting { turn: None, .. }));
        let any = first(&|place| matches!(place, Place::Waiting { .. }));
        let waiting = if one.stage == Stage::Notified { own.or(free).or(any) } else { None };
        waiting.or(first(&|place| *place == Place::Open))
    }
}
