//! What is asked for, of whom and by whom (wire.md 2 "Denials", column "by", R69).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::calendar::Instant;
use super::model::{Application, Model, Stage};

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
            About::New | About::Missing if kind == "submit" => {
                denials.extend(self.judged_submit(command, now))
            }
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
                self.applications[who]
                    .referral
                    .as_ref()
                    .is_some_and(|referral| referral.number.as_deref() == Some(number))
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
            .or_else(|| all().next_back())
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
        let family =
            one.is_some_and(|one| one.applicant == me || one.parents.iter().any(|parent| parent == me));
        let staff_of = |kindergarten: Option<&str>| {
            let mine = by["kindergartens"].as_array().into_iter().flatten();
            mine.into_iter().any(|own| kindergarten.is_some_and(|other| own == other))
        };
        let its = || {
            let live =
                one.and_then(|one| one.referral.as_ref()).map(|referral| referral.kindergarten.as_str());
            staff_of(live.or(one.and_then(|one| one.last_kindergarten.as_deref())))
        };
        match (by["role"].as_str().unwrap_or_default(), kind(command)) {
            ("applicant", "submit") => command["applicant"] == me,
            // R06: the parent, or one already linked.
            ("applicant", "link_parent") => command["parent"] == me || family,
            (
                "applicant",
                "change_benefit" | "confirm_interest" | "withdraw" | "pass_turn" | "choose"
                | "extend_referral" | "recall_referral",
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
