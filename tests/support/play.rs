//! A step of a story, made concrete: what somebody asks for, given how the register stands.

use kezek::{
    ApplicationNumber, Kindergarten, Moment, Person, ReferralNumber, Register, Stage, VacancyFilter,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::operator::{DEEDS, deed};
use super::town::{Town, went_back};
use super::{filed, paused};

/// One step: some time passes, then somebody does something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) jump: Jump,
    pub(crate) what: What,
    /// Decides everything else.
    pub(crate) luck: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Jump {
    None,
    Seconds(u32),
    Days(u16),
    /// To the next deadline, or so many seconds beside it.
    Due(i8),
    Midnight,
    /// Into the day of 25 hours, so many seconds after the clocks went back.
    LongDay(i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Nothing,
    Submit,
    Publish,
    Choose,
    /// One of [`ACTS`].
    Act(usize),
    /// One of [`DEEDS`], of the operator.
    Operate(usize),
    /// A stale revision, or a clock that moves back.
    Error,
}

/// A command, and the stages in which it is allowed.
pub(crate) type Fits = (&'static str, &'static [Stage]);

/// The other commands.
const ACTS: [Fits; 14] = [
    ("change_benefit", &[Stage::Queued]),
    ("confirm_interest", &[Stage::Queued, Stage::Notified, Stage::StopListed, Stage::Inactive]),
    ("link_parent", &[Stage::Queued, Stage::Enrolled]),
    ("withdraw", &[Stage::Queued, Stage::Notified, Stage::UnderReview, Stage::Referred]),
    ("pass_turn", &[Stage::Notified]),
    ("prove_benefit", &[Stage::Queued, Stage::Referred]),
    ("mark_departure", &[Stage::Enrolled]),
    ("extend_referral", &[Stage::Referred]),
    ("recall_referral", &[Stage::Referred]),
    ("record_visit", &[Stage::Referred]),
    ("accept", &[Stage::Referred]),
    ("refuse", &[Stage::Referred]),
    ("uphold_refusal", &[Stage::UnderReview]),
    ("overturn_refusal", &[Stage::UnderReview]),
];

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let jump = prop_oneof![
        24 => Just(Jump::None),
        2 => (1..100_000_u32).prop_map(Jump::Seconds),
        2 => (1..12_u16).prop_map(Jump::Days),
        1 => (30..300_u16).prop_map(Jump::Days),
        4 => (-1..=1_i8).prop_map(Jump::Due),
        1 => Just(Jump::Midnight),
        1 => (-7200..7200_i32).prop_map(Jump::LongDay),
    ];
    let what = prop_oneof![
        3 => Just(What::Nothing),
        9 => Just(What::Submit),
        7 => Just(What::Publish),
        12 => Just(What::Choose),
        16 => (0..ACTS.len()).prop_map(What::Act),
        8 => (0..DEEDS.len()).prop_map(What::Operate),
        1 => Just(What::Error),
    ];
    let step = (jump, what, any::<u64>()).prop_map(|(jump, what, luck)| Step { jump, what, luck });
    prop::collection::vec(step, 20..=120)
}

/// Numbers out of a number: equal luck, equal choices.
pub(crate) struct Luck(pub(crate) u64);

impl Luck {
    /// One of `0..n`.
    pub(crate) fn pick(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).expect("a count");
        let picked = self.0 % n;
        self.0 = (self.0 / n).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (self.0 >> 7);
        usize::try_from(picked).expect("a small number")
    }

    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.pick(of.len())).cloned()
    }

    /// Once in so many times.
    pub(crate) fn rarely(&mut self, times: usize) -> bool {
        self.pick(times) == times - 1
    }
}

/// An application as the players know it.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) number: ApplicationNumber,
    pub(crate) stage: Stage,
    pub(crate) line: u16,
    pub(crate) applicant: Person,
    pub(crate) child: Person,
    pub(crate) referral: Option<ReferralNumber>,
    kindergarten: Option<Kindergarten>,
    expires_at: Option<Moment>,
}

fn known(register: &Register) -> Vec<Known> {
    let Some(view) = register.now().and_then(|now| register.at(now).ok()) else { return Vec::new() };
    let known = filed(register).map(|filed| {
        let number = filed.number;
        let view = view.application(number).expect("an application");
        Known {
            number: number.clone(),
            stage: view.stage,
            line: view.group_year,
            applicant: filed.applicant.clone(),
            child: filed.child.iin.clone(),
            referral: view.referral,
            kindergarten: view.kindergarten,
            expires_at: view.expires_at,
        }
    });
    known.collect()
}

/// When the step is: never before the register's own time.
pub(crate) fn when(register: &Register, town: &Town, step: Step) -> Moment {
    let zone = register.policy().zone();
    let now = register.now().unwrap_or(town.begins);
    let next = register.next_deadline().map(|deadline| deadline.at);
    // A birthday years ahead is not worth the way.
    let next = next.filter(|at| at.unix() - now.unix() < 200 * 86_400);
    let at = match (step.jump, next) {
        (Jump::None, _) => now,
        (Jump::Seconds(seconds), _) => now.plus_seconds(i64::from(seconds)),
        (Jump::Days(days), _) => now.plus_seconds(i64::from(days) * 86_400),
        (Jump::Due(beside), Some(next)) => next.plus_seconds(i64::from(beside)),
        (Jump::Due(_) | Jump::Midnight, _) => zone.midnight(zone.day(now).plus_days(1)),
        (Jump::LongDay(seconds), _) => {
            went_back(zone).map_or(now, |change| change.plus_seconds(i64::from(seconds)))
        }
    };
    at.max(now)
}

/// What is asked for, as JSON; `None` where the clock is only looked at.
pub(crate) fn what(register: &Register, town: &Town, step: Step, number: usize) -> Option<Value> {
    let mut luck = Luck(step.luck);
    let known = known(register);
    // A pause is mostly ended before long.
    let resumes = paused(register).is_some() && luck.rarely(4);
    let mut command = match step.what {
        What::Nothing => return None,
        _ if resumes => deed("resume", &[], &known, (register, town), &mut luck),
        What::Operate(number) => {
            let (name, stages) = fitting(DEEDS[number], &DEEDS, &known, &mut luck);
            deed(name, stages, &known, (register, town), &mut luck)
        }
        What::Error => json!({"type": "withdraw", "application": "nobody", "expected_revision": 0}),
        What::Submit => submit(town, &mut luck),
        What::Publish => publish(town, &mut luck),
        What::Choose => choose(register, &known, &mut luck),
        What::Act(act) => about(fitting(ACTS[act], &ACTS, &known, &mut luck), &known, register, &mut luck),
    };
    let object = command.as_object_mut().expect("a command is an object");
    if luck.rarely(4) {
        object.insert("key".into(), json!(format!("key-{number}")));
    }
    if luck.rarely(9) {
        object.insert("ext".into(), json!({"who": ["a", 1, null]}));
    }
    if luck.rarely(9) {
        object.entry("expected_revision").or_insert(json!(register.revision()));
    }
    Some(command)
}

/// An act; mostly one that somebody is in the stage for.
fn fitting(wanted: Fits, all: &[Fits], known: &[Known], luck: &mut Luck) -> Fits {
    let fits = |(_, stages): &&Fits| known.iter().any(|one| stages.contains(&one.stage));
    let fitting: Vec<_> = all.iter().filter(fits).copied().collect();
    let chosen = if wanted.1.is_empty() || luck.rarely(3) { None } else { luck.one(&fitting) };
    chosen.unwrap_or(wanted)
}

fn submit(town: &Town, luck: &mut Luck) -> Value {
    let kid = luck.one(&town.children).expect("children");
    let mut command = json!({
        "type": "submit", "applicant": kid.parent, "child": {"iin": kid.iin, "born": kid.born.to_string()},
    });
    if luck.pick(5) < 3 {
        command["benefit"] = json!(luck.one(&BENEFITS));
        command["documents"] = json!(luck.one(&[1, 2, 3, 1, 2, 0]));
    }
    if luck.rarely(8) {
        command["application"] = json!(luck.one(&["UO.2018.000003.1", "16.УО.2015.9154.1", "own"]));
    }
    acted(&mut command, luck, &json!({"role": "applicant", "iin": kid.parent}));
    command
}

fn publish(town: &Town, luck: &mut Luck) -> Value {
    let kindergarten = luck.one(&KINDERGARTENS).expect("kindergartens");
    let places = luck.one(&[1, 1, 1, 2, 2, 3, 5, 0, 1000, -1]).expect("a number");
    let mut command = json!({
        "type": "publish_vacancy", "kindergarten": kindergarten, "places": places,
        "group_year": luck.one(&town.children).map(|kid| kid.born.year()), "language": luck.one(&["kk", "ru", "en"]),
    });
    acted(&mut command, luck, &json!({"role": "staff", "kindergartens": [kindergarten]}));
    command
}

pub(crate) const KINDERGARTENS: [&str; 3] = ["bobek", "aigolek", "balapan"];

/// Out of turn, with a share, listed, and unknown.
pub(crate) const BENEFITS: [&str; 6] =
    ["serviceman", "serviceman", "orphan", "orphan", "large-family", "unheard-of"];

fn choose(register: &Register, known: &[Known], luck: &mut Luck) -> Value {
    let (number, line, applicant) = match some(known, &[Stage::Notified, Stage::Queued], luck) {
        Some(one) => (one.number.to_string(), one.line, one.applicant.reveal()),
        None => ("nobody".to_owned(), 0, "p:nobody".to_owned()),
    };
    let vacancy = a_vacancy(register, line, luck).unwrap_or(7);
    let mut command = json!({"type": "choose", "application": number, "vacancy": vacancy});
    acted(&mut command, luck, &json!({"role": "applicant", "iin": applicant}));
    command
}

/// Mostly one of that line with places.
pub(crate) fn a_vacancy(register: &Register, line: u16, luck: &mut Luck) -> Option<u32> {
    let rows =
        register.now().and_then(|now| Some(register.at(now).ok()?.vacancies(&VacancyFilter::default())));
    let rows = rows.unwrap_or_default();
    let fits = rows.iter().filter(|row| row.group_year == line && row.waiting + row.open > 0);
    let fits: Vec<u32> = fits.map(|row| row.vacancy).collect();
    let any: Vec<u32> = rows.iter().map(|row| row.vacancy).collect();
    if luck.rarely(6) { luck.one(&any) } else { luck.one(&fits).or(luck.one(&any)) }
}

fn about((name, stages): (&str, &[Stage]), known: &[Known], register: &Register, luck: &mut Luck) -> Value {
    let Some(one) = some(known, stages, luck) else {
        return json!({"type": "withdraw", "application": "nobody"});
    };
    let mut command = json!({ "type": name });
    let named_by_application = stages_name_the_application(name);
    match one.referral {
        Some(referral) if !named_by_application && luck.rarely(3) => command["referral"] = json!(referral),
        _ if !named_by_application && luck.rarely(3) => command["child"] = json!(one.child),
        _ => command["application"] = json!(one.number),
    }
    let staff = json!({"role": "staff", "kindergartens": [one.kindergarten.as_ref().map_or("bobek", |k| k.as_str())]});
    let department = json!({"role": "department"});
    let applicant = json!({"role": "applicant", "iin": one.applicant});
    let reason = why(luck);
    let by = match name {
        "change_benefit" => {
            command["benefit"] = json!(if luck.rarely(4) { None } else { luck.one(&BENEFITS) });
            applicant
        }
        "link_parent" => {
            command["parent"] = json!(luck.one(&["p:second", "p:parent-0"]));
            applicant
        }
        "extend_referral" => {
            let zone = register.policy().zone();
            let from = one.expires_at.or(register.now()).map(|at| zone.day(at));
            let days = luck.one(&[0, 0, 1, 1, 2, 3, 6, 29, 31, -1, -2]).unwrap_or(1);
            command["until"] = json!(from.map(|day| day.plus_days(days)));
            command["reason"] = reason;
            applicant
        }
        "recall_referral" => {
            command["reason"] = reason;
            applicant
        }
        "refuse" => {
            command["reason"] = reason;
            staff
        }
        "mark_departure" => {
            command["reason"] = reason;
            command["date"] = json!("2018-06-01");
            luck.one(&[staff, department]).expect("one of two")
        }
        "record_visit" | "prove_benefit" => luck.one(&[staff, department]).expect("one of two"),
        "accept" => staff,
        "uphold_refusal" | "overturn_refusal" => department,
        _ => applicant,
    };
    acted(&mut command, luck, &by);
    command
}

fn stages_name_the_application(name: &str) -> bool {
    !matches!(
        name,
        "extend_referral"
            | "recall_referral"
            | "record_visit"
            | "accept"
            | "refuse"
            | "uphold_refusal"
            | "overturn_refusal"
    )
}

pub(crate) fn why(luck: &mut Luck) -> Value {
    match luck.pick(5) {
        0 => json!(" "),
        1 => json!({"code": "moved", "text": "moved away"}),
        _ => json!("moved away"),
    }
}

/// One that stands where it should, mostly.
pub(crate) fn some(known: &[Known], stages: &[Stage], luck: &mut Luck) -> Option<Known> {
    let fits: Vec<Known> = known.iter().filter(|one| stages.contains(&one.stage)).cloned().collect();
    if fits.is_empty() || luck.rarely(5) { luck.one(known) } else { luck.one(&fits) }
}

/// Who asks: mostly nobody in particular or the right one, with a signature.
fn acted(command: &mut Value, luck: &mut Luck, right: &Value) {
    match luck.pick(8) {
        0..=3 => {}
        4..=5 => {
            command["by"] = right.clone();
            command["signature"] = json!("signed");
        }
        6 => command["by"] = right.clone(),
        _ => command["by"] = json!({"role": "operator", "name": "somebody"}),
    }
}
