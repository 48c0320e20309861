//! What a command that may be done does: the chains of events of wire.md 2.

use serde_json::{Value, json};

use super::calendar::{Instant, Term};
use super::commands::{OPERATOR, date, kind, reason};
use super::model::{Application, Model, Place, Referral, Seat, Stage, Vacancy, rfc, rfc_or_null};
use super::pause::Owner;

impl Model {
    /// Does what was asked for. `denials` has found nothing against it.
    pub(crate) fn act(&mut self, command: &Value, now: Instant) {
        self.cause = "command";
        self.by_operator = OPERATOR.contains(&kind(command));
        match kind(command) {
            "submit" => self.submit(command, now),
            "publish_vacancy" => self.publish(command, now),
            _ if self.by_operator => self.operate(command, now),
            _ => {
                let who = self.who(command);
                self.act_on(command, who, now);
            }
        }
        self.afterwards(now);
        self.by_operator = false;
    }

    fn submit(&mut self, command: &Value, now: Instant) {
        let born = date(&command["child"]["born"]);
        let child = command["child"]["iin"].as_str().expect("a child").to_owned();
        let (serial, number) = self.next_number(command["application"].as_str(), now);
        let next_due = self.first_due(now);
        let one = Application {
            number,
            serial,
            applicant: command["applicant"].as_str().expect("an applicant").to_owned(),
            parents: Vec::new(),
            child,
            born,
            // O29.
            line: i64::from(chrono::Datelike::year(&born)),
            benefit: command["benefit"].as_str().map(str::to_owned),
            proved: false,
            registered_at: now,
            stage: Stage::Queued,
            reason: None,
            lapses: 0,
            next_due,
            interest_since: now,
            seat: None,
            choose_by: None,
            stage_since: now,
            until: None,
            referral: None,
            referrals: Vec::new(),
            extensions: 0,
            times_inactive: 0,
            last_kindergarten: None,
            reminded: Vec::new(),
        };
        let fields = json!({
            "applicant": one.applicant, "child": command["child"], "group_year": one.line, "benefit": one.benefit,
            "registered_at": rfc(now), "next_due": rfc_or_null(next_due),
        });
        self.applications.push(one);
        self.record_of(now, "registered", self.applications.len() - 1, fields);
    }

    /// R80: the next serial; where the number that it would give is taken, the serial is skipped.
    pub(crate) fn next_number(&mut self, own: Option<&str>, now: Instant) -> (u64, String) {
        loop {
            self.last_serial += 1;
            let year = chrono::Datelike::year(&self.policy.calendar.day(now));
            let number = match own {
                Some(own) => own.to_owned(),
                None => format!("{}.{year}.{:06}.1", self.prefix, self.last_serial),
            };
            if self.by_number(&number).is_none() {
                return (self.last_serial, number);
            }
        }
    }

    fn publish(&mut self, command: &Value, now: Instant) {
        let owner = Owner::Vacancy(self.vacancies.len());
        let opens_at = self.start(owner, "opens_at", now, self.policy.choice_window);
        let waiting = Place::Waiting { turn: None, passed_by: Vec::new(), opens_at };
        let places = command["places"].as_u64().and_then(|places| usize::try_from(places).ok());
        let text = |key: &str, usual: &str| command[key].as_str().unwrap_or(usual).to_owned();
        let vacancy = Vacancy {
            kindergarten: text("kindergarten", ""),
            kind: text("kind", "state"),
            line: command["group_year"].as_i64().expect("a year"),
            language: text("language", ""),
            published_at: now,
            opens_at,
            places: vec![waiting; places.expect("a count")],
            state: "waiting",
        };
        let fields = json!({
            "vacancy": self.vacancies.len() + 1, "kindergarten": vacancy.kindergarten, "kind": vacancy.kind,
            "group_year": vacancy.line, "language": vacancy.language, "places": vacancy.places.len(),
            "opens_at": rfc(opens_at),
        });
        self.vacancies.push(vacancy);
        self.record(now, "vacancy_published", fields);
    }

    fn act_on(&mut self, command: &Value, who: usize, now: Instant) {
        match kind(command) {
            "change_benefit" => {
                let one = &mut self.applications[who];
                one.benefit = command["benefit"].as_str().map(str::to_owned);
                one.proved = false;
                let benefit = one.benefit.clone();
                self.record_of(now, "benefit_changed", who, json!({ "benefit": benefit }));
            }
            "confirm_interest" => self.confirm(who, now),
            "link_parent" => {
                let parent = command["parent"].as_str().expect("a parent").to_owned();
                self.applications[who].parents.push(parent.clone());
                self.record_of(now, "parent_linked", who, json!({ "parent": parent }));
            }
            "withdraw" => {
                let seat = self.applications[who].live().and(self.applications[who].seat);
                self.close(who, now, "withdrawn");
                // With a referral its place goes back as after a recall.
                if let Some(seat) = seat {
                    let to = self.policy.after_recall.clone();
                    self.give_back(seat, self.applications[who].serial, now, &to);
                }
            }
            "pass_turn" => self.turn_lapses(who, now),
            "choose" => {
                let vacancy = self.vacancy(command).expect("a vacancy");
                let place = self.place_to_take(who, vacancy).expect("a free place");
                self.issue(who, (vacancy, place), now);
            }
            "prove_benefit" => {
                // Again: done (and told), without a second effect.
                let one = &mut self.applications[who];
                one.proved = true;
                if let Some(referral) = &mut one.referral {
                    referral.prove_by = None;
                }
                self.record_of(now, "benefit_proved", who, json!({}));
            }
            "mark_departure" => {
                let kindergarten = self.applications[who].last_kindergarten.clone();
                let fields = json!({
                    "referral": self.applications[who].referral.as_ref().and_then(|referral| referral.number.clone()),
                    "kindergarten": kindergarten, "date": command["date"], "reason": reason(command),
                });
                self.record_of(now, "departed", who, fields);
                // R79: the place stays filled until staff publish a new one.
                let (seat, referral) = (self.applications[who].seat, self.applications[who].referral.clone());
                self.close(who, now, "departed");
                // What a voided departure goes back to.
                (self.applications[who].seat, self.applications[who].referral) = (seat, referral);
            }
            _ => self.act_on_referral(command, who, now),
        }
    }

    fn act_on_referral(&mut self, command: &Value, who: usize, now: Instant) {
        let number = self.applications[who].live_mut().number.clone();
        let seat = self.applications[who].seat.expect("a place");
        let serial = self.applications[who].serial;
        let named = json!({"referral": number, "reason": reason(command)});
        let plain = json!({ "referral": number });
        match kind(command) {
            "extend_referral" => {
                let issued_at = self.applications[who].live_mut().issued_at;
                let until = date(&command["until"]);
                self.named(Owner::Application(serial), "expires_at", now);
                let expires_at = self.policy.calendar.end_of(until, issued_at, self.policy.ends);
                let one = &mut self.applications[who];
                one.extensions += 1;
                let referral = one.live_mut();
                referral.extensions += 1;
                (referral.expires_at, referral.end_since) = (Some(expires_at), now);
                let mut fields = named;
                fields["expires_at"] = json!(rfc(expires_at));
                self.record_of(now, "referral_extended", who, fields);
            }
            // O12: back, the number kept.
            "recall_referral" => {
                self.record_of(now, "referral_recalled", who, named);
                self.back_in_queue(who);
                let to = self.policy.after_recall.clone();
                self.give_back(seat, serial, now, &to);
            }
            // O25: the family came, no term runs.
            "record_visit" => {
                let referral = self.applications[who].live_mut();
                (referral.visited, referral.expires_at) = (true, None);
                self.record_of(now, "visited", who, plain);
            }
            "accept" => {
                let one = &mut self.applications[who];
                one.stage = Stage::Enrolled;
                let kindergarten = one.live_mut().kindergarten.clone();
                self.set(seat, Place::Filled);
                let fields = json!({"referral": number, "kindergarten": kindergarten});
                self.record_of(now, "enrolled", who, fields);
            }
            // R74, O23: for the department; the terms are frozen.
            "refuse" => {
                let one = &mut self.applications[who];
                one.stage = Stage::UnderReview;
                let referral = one.live_mut();
                (referral.expires_at, referral.prove_by) = (None, None);
                self.record_of(now, "refused", who, named);
            }
            // R75.
            "uphold_refusal" => {
                self.record_of(now, "refusal_upheld", who, plain);
                self.close(who, now, "refusal_upheld");
                let to = self.policy.after_refusal.clone();
                self.give_back(seat, serial, now, &to);
            }
            // R76.
            "overturn_refusal" => {
                let one = &mut self.applications[who];
                one.stage = Stage::Referred;
                one.live_mut().must_accept = true;
                self.record_of(now, "refusal_overturned", who, plain);
            }
            other => panic!("no such command: {other}"),
        }
    }

    /// R31, O20-O22; an inactive one is restored (F26).
    fn confirm(&mut self, who: usize, now: Instant) {
        let next_due = self.due_after_confirming(who, now);
        let one = &mut self.applications[who];
        (one.next_due, one.interest_since) = (next_due, now);
        self.record_of(now, "interest_confirmed", who, json!({"next_due": rfc_or_null(next_due)}));
        if self.applications[who].stage == Stage::Inactive {
            self.back_in_queue(who);
            self.record_of(now, "restored", who, json!({}));
        }
    }

    /// R44: the referral, at once.
    pub(crate) fn issue(&mut self, who: usize, seat: Seat, now: Instant) {
        let own = self.applications[who].seat.filter(|_| self.applications[who].stage == Stage::Notified);
        let taken_from = match self.place(seat) {
            Place::Waiting { turn, .. } => *turn,
            _ => None,
        };
        self.set(seat, Place::Referred);
        let owner = Owner::Application(self.applications[who].serial);
        let recall_window = self.policy.recall_window;
        let recall_until = recall_window.map(|term| self.start(owner, "recall_until", now, term));
        let expires_at = self.start(owner, "expires_at", now, self.policy.referral_term);
        let prove_by = self.to_prove(who).map(|term| self.start(owner, "prove_by", now, term));
        let kindergarten = self.vacancies[seat.0].kindergarten.clone();
        let one = &mut self.applications[who];
        // R84: `1`, the serial, how many there were.
        let number = format!("1{:07}{:02}", one.serial, one.referrals.len() + 1);
        one.referrals.push(number.clone());
        one.last_kindergarten = Some(kindergarten.clone());
        (one.stage, one.seat, one.choose_by, one.until) = (Stage::Referred, Some(seat), None, None);
        one.referral = Some(Referral {
            number: Some(number.clone()),
            kindergarten: kindergarten.clone(),
            issued_at: now,
            end_since: now,
            recall_until,
            expires_at: Some(expires_at),
            prove_by,
            extensions: 0,
            visited: false,
            must_accept: false,
        });
        let fields = json!({
            "referral": number, "vacancy": seat.0 + 1, "kindergarten": kindergarten,
            "recall_until": rfc_or_null(recall_until), "expires_at": rfc(expires_at),
        });
        self.record_of(now, "referral_issued", who, fields);
        let own = own.filter(|own| *own != seat);
        if let Some(own) = own {
            self.drop_turn(own);
        }
        // The turn whose place was taken is from now on for the place that this one's was for.
        if let (Some(own), Some(other)) = (own, taken_from) {
            let other = self.by_serial(other);
            self.applications[other].seat = Some(own);
            let serial = self.applications[other].serial;
            if let Place::Waiting { turn, .. } = &mut self.vacancies[own.0].places[own.1] {
                *turn = Some(serial);
            }
            self.record_of(now, "turn_moved", other, json!({"vacancy": own.0 + 1}));
        }
    }

    /// F18: in what time the benefit is to be proved.
    fn to_prove(&self, who: usize) -> Option<Term> {
        let one = &self.applications[who];
        let row = self.policy.benefit(one.benefit.as_deref()).filter(|_| !one.proved)?;
        row.prove_within
    }
}
