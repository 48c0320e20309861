//! What is asked for, and whether it may be done (wire.md 2 "What is allowed when", "Denials").

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::calendar::Instant;
use super::model::{Application, Fault, Model, Place, Stage};

/// The denials, in the order in which they are listed.
const ORDER: [&str; 34] = [
    "not_found",
    "paused",
    "not_yours",
    "signature_required",
    "already_closed",
    "not_in_queue",
    "stop_listed",
    "no_active_referral",
    "under_review",
    "not_under_review",
    "not_enrolled",
    "number_taken",
    "already_in_queue",
    "already_enrolled",
    "wrong_group_year",
    "too_young",
    "too_old",
    "unknown_benefit",
    "documents_required",
    "not_your_turn",
    "no_free_place",
    "must_accept",
    "no_term_runs",
    "already_visited",
    "recall_window_closed",
    "extension_used",
    "extension_not_later",
    "extension_too_long",
    "reason_required",
    "places_out_of_range",
    "publication_closed",
    "wrong_stage",
    "last_parent",
    "not_paused",
];

/// What a command is about.
#[derive(Clone, Debug)]
pub(crate) enum About {
    /// An application; and whether a referral was named that is not the live one.
    One(usize, bool),
    /// A new application, or a vacancy to be.
    New,
    Missing,
}

pub(crate) const SIGNED: [&str; 7] =
    ["submit", "choose", "extend_referral", "recall_referral", "accept", "refuse", "mark_departure"];

pub(crate) const OPERATOR: [&str; 14] = [
    "import",
    "reinstate",
    "issue_referral",
    "void_referral",
    "void_enrolment",
    "void_departure",
    "withdraw_places",
    "unlink_parent",
    "correct",
    "move_out",
    "change_policy",
    "change_calendar",
    "pause",
    "resume",
];

impl Model {
    /// Every unmet condition, the main one first; nothing when the command may be done.
    pub(crate) fn denials(&self, command: &Value, now: Instant) -> Vec<&'static str> {
        let kind = kind(command);
        let about = self.about(command);
        // Who is not linked cannot be unlinked.
        let stranger = match (&about, kind, command["parent"].as_str()) {
            (About::One(who, _), "unlink_parent", Some(parent)) => {
                let one = &self.applications[*who];
                one.applicant != parent && !one.parents.iter().any(|other| other == parent)
            }
            _ => false,
        };
        let unknown_vacancy = command.get("vacancy").is_some() && self.vacancy(command).is_none();
        if matches!(about, About::Missing) || unknown_vacancy || stranger {
            return vec!["not_found"];
        }
        let mut denials = Vec::new();
        if self.paused.is_some() && kind != "resume" {
            denials.push("paused");
        }
        if let Some(by) = command.get("by").filter(|by| !by.is_null()) {
            if !self.may_act(by, command, &about) {
                denials.push("not_yours");
            }
            // R11: where somebody in particular asks, and the policy wants it.
            if self.policy.signed && SIGNED.contains(&kind) && !command["signature"].is_string() {
                denials.push("signature_required");
            }
        }
        match about {
            About::One(who, old) if OPERATOR.contains(&kind) => {
                denials.extend(self.judged_operator(command, Some((who, old)), now));
            }
            _ if OPERATOR.contains(&kind) => denials.extend(self.judged_operator(command, None, now)),
            About::One(who, old) => denials.extend(self.judged_one(command, who, old, now)),
            About::New | About::Missing if kind == "submit" => denials.extend(self.judged_submit(command, now)),
            About::New | About::Missing => denials.extend(self.judged_publication(command, now)),
        }
        in_order(denials)
    }

    /// R69: by its number, by its referral, or by the child.
    pub(crate) fn about(&self, command: &Value) -> About {
        let found = |who: Option<usize>, old: bool| who.map_or(About::Missing, |who| About::One(who, old));
        if matches!(kind(command), "submit" | "import" | "publish_vacancy") {
            return About::New;
        }
        if let Some(number) = command["application"].as_str() {
            return found(self.by_number(number), false);
        }
        if let Some(number) = command["referral"].as_str() {
            let has = |one: &Application| one.referrals.iter().any(|other| other == number);
            let who = self.applications.iter().position(has);
            let current = |who: usize| {
                self.applications[who].referral.as_ref().is_some_and(|referral| referral.number.as_deref() == Some(number))
            };
            return found(who, who.is_some_and(|who| !current(who)));
        }
        if let Some(child) = command["child"].as_str() {
            return found(self.by_child(child), false);
        }
        About::New
    }

    /// The active application of a child, else the enrolled one, else the latest closed one.
    fn by_child(&self, child: &str) -> Option<usize> {
        let all = || (0..self.applications.len()).filter(|who| self.applications[*who].child == child);
        all()
            .find(|who| self.applications[*who].active())
            .or_else(|| all().find(|who| self.applications[*who].stage == Stage::Enrolled))
            .or_else(|| all().last())
    }

    pub(crate) fn vacancy(&self, command: &Value) -> Option<usize> {
        let number = command["vacancy"].as_u64().and_then(|number| usize::try_from(number).ok())?;
        number.checked_sub(1).filter(|index| *index < self.vacancies.len())
    }

    /// Roles and ownership (wire.md 2, column "by").
    fn may_act(&self, by: &Value, command: &Value, about: &About) -> bool {
        let one = match about {
            About::One(who, _) => Some(&self.applications[*who]),
            About::New | About::Missing => None,
        };
        let me = by["iin"].as_str().unwrap_or_default();
        let family = one.is_some_and(|one| one.applicant == me || one.parents.iter().any(|parent| parent == me));
        let staff_of = |kindergarten: Option<&str>| {
            let mine = by["kindergartens"].as_array().into_iter().flatten();
            mine.into_iter().any(|own| kindergarten.is_some_and(|other| own == other))
        };
        let its = || {
            let live = one.and_then(|one| one.referral.as_ref()).map(|referral| referral.kindergarten.as_str());
            staff_of(live.or(one.and_then(|one| one.last_kindergarten.as_deref())))
        };
        match (by["role"].as_str().unwrap_or_default(), kind(command)) {
            ("applicant", "submit") => command["applicant"] == me,
            // R06: the parent, or one already linked.
            ("applicant", "link_parent") => command["parent"] == me || family,
            (
                "applicant",
                "change_benefit" | "confirm_interest" | "withdraw" | "pass_turn" | "choose" | "extend_referral"
                | "recall_referral",
            ) => family,
            ("staff", "publish_vacancy") => staff_of(command["kindergarten"].as_str()),
            ("staff", "record_visit" | "prove_benefit" | "accept" | "refuse" | "mark_departure") => its(),
            (
                "department",
                "record_visit" | "prove_benefit" | "uphold_refusal" | "overturn_refusal" | "mark_departure",
            ) => true,
            ("operator", kind) => OPERATOR.contains(&kind),
            _ => false,
        }
    }

    fn judged_submit(&self, command: &Value, now: Instant) -> Vec<&'static str> {
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

    fn judged_publication(&self, command: &Value, now: Instant) -> Vec<&'static str> {
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
    fn judged_one(&self, command: &Value, who: usize, old: bool, now: Instant) -> Vec<&'static str> {
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
                let enrolled = |other: &Application| other.child == one.child && other.stage == Stage::Enrolled;
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
        let own = first(&|place| matches!(place, Place::Waiting { turn: Some(turn), .. } if *turn == one.serial));
        let free = first(&|place| matches!(place, Place::Waiting { turn: None, .. }));
        let any = first(&|place| matches!(place, Place::Waiting { .. }));
        let waiting = if one.stage == Stage::Notified { own.or(free).or(any) } else { None };
        waiting.or(first(&|place| *place == Place::Open))
    }
}

pub(crate) fn kind(command: &Value) -> &str {
    command["type"].as_str().unwrap_or_default()
}

pub(crate) fn date(value: &Value) -> NaiveDate {
    value.as_str().and_then(|date| date.parse().ok()).expect("a date")
}

/// A reason as the events carry it: an object.
pub(crate) fn reason(command: &Value) -> Value {
    match &command["reason"] {
        Value::String(text) => json!({ "text": text }),
        other => other.clone(),
    }
}

/// R54, R58, R73.
pub(crate) fn blank(command: &Value) -> Option<&'static str> {
    let reason = reason(command);
    let blank = reason["text"].as_str().unwrap_or_default().trim().is_empty();
    blank.then_some("reason_required")
}

fn in_order(mut denials: Vec<&'static str>) -> Vec<&'static str> {
    denials.sort_by_key(|code| ORDER.iter().position(|other| other == code).expect("a known code"));
    denials
}
