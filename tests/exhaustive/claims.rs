//! What must hold of a settlement, whatever has been done.

use super::seen::{Lie, Seen};
use super::town::{State, Town};

/// Something that holds in every state, and the lie that it finds.
pub(crate) struct Claim {
    pub(crate) name: &'static str,
    pub(crate) holds: fn(&Town, &State) -> bool,
    pub(crate) broken_by: Lie,
}

pub(crate) const CLAIMS: [Claim; 6] = [
    Claim {
        name: "one place, one child",
        holds: |_, state| one_child(&state.seen),
        broken_by: Lie::OnePlaceTwice,
    },
    Claim {
        name: "a turn has a place",
        holds: |_, state| turn_has_place(&state.seen),
        broken_by: Lie::TurnWithoutPlace,
    },
    Claim {
        name: "no application is stuck",
        holds: |_, state| state.seen.stuck.is_empty(),
        broken_by: Lie::NoWayOut,
    },
    Claim { name: "nobody is overtaken", holds: |_, state| in_order(&state.seen), broken_by: Lie::Overtaken },
    Claim {
        name: "every place is accounted for",
        holds: |_, state| accounted_for(&state.seen),
        broken_by: Lie::PlaceLost,
    },
    Claim {
        name: "check, apply, denial and rollback agree",
        holds: |_, state| state.seen.agrees.is_ok(),
        broken_by: Lie::Disagreement,
    },
];

/// No two children hold one place, and no child is enrolled twice or has two turns or referrals (O27: an enrolled child
/// may be queued again): who is referred to a place, or enrolled, is the one whom the place tells.
fn one_child(seen: &Seen) -> bool {
    let holders: Vec<_> = (0_u64..).zip(seen.applications()).collect();
    let taken = seen.places().into_iter().all(|place| {
        let held = |(_, own): &&(u64, &serde_json::Value)| {
            Seen::held(own).is_some_and(|(is, vacancy, number)| {
                is != "waiting" && (vacancy, number) == (place.vacancy, place.number)
            })
        };
        let mut found = holders.iter().filter(held).map(|(holder, _)| *holder);
        match place.is {
            "referred" => found.next() == place.holder && found.next().is_none(),
            // R77: a place that a child has left is given again by publishing one.
            "filled" => found.next().is_none_or(|held| Some(held) == place.holder) && found.next().is_none(),
            _ => found.next().is_none(),
        }
    });
    let with_place = holders.iter().filter_map(|(_, own)| {
        let (is, ..) = Seen::held(own)?;
        Some((own["child"]["iin"].to_string(), is == "filled"))
    });
    let mut with_place: Vec<(String, bool)> = with_place.collect();
    let all = with_place.len();
    with_place.sort_unstable();
    with_place.dedup();
    taken && with_place.len() == all
}

/// Every turn is for a waiting place that is kept for it, and every place that is kept is kept for a turn.
fn turn_has_place(seen: &Seen) -> bool {
    let turns: Vec<(u64, u64, u64)> = (0..)
        .zip(seen.applications())
        .filter_map(|(holder, own)| Some((holder, Seen::held(own)?)))
        .filter(|(_, (is, ..))| *is == "waiting")
        .map(|(holder, (_, vacancy, place))| (holder, vacancy, place))
        .collect();
    let places = seen.places();
    let mut kept: Vec<(u64, u64, u64)> = places
        .iter()
        .filter(|place| place.is == "waiting")
        .filter_map(|place| Some((place.holder?, place.vacancy, place.number)))
        .collect();
    kept.sort_unstable();
    kept == turns
}

/// By registration, then serial: 1, 2, 3 … without gaps.
fn in_order(seen: &Seen) -> bool {
    seen.order.iter().map(|(number, ..)| *number).eq(1..=u32::try_from(seen.order.len()).unwrap_or(0))
}

/// Of every vacancy: what it tells that waits and is open is what does, and no place is lost or comes from nowhere.
fn accounted_for(seen: &Seen) -> bool {
    let places = seen.places();
    (1..).zip(seen.counts()).all(|(vacancy, (waiting, open, published))| {
        let count = |word: &str| {
            let own = places.iter().filter(|place| place.vacancy == vacancy && place.is == word);
            u64::try_from(own.count()).unwrap_or(0)
        };
        // Each vacancy here has one place.
        let words = ["waiting", "open", "referred", "filled", "gone"];
        (count("waiting"), count("open")) == (waiting, open)
            && words.map(count).iter().sum::<u64>() == published
            && published == 1
    })
}
