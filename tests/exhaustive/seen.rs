//! What is seen of a settlement: its book, the positions, and who can go on how.

use std::collections::BTreeSet;

use kezek::{ApplicationNumber, Moment, Register, View, Which};
use serde_json::Value;

/// Something that is told wrongly, to show that it would be noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lie {
    /// A child that is enrolled has a place that another child has, too.
    OnePlaceTwice,
    /// A turn is for a place that is not kept for it.
    TurnWithoutPlace,
    /// Whoever is in the stop-list stays there for ever.
    NoWayOut,
    /// Two in the queue have changed places.
    Overtaken,
    /// A place that was given back is gone.
    PlaceLost,
    /// Whatever is done twice in a row is said to have differed.
    Disagreement,
}

/// What is seen after a step.
pub(crate) struct Seen {
    pub(crate) now: Moment,
    /// Everything that the register will act by.
    pub(crate) key: String,
    book: Value,
    /// The active ones by their number in the city: the number, when they registered, and the serial.
    pub(crate) order: Vec<(u32, String, u64)>,
    /// Those who can go on by nothing that their own people or the clock do.
    pub(crate) stuck: Vec<String>,
    pub(crate) agrees: Result<(), String>,
}

/// A place, and who has what of it.
pub(crate) struct Place<'a> {
    pub(crate) vacancy: u64,
    pub(crate) number: u64,
    /// `waiting`, `open`, `referred`, `filled` or `gone`.
    pub(crate) is: &'a str,
    pub(crate) holder: Option<u64>,
}

impl Seen {
    pub(crate) fn of(register: &Register, now: Moment, agrees: Result<(), String>, lie: Option<Lie>) -> Seen {
        let book = book_of(register);
        let view = register.at(now).expect("settled");
        let mut seen =
            Seen { now, key: book.to_string(), order: order(view), stuck: stuck(view), book, agrees };
        if let Some(lie) = lie {
            seen.tell(lie);
        }
        seen
    }

    /// Everything that a register will act by.
    pub(crate) fn key_of(register: &Register) -> String {
        book_of(register).to_string()
    }

    pub(crate) fn applications(&self) -> &[Value] {
        self.book["applications"].as_array().expect("applications")
    }

    pub(crate) fn numbers(&self) -> Vec<&str> {
        self.applications().iter().map(|one| one["number"].as_str().expect("a number")).collect()
    }

    /// How many children have come so far.
    pub(crate) fn children(&self) -> usize {
        let children = self.applications().iter().map(|one| one["child"]["iin"].as_str().expect("an IIN"));
        children.collect::<BTreeSet<_>>().len()
    }

    pub(crate) fn most_referrals(&self) -> u64 {
        let count = |one: &Value| one["referrals"].as_u64().expect("a count");
        self.applications().iter().map(count).max().unwrap_or(0)
    }

    pub(crate) fn stages(&self) -> Vec<String> {
        let stage = |one: &Value| one["standing"]["stage"].as_str().expect("a stage").to_owned();
        self.applications().iter().map(stage).collect()
    }

    pub(crate) fn vacancies(&self) -> usize {
        self.book["vacancies"].as_array().expect("vacancies").len()
    }

    /// How many places each vacancy tells that wait and that are open, and how many were published.
    pub(crate) fn counts(&self) -> Vec<(u64, u64, u64)> {
        let count = |one: &Value, key: &str| one[key].as_u64().expect("a count");
        let places = |one: &Value| u64::try_from(one["places"].as_array().expect("places").len());
        let vacancies = self.book["vacancies"].as_array().expect("vacancies").iter();
        vacancies.map(|one| (count(one, "waiting"), count(one, "open"), places(one).expect("few"))).collect()
    }

    pub(crate) fn places(&self) -> Vec<Place<'_>> {
        let vacancies = self.book["vacancies"].as_array().expect("vacancies");
        let each = (1..).zip(vacancies).flat_map(|(vacancy, one)| {
            let places = one["places"].as_array().expect("places");
            (1..).zip(places).map(move |(number, place)| Place {
                vacancy,
                number,
                is: place["is"].as_str().expect("a word"),
                holder: place.get("turn").or(place.get("by")).and_then(Value::as_u64),
            })
        });
        each.collect()
    }

    /// The place that an application holds: `waiting` for a turn, `referred` or `filled`.
    pub(crate) fn held(application: &Value) -> Option<(&'static str, u64, u64)> {
        let standing = &application["standing"];
        let (is, seat) = match standing["stage"].as_str()? {
            "notified" => ("waiting", &standing["seat"]),
            "referred" | "under_review" => ("referred", &standing["referral"]["seat"]),
            "enrolled" => ("filled", &standing["seat"]),
            _ => return None,
        };
        Some((is, seat["vacancy"].as_u64()?, seat["place"].as_u64()?))
    }

    /// Tells something else than what is.
    fn tell(&mut self, lie: Lie) {
        let stages = self.stages();
        let in_stage = |stage: &str| stages.iter().position(|own| own == stage);
        match lie {
            Lie::OnePlaceTwice => {
                if let (Some(one), Some(other)) = (in_stage("enrolled"), in_stage("queued")) {
                    let standing = self.book["applications"][one]["standing"].clone();
                    self.book["applications"][other]["standing"] = standing;
                }
            }
            Lie::TurnWithoutPlace => {
                if in_stage("notified").is_some() {
                    self.book["vacancies"][0]["places"][0]["turn"] = Value::Null;
                }
            }
            Lie::NoWayOut => {
                self.stuck.extend(in_stage("stop_listed").map(|who| self.numbers()[who].to_owned()));
            }
            Lie::Overtaken => {
                if let [(one, ..), (other, ..), ..] = self.order.as_mut_slice() {
                    std::mem::swap(one, other);
                }
            }
            Lie::PlaceLost => {
                if in_stage("stop_listed").is_some() {
                    let places = self.book["vacancies"][0]["places"].as_array_mut().expect("places");
                    let _ = places.pop();
                }
            }
            Lie::Disagreement => {
                if in_stage("enrolled").is_some() {
                    self.agrees = Err("said so".to_owned());
                }
            }
        }
    }
}

/// The book of a register, but for the number of events so far, and for the rules: they are the same here always.
fn book_of(register: &Register) -> Value {
    let mut light = register.clone();
    let _ = light.leave_history();
    let mut snapshot = serde_json::to_value(light.snapshot()).expect("a snapshot");
    let mut book = snapshot["book"].take();
    for key in ["revision", "rules"] {
        book.as_object_mut().expect("a book").remove(key);
    }
    book
}

fn order(view: View<'_>) -> Vec<(u32, String, u64)> {
    let mut rows: Vec<(u32, String, u64)> = view
        .positions()
        .iter()
        .filter(|row| row.position.number > 0)
        .map(|row| {
            let own = view.application(row.application).expect("one that is there");
            let serial = row.application.to_string()[8..14].parse().expect("a serial");
            (row.position.number, own.registered_at.to_string(), serial)
        })
        .collect();
    rows.sort_unstable_by_key(|(_, registered, serial)| (registered.clone(), *serial));
    rows
}

/// Those of an open stage for whom neither a deadline runs nor a command of their own people is allowed.
fn stuck(view: View<'_>) -> Vec<String> {
    let is_stuck = |number: &ApplicationNumber| {
        let own = view.application(number).expect("one that is there");
        let which = Which::Application(number.clone());
        let allowed = || {
            let rows = view.permissions(&which, None).expect("one that is there");
            rows.iter().any(|row| row.allowed)
        };
        let runs = || !view.deadlines(number).expect("one that is there").is_empty();
        own.stage.is_active() && !runs() && !allowed()
    };
    let rows = view.positions();
    let active = rows.iter().filter(|row| row.position.number > 0).map(|row| row.application);
    active.filter(|number| is_stuck(number)).map(ToString::to_string).collect()
}
