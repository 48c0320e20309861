//! What must hold of a journal after whatever happened.

use std::collections::{BTreeMap, HashMap, HashSet};

use kezek::{Event, Moment, Register, Stage, VacancyFilter};
use serde_json::Value;
use sqlx::Row as _;

use super::storm::Ledger;
use super::{Place, TOWN};

/// The tables of a database.
pub(crate) struct Tables {
    pub(crate) revision: i64,
    pub(crate) events: Vec<String>,
    /// (seq, part, body, sent_at)
    pub(crate) outbox: Vec<(i64, i32, String, Option<String>)>,
}

impl Tables {
    /// Reads them, past the portal.
    pub(crate) async fn read(place: &Place) -> Tables {
        let revision = "select revision from settlement where id = $1";
        let events = "select seq, body from event where settlement = $1 order by seq";
        let outbox = "select seq, part, body, sent_at from outbox where settlement = $1 order by seq, part";
        macro_rules! read {
            ($connection:expr) => {{
                let connection = &mut $connection;
                let revision: i64 =
                    sqlx::query_scalar(revision).bind(TOWN).fetch_one(&mut *connection).await.unwrap();
                let rows = sqlx::query(events).bind(TOWN).fetch_all(&mut *connection).await.unwrap();
                let rows: Vec<(i64, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
                for ((seq, _), expected) in rows.iter().zip(1..) {
                    assert_eq!(*seq, expected, "a gap in the journal");
                }
                let outbox = sqlx::query(outbox).bind(TOWN).fetch_all(&mut *connection).await.unwrap();
                let outbox =
                    outbox.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect();
                Tables { revision, events: rows.into_iter().map(|(_, body)| body).collect(), outbox }
            }};
        }
        use sqlx::Connection as _;
        if place.database.starts_with("postgres") {
            read!(sqlx::PgConnection::connect(&place.database).await.unwrap())
        } else {
            read!(sqlx::SqliteConnection::connect(&format!("sqlite:{}", place.database)).await.unwrap())
        }
    }

    /// The register that the journal tells of.
    pub(crate) fn replayed(&self) -> Register {
        let events: Vec<Event> = self.events.iter().map(|body| serde_json::from_str(body).unwrap()).collect();
        Register::replay(events).expect("the journal does not replay")
    }
}

/// Looks at everything; answers the digest of the replayed journal.
pub(crate) async fn judge(place: &Place, ledger: &Ledger) -> String {
    let tables = Tables::read(place).await;
    assert_eq!(usize::try_from(tables.revision).unwrap(), tables.events.len(), "revision and journal");
    let register = tables.replayed();
    every_command_once(&tables, ledger);
    one_place_one_child(&register);
    messages_complete(&tables, &register);
    register.digest()
}

/// Every accepted command is in the journal exactly once, where its answer said; no denied one is.
fn every_command_once(tables: &Tables, ledger: &Ledger) {
    let mut seqs: HashMap<String, Vec<u64>> = HashMap::new();
    for body in &tables.events {
        let event: Value = serde_json::from_str(body).unwrap();
        if let Some(key) = event["key"].as_str() {
            seqs.entry(key.to_owned()).or_default().push(event["seq"].as_u64().unwrap());
        }
    }
    for (key, seq) in ledger.accepted() {
        let found = seqs.get(&key).unwrap_or_else(|| panic!("{key} was accepted and is lost"));
        assert_eq!(found.len(), 1, "{key} was done {} times", found.len());
        assert!(seq.is_none_or(|seq| seq == found[0]), "{key}: {seq:?} is elsewhere: {found:?}");
    }
    for key in ledger.denied() {
        assert!(!seqs.contains_key(&key), "{key} was denied and is done");
    }
    for key in seqs.keys() {
        assert!(ledger.knows(key), "{key} was done and nobody asked for it");
    }
}

/// Both invariants (wire.md 3).
fn one_place_one_child(register: &Register) {
    let now = register.now().unwrap_or(Moment::from_unix(1_525_000_000));
    let view = register.at(now).unwrap();
    let (mut referred, mut filled) = (0, 0);
    for row in view.vacancies(&VacancyFilter::default()) {
        let all = row.waiting + row.open + row.referred + row.filled + row.gone;
        assert_eq!(row.total, all, "vacancy {}", row.vacancy);
        referred += usize::from(row.referred);
        filled += usize::from(row.filled);
    }
    let (mut enrolled, mut live) = (HashSet::new(), HashSet::new());
    let mut turns: BTreeMap<u16, usize> = BTreeMap::new();
    for event in register.events() {
        let kezek::Fact::Registered { application, child, .. } = &event.fact else { continue };
        let application = view.application(application).unwrap();
        match application.stage {
            Stage::Enrolled => assert!(enrolled.insert(child.iin.clone()), "a child is enrolled twice"),
            Stage::Referred | Stage::UnderReview => {
                assert!(live.insert(child.iin.clone()), "a child has two live referrals");
            }
            Stage::Notified => *turns.entry(application.group_year).or_default() += 1,
            Stage::Queued | Stage::StopListed | Stage::Inactive | Stage::Closed | _ => {}
        }
    }
    assert_eq!((live.len(), enrolled.len()), (referred, filled), "places and children");
    for (year, turns) in turns {
        let filter = VacancyFilter { group_year: Some(year), ..VacancyFilter::default() };
        let waiting: usize = view.vacancies(&filter).iter().map(|row| usize::from(row.waiting)).sum();
        assert!(turns <= waiting, "{turns} turns for {waiting} waiting places");
    }
}

/// For every event that somebody is told of there are its messages, once each.
fn messages_complete(tables: &Tables, register: &Register) {
    let mut kept: HashMap<i64, usize> = HashMap::new();
    for (seq, ..) in &tables.outbox {
        *kept.entry(*seq).or_default() += 1;
    }
    let view = register.at(register.now().unwrap_or(Moment::from_unix(1_525_000_000))).unwrap();
    for event in register.events() {
        let seq = i64::try_from(event.seq).unwrap();
        assert_eq!(
            kept.remove(&seq).unwrap_or(0),
            view.messages(event).unwrap().len(),
            "messages of event {seq}"
        );
    }
    assert!(kept.is_empty(), "messages of nothing: {kept:?}");
}
