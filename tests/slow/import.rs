//! An application that is taken over from a running portal (wire.md 2, `import`).

use serde_json::{Value, json};

use super::calendar::Instant;
use super::commands::date;
use super::model::{Application, Model, Place, Referral, Seat, Stage, rfc, rfc_or_null};
use super::views::instant;

impl Model {
    pub(crate) fn judged_import(&self, command: &Value) -> Vec<&'static str> {
        let child = command["child"]["iin"].as_str().unwrap_or_default();
        let mut no = Vec::new();
        if self.by_number(command["application"].as_str().unwrap_or_default()).is_some() {
            no.push("number_taken");
        }
        // O27.
        let enrolled = command["stage"] == "enrolled";
        if !enrolled && self.applications.iter().any(|one| one.child == child && one.active()) {
            no.push("already_in_queue");
        }
        if enrolled && self.applications.iter().any(|one| one.child == child && one.stage == Stage::Enrolled)
        {
            no.push("already_enrolled");
        }
        let benefit = command["benefit"].as_str();
        if benefit.is_some() && self.policy.benefit(benefit).is_none() {
            no.push("unknown_benefit");
        }
        if let Some(vacancy) = self.vacancy(command) {
            if self.vacancies[vacancy].line != line(command) {
                no.push("wrong_group_year");
            }
            if self.place_for(command).is_none() {
                no.push("no_free_place");
            }
        }
        no
    }

    /// An open place, else a waiting one that no turn is for; for a turn only the latter.
    fn place_for(&self, command: &Value) -> Option<Seat> {
        let vacancy = self.vacancy(command)?;
        let turn = command["stage"] == "notified";
        let fits = |place: &usize| !turn || *self.place((vacancy, *place)) != Place::Open;
        self.free_places(vacancy).into_iter().find(fits).map(|place| (vacancy, place))
    }

    pub(crate) fn import(&mut self, command: &Value, now: Instant) {
        let at = |key: &str| command[key].as_str().map(|at| instant(at).expect("an instant"));
        let text = |key: &str| command[key].as_str().map(str::to_owned);
        let stage = stage(&command["stage"]);
        let holds = matches!(stage, Stage::Notified | Stage::Referred | Stage::UnderReview | Stage::Enrolled);
        let seat = self.place_for(command).filter(|_| holds);
        let (serial, number) = self.next_number(command["application"].as_str(), now);
        let registered_at = at("registered_at").expect("a registration");
        let kindergarten =
            text("kindergarten").or_else(|| seat.map(|seat| self.vacancies[seat.0].kindergarten.clone()));
        let referred = matches!(stage, Stage::Referred | Stage::UnderReview) || stage == Stage::Enrolled;
        let referral = kindergarten.clone().filter(|_| referred).map(|kindergarten| Referral {
            number: match (text("referral"), seat) {
                (Some(number), _) => Some(number),
                (None, Some(_)) => Some(self.free_referral_number(serial)),
                (None, None) => None,
            },
            kindergarten,
            issued_at: now,
            end_since: now,
            recall_until: at("recall_until"),
            expires_at: at("expires_at").filter(|_| stage == Stage::Referred),
            prove_by: None,
            extensions: command["extensions"].as_u64().unwrap_or(0),
            visited: false,
            must_accept: false,
        });
        let applicant = text("applicant").expect("an applicant");
        let mut parents: Vec<String> = Vec::new();
        for parent in command["parents"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if parent != applicant && !parents.iter().any(|other| other == parent) {
                parents.push(parent.to_owned());
            }
        }
        let one = Application {
            number,
            serial,
            applicant,
            parents,
            child: command["child"]["iin"].as_str().expect("a child").to_owned(),
            born: date(&command["child"]["born"]),
            line: line(command),
            benefit: text("benefit"),
            proved: false,
            registered_at,
            stage,
            reason: None,
            lapses: command["lapses"].as_u64().unwrap_or(0),
            next_due: self.imported_due(at("next_due"), registered_at, now),
            interest_since: now,
            seat,
            choose_by: at("choose_by").filter(|_| stage == Stage::Notified),
            stage_since: now,
            until: at("until").filter(|_| matches!(stage, Stage::StopListed | Stage::Inactive)),
            referrals: referral.iter().filter_map(|referral| referral.number.clone()).collect(),
            referral,
            extensions: command["extensions"].as_u64().unwrap_or(0),
            times_inactive: u64::from(stage == Stage::Inactive),
            last_kindergarten: kindergarten.filter(|_| referred),
            reminded: Vec::new(),
        };
        if let Some(seat) = seat {
            match (stage, self.place(seat).clone()) {
                (Stage::Notified, Place::Waiting { passed_by, opens_at, .. }) => {
                    self.set(seat, Place::Waiting { turn: Some(serial), passed_by, opens_at });
                }
                (Stage::Enrolled, _) => self.set(seat, Place::Filled),
                _ => self.set(seat, Place::Referred),
            }
        }
        let mut fields = json!({
            "registered_at": rfc(registered_at), "benefit": one.benefit, "stage": one.stage.name(),
            "next_due": rfc_or_null(one.next_due), "lapses": one.lapses, "group_year": one.line,
            "referral": one.referral.as_ref().and_then(|referral| referral.number.as_ref()),
        });
        if !one.parents.is_empty() {
            fields["parents"] = json!(one.parents);
        }
        self.applications.push(one);
        self.record_of(now, "imported", self.applications.len() - 1, fields);
    }

    /// Without an end that was said, the end of the period that runs; nothing where nobody asks for interest.
    fn imported_due(&self, said: Option<Instant>, registered_at: Instant, now: Instant) -> Option<Instant> {
        let mut due = self.first_due(registered_at)?;
        while due <= now {
            due = self.due_of_next_period(registered_at, due)?;
        }
        Some(said.unwrap_or(due))
    }

    /// R84, and none that was taken over before.
    fn free_referral_number(&self, serial: u64) -> String {
        let taken = |number: &String| self.applications.iter().any(|one| one.referrals.contains(number));
        (1..)
            .map(|ordinal| format!("1{serial:07}{ordinal:02}"))
            .find(|number| !taken(number))
            .expect("a number")
    }
}

fn line(command: &Value) -> i64 {
    i64::from(chrono::Datelike::year(&date(&command["child"]["born"])))
}

fn stage(name: &Value) -> Stage {
    let all = [
        Stage::Queued,
        Stage::Notified,
        Stage::Referred,
        Stage::UnderReview,
        Stage::StopListed,
        Stage::Inactive,
        Stage::Enrolled,
    ];
    all.into_iter().find(|stage| *name == stage.name()).expect("a stage")
}
