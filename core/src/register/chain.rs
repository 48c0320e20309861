//! A journal that can be proved: each event carries the SHA-256 of the link before it and of itself.

use super::Register;
use super::replay::{Misfit, corrupt, misfit};
use crate::moment::writing_in_utc;
use crate::written::json_value;
use crate::{Error, Event, Sum};

/// The event with its link.
pub(super) fn linked(event: Event, before: &Sum) -> Event {
    let link = link(&event, before);
    Event { chain: Some(Box::new(link)), ..event }
}

/// The link of an event: the SHA-256 of the one before it (32 bytes; zeros before the first) and of the event's JSON without
/// `chain`: names in order, no spaces, instants in UTC.
fn link(event: &Event, before: &Sum) -> Sum {
    let mut content = writing_in_utc(|| json_value(event));
    if let Some(fields) = content.as_object_mut() {
        fields.remove("chain");
    }
    Sum::of(&[before.bytes(), content.to_string().as_bytes()])
}

/// Whether an event belongs behind a link: a chain has no end and no beginning in the middle.
pub(super) fn fits_chain(event: &Event, before: Option<&Sum>) -> Result<(), Misfit> {
    match (before, event.chain.as_deref()) {
        (None, None) => Ok(()),
        (None, Some(_)) => misfit("no chain, as before", "a chain"),
        (Some(_), None) => misfit("a chain, as before", "none"),
        (Some(before), Some(found)) => {
            let expected = link(event, before);
            if expected == *found {
                Ok(())
            } else {
                misfit(format!("chain {expected}"), format!("chain {found}"))
            }
        }
    }
}

impl Register {
    /// The last link of the journal's chain ([`Opening::chained`](crate::Opening::chained)): whoever has it can tell whether
    /// anything before it was touched. None where the journal has no chain.
    #[must_use]
    pub fn chain(&self) -> Option<&Sum> {
        self.history.last().and_then(|last| last.chain.as_deref())
    }
}

/// The last link of a chained journal in which nothing was changed, taken out or put in: to be compared with the one that was
/// published ([`Seal`](crate::Seal)), which also tells whether the end was cut off or all of it written anew. What the events
/// say is not looked at: [`Register::replay`] does that, and this as well.
///
/// ```
/// use kezek::{Opening, Policy, verify};
/// let mut register = Opening::new(Policy::named("akmola-2018")?).chained().open()?;
/// let publish = serde_json::json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015,
///     "language": "kk", "places": 2});
/// register.apply_json(&publish, "2018-01-15T09:00:00+06:00")?;
/// assert_eq!(verify(register.events())?, *register.chain().expect("a chain"));
///
/// // Somebody makes one place of two, in the middle of a journal.
/// let mut rows: Vec<_> = register.events().iter().map(|event| register.write(event)).collect();
/// rows[1]["places"] = 1.into();
/// let events: Vec<kezek::Event> = rows.into_iter().map(kezek::Event::from_json).collect::<Result<_, _>>()?;
/// assert_eq!(verify(&events).unwrap_err().path(), "[1]");
/// # Ok::<(), kezek::Error>(())
/// ```
///
/// # Errors
/// [`ErrorCode::CorruptHistory`](crate::ErrorCode::CorruptHistory) with the index of the first event that is not as it was
/// written, or is not where it was.
pub fn verify(events: impl IntoIterator<Item = impl AsRef<Event>>) -> Result<Sum, Error> {
    let mut last = None;
    for (index, (event, seq)) in events.into_iter().zip(1_u64..).enumerate() {
        let event = event.as_ref();
        if event.seq != seq {
            return Err(corrupt(index, format!("seq {seq}"), format!("seq {}", event.seq)));
        }
        let fits = fits_chain(event, Some(last.as_ref().unwrap_or(&Sum::NOTHING)));
        fits.map_err(|(expected, found)| corrupt(index, expected, found))?;
        last = event.chain.as_deref().copied();
    }
    last.ok_or_else(|| corrupt(0, "the event opened", "no event"))
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
