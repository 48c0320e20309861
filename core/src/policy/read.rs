//! Building a policy from JSON: a base, what differs, and every fault with its path.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::named::{SHIPPED, Shipped};
use super::{
    AfterChoiceWindow, Age, Benefit, Counted, Extension, ExtensionBase, Interest, InterestBase,
    LapsedTurnSeat, MonthDay, Names, NonResponse, OnLimit, Order, Per, Policy, PublicList, Reminder,
    ReminderOf, ReturnedSeat, SeatGoes, Signature, TermEnd, Terms, check,
};
use crate::error::ErrorCode;
use crate::fields::{Fields, FromJson, Record, by_serde, missing, record, unknown, words};
use crate::{Error, Zone};

/// The records that a policy over a base merges key by key; everything else is replaced whole.
pub(crate) const MERGED: [&str; 6] =
    ["age", "terms", "extension", "after_choice_window", "returned_seat", "public_list"];

impl Policy {
    /// A shipped policy by its name; [`Policy::names`] lists them.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownPolicy`]: the message lists the known names.
    pub fn named(name: &str) -> Result<Policy, Error> {
        let built = &entry(name)?.built;
        if let Some(policy) = built.get() {
            return Ok(policy.clone());
        }
        let policy = build(shipped(name)?)?;
        Ok(built.get_or_init(|| policy).clone())
    }

    /// The names of the shipped policies.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|shipped| shipped.name)
    }

    /// For each value of a shipped policy, the rule, decision or fact it comes from, as a JSON object.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownPolicy`]: the message lists the known names.
    pub fn sources(name: &str) -> Result<Value, Error> {
        Ok(serde_json::from_str(entry(name)?.sources).unwrap_or_default())
    }

    /// A policy from its name, or from an object: with `base` (a name) and what differs, or with every value.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownPolicy`] for an unknown name. [`ErrorCode::InvalidPolicy`] with every fault at
    /// once: [`Error::fields`] lists their paths, such as `choice_window` or `age.until`.
    pub fn from_json(value: &Value) -> Result<Policy, Error> {
        match value {
            Value::String(name) => Policy::named(name),
            Value::Object(map) => build(over_base(map.clone())?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                Err(Error::malformed("policy", "a name or an object", crate::fields::describe(value)))
            }
        }
    }
}

fn entry(name: &str) -> Result<&'static Shipped, Error> {
    SHIPPED.iter().find(|shipped| shipped.name == name).ok_or_else(|| {
        let known: Vec<_> = Policy::names().collect();
        let expected = format!("one of {}", known.join(", "));
        Error::new(ErrorCode::UnknownPolicy, "policy", expected, format!("{name:?}"))
    })
}

const PUBLIC_LIST: &str = "public_list";

/// The values of a shipped policy, whole.
fn shipped(name: &str) -> Result<Map<String, Value>, Error> {
    match serde_json::from_str(entry(name)?.values) {
        Ok(Value::Object(map)) => over_base(map),
        Ok(_) | Err(_) => Ok(Map::new()),
    }
}

fn over_base(mut differs: Map<String, Value>) -> Result<Map<String, Value>, Error> {
    let mut values = match differs.remove("base") {
        None => return Ok(differs),
        Some(Value::String(base)) => with_the_usual(shipped(&base)?),
        Some(other) => {
            let found = crate::fields::describe(&other);
            return Err(Error::new(ErrorCode::InvalidPolicy, "base", "the name of a policy", found));
        }
    };
    for (key, value) in differs {
        match (values.get_mut(&key), value) {
            (Some(Value::Object(record)), Value::Object(own)) if MERGED.contains(&key.as_str()) => {
                record.extend(own);
            }
            (_, value) => {
                values.insert(key, value);
            }
        }
    }
    Ok(values)
}

/// The values of a policy, those written out that it leaves out as usual.
pub(super) fn with_the_usual(mut values: Map<String, Value>) -> Map<String, Value> {
    let usual = || crate::written::json_value(&PublicList::USUAL);
    values.entry(PUBLIC_LIST).or_insert_with(usual);
    values
}

/// Reads fields and keeps every fault instead of stopping at the first.
struct Reader {
    fields: Fields,
    under: Option<&'static str>,
    faults: Vec<Error>,
}

impl Reader {
    #[cold]
    #[inline(never)]
    fn fault(&mut self, error: Error) {
        self.faults.push(match self.under {
            Some(record) => error.under(record),
            None => error,
        });
    }

    /// The value of a key; its faults are named by the key alone, however deep they lie.
    fn take<T: FromJson>(&mut self, key: &str) -> Option<T> {
        match T::of_json(self.given(key)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(Error::malformed(key, error.expected(), error.found()));
                None
            }
        }
    }

    #[inline(never)]
    fn given(&mut self, key: &str) -> Option<Value> {
        let value = self.fields.raw(key);
        if value.is_none() {
            self.fault(missing(key));
        }
        value
    }

    /// The same, with what else the value must be.
    fn checked<T: FromJson>(&mut self, key: &str, check: impl FnOnce(&T) -> Vec<Error>) -> Option<T> {
        let value = self.take(key)?;
        self.check(value, check)
    }

    fn check<T>(&mut self, value: T, check: impl FnOnce(&T) -> Vec<Error>) -> Option<T> {
        for error in check(&value) {
            self.fault(error);
        }
        Some(value)
    }

    /// A record that is read key by key.
    fn record<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader) -> Option<T>) -> Option<T> {
        match self.fields.object(key, "an object") {
            Err(error) => {
                self.fault(error);
                None
            }
            Ok(fields) => {
                let mut inside = Reader { fields, under: Some(key), faults: Vec::new() };
                let done = read(&mut inside);
                self.faults.extend(inside.end());
                done
            }
        }
    }

    /// All faults, the unknown keys too.
    #[inline(never)]
    fn end(mut self) -> Vec<Error> {
        let extra: Vec<Error> = self.fields.unread().map(unknown).collect();
        for error in extra {
            self.fault(error);
        }
        self.faults
    }
}

fn build(values: Map<String, Value>) -> Result<Policy, Error> {
    let fields = Fields::of(Value::Object(values), "an object")?;
    let mut from = Reader { fields, under: None, faults: Vec::new() };
    let policy = policy(&mut from);
    match (policy, Error::all(ErrorCode::InvalidPolicy, from.end())) {
        (Some(policy), None) => Ok(policy),
        (_, Some(error)) => Err(error),
        (None, None) => Err(Error::new(ErrorCode::InvalidPolicy, "", "a policy", "nothing")),
    }
}

fn policy(from: &mut Reader) -> Option<Policy> {
    // Everything is read before anything is given up, so that every fault is found.
    let name = from.checked::<String>("name", |name| check::name(name));
    let zone = from
        .take::<String>("zone")
        .and_then(|name| name.parse::<Zone>().map_err(|error| from.fault(error.under("zone"))).ok());
    let calendar = from.take("calendar");
    let choice_window = from.take("choice_window");
    let referral_term = from.take("referral_term");
    let stop_list_term = from.take("stop_list_term");
    let recall_window = from.take("recall_window");
    let extension = extension(from);
    let lapses_to_removal = from.take("lapses_to_removal");
    let interest = from.take("interest");
    let age = from.record("age", |from| {
        let (choose_from, until) = (from.take("choose_from"), from.take("until"));
        let on_reaching_limit = from.take("on_reaching_limit");
        let age = Age { choose_from: choose_from?, until: until?, on_reaching_limit: on_reaching_limit? };
        from.check(age, check::age)
    });
    let order = from.take("order");
    let benefits = from.checked::<Vec<_>>("benefits", |benefits| check::benefits(benefits));
    if let (Some(order), Some(benefits)) = (order, &benefits) {
        from.faults.extend(check::ranks(order, benefits));
    }
    let after_choice_window = from.record("after_choice_window", |from| {
        let (seat, application) = (from.take("seat"), from.take("application"));
        Some(AfterChoiceWindow { seat: seat?, application: application? })
    });
    let returned_seat = from.record("returned_seat", |from| {
        let (recall, lapse, refusal) = (from.take("recall"), from.take("lapse"), from.take("refusal"));
        Some(ReturnedSeat { recall: recall?, lapse: lapse?, refusal: refusal? })
    });
    let terms = from.record("terms", |from| {
        let (end, first_day_counts) = (from.take("end"), from.take("first_day_counts"));
        from.check(Terms { end: end?, first_day_counts: first_day_counts? }, check::terms)
    });
    let signature = from.take("signature");
    let reminders = from.take("reminders");
    let blackouts = from.take("blackouts");
    let public_list = public_list(from);
    Some(Policy {
        name: name?,
        zone: zone?,
        calendar: calendar?,
        choice_window: choice_window?,
        referral_term: referral_term?,
        stop_list_term: stop_list_term?,
        recall_window: recall_window?,
        extension: extension?,
        lapses_to_removal: lapses_to_removal?,
        interest: interest?,
        age: age?,
        order: order?,
        benefits: benefits?,
        after_choice_window: after_choice_window?,
        returned_seat: returned_seat?,
        terms: terms?,
        signature: signature?,
        reminders: reminders?,
        blackouts: blackouts?,
        public_list: public_list?,
    })
}

/// Policies from before it was thought of do not have it.
fn public_list(from: &mut Reader) -> Option<PublicList> {
    if !from.fields.has(PUBLIC_LIST) {
        return Some(PublicList::USUAL);
    }
    from.record(PUBLIC_LIST, |from| Some(PublicList { benefit_from: from.take("benefit_from")? }))
}

/// The outer `None` is a fault, the inner one the value null.
#[allow(clippy::option_option, reason = "null is a value here, and a fault is none")]
fn extension(from: &mut Reader) -> Option<Option<Extension>> {
    if from.fields.is_null("extension") {
        return Some(None);
    }
    from.record("extension", |from| {
        let (max, times) = (from.take("max"), from.take("times"));
        let (per, counted_from) = (from.take("per"), from.take("counted_from"));
        Some(Extension { max: max?, times: times?, per: per?, counted_from: counted_from? })
    })
    .map(Some)
}

by_serde!(MonthDay, NonResponse);
words!(
    Counted,
    ExtensionBase,
    InterestBase,
    LapsedTurnSeat,
    OnLimit,
    Per,
    ReminderOf,
    SeatGoes,
    Signature,
    TermEnd
);

impl Record for Interest {
    const WHAT: &'static str = "a term or a day of every year";

    fn read(from: &mut Fields) -> Result<Interest, Error> {
        Ok(if from.has("yearly_by") {
            record!(from, Interest::Yearly { yearly_by })
        } else {
            record!(from, Interest::Every { every, counted_from })
        })
    }
}

impl Record for Order {
    const WHAT: &'static str = "an order: an object with by";

    fn read(from: &mut Fields) -> Result<Order, Error> {
        let by: String = from.need("by")?;
        Ok(match by.as_str() {
            "registration" => Order::Registration {},
            "benefit_shares" => record!(from, Order::BenefitShares { benefit, ordinary }),
            "categories" => Order::Categories {},
            other => {
                let expected = "one of registration, benefit_shares, categories";
                return Err(Error::malformed("by", expected, format!("{other:?}")));
            }
        })
    }
}

impl Record for Benefit {
    const WHAT: &'static str = "a benefit: an object with an id";

    fn read(from: &mut Fields) -> Result<Benefit, Error> {
        Ok(record!(from, Benefit { id, tier } may { rank, names, prove_within }))
    }
}

impl Record for Names {
    const WHAT: &'static str = "names by language";

    fn read(from: &mut Fields) -> Result<Names, Error> {
        Ok(record!(from, Names {} may { kk, ru, en }))
    }
}

impl Record for Reminder {
    const WHAT: &'static str = "a reminder: an object with of and before";

    fn read(from: &mut Fields) -> Result<Reminder, Error> {
        Ok(record!(from, Reminder { of, before }))
    }
}

/// A policy inside a journal.
impl FromJson for Arc<Policy> {
    fn of_json(value: Value) -> Result<Arc<Policy>, Error> {
        let policy = Policy::from_json(&value);
        policy.map(Arc::new).map_err(|error| Error::malformed("", "another value", error.to_string()))
    }
}
