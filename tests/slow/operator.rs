//! Decisions in the open (wire.md 2, "For the operator").

use serde_json::{Value, json};

use super::calendar::Instant;
use super::commands::{blank, date, kind};
use super::model::{Application, Model, Place, Stage, rfc};
use super::pause::Owner;
use super::policy::Policy;
use super::views::instant;

impl Model {
    /// The conditions of an operator's command about an application (and whether a dead referral was named).
    pub(crate) fn judged_operator(
        &self,
        command: &Value,
        about: Option<(usize, bool)>,
        now: Instant,
    ) -> Vec<&'static str> {
        let mut no: Vec<&str> = blank(command).into_iter().collect();
        match about {
            Some((who, old)) => no.extend(self.judged_operation(command, who, old, now)),
            None if kind(command) == "withdraw_places" => {
                let vacancy = self.vacancy(command).expect("a vacancy");
                if self.free_places(vacancy).len() < count(&command["places"]) {
                    no.push("no_free_place");
                }
            }
            None if kind(command) == "import" => no.extend(self.judged_import(command)),
            None if kind(command) == "resume" && self.paused.is_none() => no.push("not_paused"),
            None => {}
        }
        no
    }

    fn judged_operation(&self, command: &Value, who: usize, old: bool, now: Instant) -> Vec<&'static str> {
        use Stage::{Closed, Enrolled, Inactive, Notified, Queued, Referred, StopListed, UnderReview};
        let one = &self.applications[who];
        let departed = one.stage == Closed && one.reason == Some("departed");
        let another = |stages: &dyn Fn(&Application) -> bool| {
            let other = |other: &Application| other.serial != one.serial && other.child == one.child;
            self.applications.iter().any(|application| other(application) && stages(application))
        };
        let right_stage = match kind(command) {
            "reinstate" => one.stage == StopListed || one.stage == Closed && !departed,
            "issue_referral" | "move_out" => matches!(one.stage, Queued | Notified | StopListed | Inactive),
            "void_referral" => matches!(one.stage, Referred | UnderReview) && !old,
            "void_enrolment" => one.stage == Enrolled && one.seat.is_some(),
            "void_departure" => departed,
            "correct" => matches!(one.stage, Queued | StopListed | Inactive),
            _ => true,
        };
        let mut no = Vec::new();
        if !right_stage {
            no.push("wrong_stage");
        }
        match kind(command) {
            "reinstate" => {
                if another(&|other| other.active()) {
                    no.push("already_in_queue");
                }
                if self.too_old(one.born, now) {
                    no.push("too_old");
                }
            }
            "void_referral" | "void_enrolment" | "void_departure"
                if another(&|other| other.active() || other.stage == Enrolled) =>
            {
                no.push("already_in_queue");
            }
            "issue_referral" => {
                let vacancy = self.vacancy(command).expect("a vacancy");
                if self.vacancies[vacancy].line != one.line {
                    no.push("wrong_group_year");
                }
                if self.free_places(vacancy).is_empty() {
                    no.push("no_free_place");
                }
            }
            "unlink_parent" if one.parents.is_empty() => no.push("last_parent"),
            "correct" => {
                let benefit = command["benefit"].as_str();
                if benefit.is_some() && self.policy.benefit(benefit).is_none() {
                    no.push("unknown_benefit");
                }
            }
            _ => {}
        }
        no
    }

    /// Open ones, then waiting ones that no turn is for.
    pub(crate) fn free_places(&self, vacancy: usize) -> Vec<usize> {
        let places = &self.vacancies[vacancy].places;
        let which = |fits: &dyn Fn(&Place) -> bool| -> Vec<usize> {
            (0..places.len()).filter(|place| fits(&places[*place])).collect()
        };
        let open = which(&|place| *place == Place::Open);
        let waiting = which(&|place| matches!(place, Place::Waiting { turn: None, .. }));
        [open, waiting].concat()
    }

    pub(crate) fn operate(&mut self, command: &Value, now: Instant) {
        match kind(command) {
            "import" => self.import(command, now),
            "pause" => {
                self.paused = Some(now);
                self.record(now, "paused", json!({}));
            }
            "resume" => self.resume(now),
            "change_calendar" => self.change_calendar(command, now),
            "change_policy" => {
                let from = instant(command["from"].as_str().unwrap_or_default()).expect("an instant");
                let policy = super::scenarios::whole(&command["policy"]).expect("a legal policy");
                let policy = Policy::read(&policy);
                if from > now {
                    self.announced.push((from, policy));
                    self.record(now, "policy_announced", json!({"from": rfc(from)}));
                } else {
                    self.change_policy(policy, from, now);
                }
            }
            "withdraw_places" => {
                let vacancy = self.vacancy(command).expect("a vacancy");
                let places = count(&command["places"]);
                for place in self.free_places(vacancy).into_iter().take(places) {
                    self.set((vacancy, place), Place::Gone);
                }
                self.record(now, "places_withdrawn", json!({"vacancy": vacancy + 1, "places": places}));
            }
            _ => {
                let who = self.who(command);
                self.operate_on(command, who, now);
            }
        }
    }

    fn operate_on(&mut self, command: &Value, who: usize, now: Instant) {
        let seat = self.applications[who].seat;
        let serial = self.applications[who].serial;
        match kind(command) {
            "reinstate" => {
                let lapses = command["lapses"].as_u64();
                let next_due = self.due_after_confirming(who, now);
                self.back_in_queue(who);
                let one = &mut self.applications[who];
                one.lapses = lapses.unwrap_or(one.lapses.saturating_sub(1));
                (one.reason, one.next_due, one.interest_since) = (None, next_due, now);
                let lapses = one.lapses;
                self.record_of(now, "reinstated", who, json!({ "lapses": lapses }));
            }
            "issue_referral" => {
                let vacancy = self.vacancy(command).expect("a vacancy");
                let place = self.free_places(vacancy).first().copied().expect("a free place");
                self.issue(who, (vacancy, place), now);
            }
            "void_referral" => {
                let number = self.applications[who].live_mut().number.clone();
                self.record_of(now, "referral_voided", who, json!({ "referral": number }));
                self.back_in_queue(who);
                let to = self.policy.after_recall.clone();
                self.give_back(seat.expect("a place"), serial, now, &to);
            }
            "void_enrolment" => {
                let owner = Owner::Application(serial);
                let expires_at = self.start(owner, "expires_at", now, self.policy.referral_term);
                self.set(seat.expect("a place"), Place::Referred);
                let one = &mut self.applications[who];
                one.stage = Stage::Referred;
                let referral = one.live_mut();
                (referral.expires_at, referral.end_since) = (Some(expires_at), now);
                (referral.recall_until, referral.prove_by, referral.visited) = (None, None, false);
                // "A new term from now": with it, an extension of its own.
                (referral.issued_at, referral.must_accept, referral.extensions) = (now, false, 0);
                self.record_of(now, "enrolment_voided", who, json!({"expires_at": rfc(expires_at)}));
            }
            "void_departure" => {
                let one = &mut self.applications[who];
                (one.stage, one.reason) = (Stage::Enrolled, None);
                self.record_of(now, "departure_voided", who, json!({}));
            }
            "unlink_parent" => {
                let parent = command["parent"].as_str().unwrap_or_default().to_owned();
                let one = &mut self.applications[who];
                if one.applicant == parent {
                    one.applicant = one.parents.remove(0);
                } else {
                    one.parents.retain(|other| *other != parent);
                }
                self.record_of(now, "parent_unlinked", who, json!({ "parent": parent }));
            }
            "correct" => {
                let one = &mut self.applications[who];
                if command["born"].is_string() {
                    one.born = date(&command["born"]);
                    one.line = i64::from(chrono::Datelike::year(&one.born));
                }
                one.line = command["group_year"].as_i64().unwrap_or(one.line);
                if let Some(benefit) = command.get("benefit") {
                    one.benefit = benefit.as_str().map(str::to_owned);
                    one.proved = false;
                }
                let fields = json!({
                    "born": one.born.to_string(), "group_year": one.line, "benefit": one.benefit,
                });
                self.record_of(now, "corrected", who, fields);
            }
            "move_out" => self.close(who, now, "moved"),
            other => panic!("the model does not know {other}"),
        }
    }

    /// The application that a command names; there is one.
    pub(crate) fn who(&self, command: &Value) -> usize {
        match self.about(command) {
            super::commands::About::One(who, _) => who,
            other => panic!("{other:?}"),
        }
    }

    /// Policies that come into force at a moment, before anything else is settled.
    pub(crate) fn policies_in_force(&mut self, at: Instant) {
        while let Some(index) = self.announced.iter().position(|(from, _)| *from <= at) {
            let (from, policy) = self.announced.remove(index);
            self.change_policy(policy, from, at);
        }
    }

    /// Running terms keep their end; counts and order follow the new policy.
    fn change_policy(&mut self, policy: Policy, from: Instant, at: Instant) {
        let calendar = self.policy.calendar.clone();
        self.policy = Policy { calendar, ..policy };
        self.record(at, "policy_changed", json!({"from": rfc(from)}));
    }
}

fn count(value: &Value) -> usize {
    value.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}
