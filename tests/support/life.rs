//! The life of a town, as the commands that a portal hears: made by playing, equal for equal seeds.

use kezek::{Event, Fact, Moment, Policy, Register};
use serde_json::{Value, json};

/// Equal seeds, equal choices (xorshift).
pub(crate) struct Luck(u64);

impl Luck {
    pub(crate) fn new(seed: u64) -> Luck {
        Luck(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// One of `0..n`.
    pub(crate) fn pick(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n.max(1)
    }

    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let at = self.pick(u64::try_from(of.len()).expect("a small number"));
        of[usize::try_from(at).expect("a small number")].clone()
    }
}

/// What was told, each with a key of its own, what was answered, and the register of one run without a fault.
pub(crate) struct Life {
    pub(crate) told: Vec<(Moment, Value)>,
    pub(crate) answers: Vec<Value>,
    pub(crate) register: Register,
}

/// Plays so many commands under a policy; some of them are denied.
pub(crate) fn life(policy: &str, seed: u64, commands: usize) -> Life {
    let policy = Policy::named(policy).expect("a policy's name");
    let mut life =
        Life { told: Vec::new(), answers: Vec::new(), register: Register::new(policy).expect("a register") };
    let mut luck = Luck::new(seed);
    let mut now: Moment = "2018-02-05T09:00:00+06:00".parse().expect("an instant");
    for number in 0..commands {
        let jumps = [0, 0, 0, 1, 60, 600, 7_200, 86_400, 86_400, 4 * 86_400];
        now = now.plus_seconds(luck.one(&jumps));
        let mut command = next(&life.register, now, &mut luck, number);
        command["key"] = json!(format!("seed-{seed}-request-{number}"));
        let at = now.in_zone(life.register.policy().zone()).to_string();
        let answer = life.register.apply_json(&command, &at);
        life.answers.push(answer.expect("a readable command"));
        life.told.push((now, command));
    }
    life
}

/// What somebody might do next.
fn next(register: &Register, now: Moment, luck: &mut Luck, number: usize) -> Value {
    let mut settled = register.clone();
    let _ = settled.advance(now).expect("a clock that goes forward");
    let numbers = applications(&settled);
    if numbers.len() < 4 || luck.pick(5) == 0 {
        let line = luck.pick(2) + 2014;
        let child = json!({"iin": format!("p:child-{number}"), "born": format!("{line}-05-02")});
        return json!({"type": "submit", "applicant": "p:parent", "child": child});
    }
    if luck.pick(6) == 0 {
        return json!({"type": "publish_vacancy", "kindergarten": luck.one(&["bobek", "balapan"]),
            "group_year": luck.pick(2) + 2014, "language": "kk", "places": luck.pick(3) + 1});
    }
    let application = luck.one(&numbers);
    let row = settled.ask_json(&json!({"view": "application", "application": application}), &now.to_string());
    let row = row.expect("an application");
    let simple = |name: &str| json!({"type": name, "application": application});
    let because = |name: &str| json!({"type": name, "application": application, "reason": "their wish"});
    match row["stage"].as_str().unwrap_or_default() {
        "queued" => match luck.pick(5) {
            0 => {
                json!({"type": "change_benefit", "application": application, "benefit": "orphan", "documents": 1})
            }
            1 => {
                json!({"type": "link_parent", "application": application, "parent": format!("p:other-{number}")})
            }
            2 => simple("withdraw"),
            3 => json!({"type": "choose", "application": application, "vacancy": 1}),
            _ => simple("confirm_interest"),
        },
        "notified" => {
            let vacancies = settled.ask_json(
                &json!({"view": "vacancies", "group_year": row["group_year"], "state": "waiting"}),
                &now.to_string(),
            );
            let vacancies = vacancies.expect("a list");
            match (luck.pick(6), vacancies.as_array().and_then(|rows| rows.first())) {
                (0, _) | (_, None) => simple("pass_turn"),
                (_, Some(first)) => {
                    json!({"type": "choose", "application": application, "vacancy": first["vacancy"]})
                }
            }
        }
        "referred" => match luck.pick(6) {
            0 | 1 => simple("accept"),
            2 => because("refuse"),
            3 => because("recall_referral"),
            4 => simple("record_visit"),
            _ => {
                let until = settled.policy().zone().day(now).plus_days(10).to_string();
                json!({"type": "extend_referral", "application": application, "until": until, "reason": "ill"})
            }
        },
        "under_review" => simple(luck.one(&["uphold_refusal", "overturn_refusal"])),
        "enrolled" => {
            let mut departure = because("mark_departure");
            departure["date"] = json!("2018-05-25");
            departure
        }
        _ => simple("confirm_interest"),
    }
}

/// The numbers of all applications, in the order of their serials.
pub(crate) fn applications(register: &Register) -> Vec<String> {
    let entered =
        |event: &&std::sync::Arc<Event>| matches!(event.fact, Fact::Registered { .. } | Fact::Imported(_));
    let numbers = register.events().iter().filter(entered).filter_map(|event| event.fact.application());
    numbers.map(ToString::to_string).collect()
}

/// Everything that can be asked of a register about now, to be compared.
pub(crate) fn standing(register: &Register) -> Value {
    let now = register.now().map(|now| now.to_string());
    let mut standing = json!({"digest": register.digest(), "revision": register.revision(), "now": now,
        "events": register.events().len(), "next_deadline": register.write(&register.next_deadline()),
        "policy": register.write(register.policy()), "calendar": register.calendar().hash()});
    let Some(now) = now else { return standing };
    let ask = |question: Value| register.ask_json(&question, &now).map_err(|error| error.to_string());
    for number in applications(register) {
        for view in ["position", "application", "deadlines", "permissions"] {
            let answer = ask(json!({"view": view, "application": number})).expect("an answer");
            standing[format!("{view} of {number}")] = answer;
        }
    }
    for view in ["vacancies", "archive", "overrides"] {
        standing[view] = ask(json!({ "view": view })).expect("an answer");
    }
    for group_year in [2014, 2015, 2016] {
        standing[format!("queue {group_year}")] =
            ask(json!({"view": "queue", "group_year": group_year})).expect("an answer");
    }
    standing
}
