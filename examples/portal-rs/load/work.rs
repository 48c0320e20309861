//! The work, the same whoever keeps the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use tokio::sync::Barrier;

use crate::figures::{Figures, Row};
use crate::listeners::Listeners;
use crate::way::{Expected, Family, Published, Way};
use crate::{Arguments, Fault};

/// Places of one publication.
const AT_ONCE: usize = 100;

/// How it went.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) registrations: Row,
    /// Publications of 100 places each.
    pub(crate) publications: Row,
    pub(crate) positions: Row,
    pub(crate) dossiers: Row,
    /// Attempts for the last place.
    pub(crate) rush: Row,
    /// From the answer of a publication to the event on the page of whoever was called.
    pub(crate) heard: Option<Row>,
    /// Megabytes of whoever keeps the queue, before the rush.
    pub(crate) memory: Option<u64>,
    /// What was counted at the end.
    pub(crate) judged: String,
}

impl Outcome {
    /// Answers that were not what they should be.
    pub(crate) fn errors(&self) -> usize {
        let rows = [&self.registrations, &self.publications, &self.positions, &self.dossiers, &self.rush];
        rows.into_iter().chain(&self.heard).map(|row| row.errors).sum()
    }
}

/// Everybody registers; then they look while staff publish; then some rush for the last place of a group year.
pub(crate) async fn all(arguments: &Arguments, way: impl Way, year: u64) -> Result<Outcome, Fault> {
    let way = Arc::new(way);
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let work = |_| register(Arc::clone(&way), Arc::clone(&next), arguments.families, year);
    let registrations = everybody(arguments.connections, work).await?.row(began.elapsed());
    way.ready().await?;

    let listeners = Listeners::open(way.streams(&spread(arguments))).await?;
    let over = Arc::new(AtomicBool::new(false));
    let began = Instant::now();
    let readers = arguments.readers.unwrap_or(arguments.connections);
    let looking: Vec<_> = (0..readers)
        .map(|one| tokio::spawn(look(Arc::clone(&way), Arc::clone(&over), one, arguments.families)))
        .collect();
    let end = tokio::time::Instant::now() + Duration::from_secs(arguments.seconds);
    let (publications, published) = tokio::spawn(publish(Arc::clone(&way), arguments.places, year)).await?;
    let publishing = began.elapsed();
    let heard = listeners.close(&published, publishing).await;
    tokio::time::sleep_until(end).await;
    over.store(true, Ordering::Relaxed);
    let (mut positions, mut dossiers) = (Figures::default(), Figures::default());
    for one in looking {
        let (position, dossier) = one.await?;
        positions.join(position);
        dossiers.join(dossier);
    }
    let looked = began.elapsed();
    let memory = way.memory().await;

    let rush = rushes(arguments, &way, year).await?;
    let expected = Expected {
        families: u64::try_from(arguments.families + arguments.rushers())?,
        places: u64::try_from(arguments.places + arguments.rushes)?,
        placed: u64::try_from(arguments.places + arguments.rushes)?,
    };
    let way = Arc::into_inner(way).ok_or("somebody still asks")?;
    Ok(Outcome {
        registrations,
        publications: publications.row(publishing),
        positions: positions.row(looked),
        dossiers: dossiers.row(looked),
        rush,
        heard: (arguments.listeners > 0).then_some(heard),
        memory,
        judged: way.judge(expected).await?,
    })
}

async fn everybody<F>(connections: usize, work: impl Fn(usize) -> F) -> Result<Figures, Fault>
where
    F: Future<Output = Figures> + Send + 'static,
{
    let all: Vec<_> = (0..connections).map(|one| tokio::spawn(work(one))).collect();
    let mut figures = Figures::default();
    for one in all {
        figures.join(one.await?);
    }
    Ok(figures)
}

/// One after the other, until all families have registered.
async fn register(way: Arc<impl Way>, next: Arc<AtomicUsize>, families: usize, year: u64) -> Figures {
    let mut figures = Figures::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= families {
            return figures;
        }
        let began = Instant::now();
        let registered = way.register(Family::of(number, group_year(number, year))).await;
        figures.take(began, registered.is_some());
    }
}

/// Places of four group years in turn; when each was answered, too.
async fn publish(way: Arc<impl Way>, places: usize, year: u64) -> (Figures, Vec<(Published, Instant)>) {
    let (mut figures, mut answered) = (Figures::default(), Vec::new());
    for number in 0..places.div_ceil(AT_ONCE) {
        let some = AT_ONCE.min(places - number * AT_ONCE);
        let began = Instant::now();
        let published = way.publish(number, group_year(number, year), some).await;
        figures.take(began, published.is_some());
        answered.extend(published.map(|published| (published, Instant::now())));
    }
    (figures, answered)
}

/// Somebody looks at a number, or at a dossier, again and again.
async fn look(way: Arc<impl Way>, over: Arc<AtomicBool>, one: usize, families: usize) -> (Figures, Figures) {
    let mut dice = ChaCha8Rng::seed_from_u64(u64::try_from(one).unwrap_or(0));
    let (mut positions, mut dossiers) = (Figures::default(), Figures::default());
    let families = u64::try_from(families.max(1)).unwrap_or(1);
    while !over.load(Ordering::Relaxed) {
        let serial = 1 + u64::from(dice.next_u32()) % families;
        let began = Instant::now();
        if dice.next_u32().is_multiple_of(2) {
            positions.take(began, way.position(serial).await.is_some());
        } else {
            dossiers.take(began, way.dossier(serial).await.is_some());
        }
    }
    (positions, dossiers)
}

/// Each time: one place in a group year where nobody waits; so many register, and want it; one has it, the others
/// leave. Only the wanting counts.
async fn rushes(arguments: &Arguments, way: &Arc<impl Way>, year: u64) -> Result<Row, Fault> {
    let (mut figures, mut took) = (Figures::default(), Duration::ZERO);
    for round in 0..arguments.rushes {
        let year = year - 6;
        let published = way.publish(1_000_000 + round, year, 1).await.ok_or("a rush without a place")?;
        let first = arguments.families + round * arguments.rivals;
        let mut rivals = Vec::new();
        for number in first..first + arguments.rivals {
            let family = Family::of(number, year);
            rivals.push((family, way.register(family).await.ok_or("a rival cannot register")?));
        }
        let start = Arc::new(Barrier::new(rivals.len() + 1));
        let wanting: Vec<_> = rivals
            .iter()
            .map(|&(family, serial)| {
                let (way, start) = (Arc::clone(way), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    let began = Instant::now();
                    (way.choose(family, serial, published.vacancy).await, began.elapsed())
                })
            })
            .collect();
        start.wait().await;
        let began = Instant::now();
        let mut answers = Vec::new();
        for one in wanting {
            answers.push(one.await?);
        }
        took += began.elapsed();
        if answers.iter().filter(|(won, _)| *won == Some(true)).count() != 1 {
            return Err(format!("a rush that not exactly one has won: {answers:?}").into());
        }
        for ((won, took), (family, serial)) in answers.into_iter().zip(rivals) {
            match won {
                Some(won) => {
                    figures.add(took);
                    if !won {
                        way.leave(family, serial).await.ok_or("a rival cannot leave")?;
                    }
                }
                None => figures.fail(),
            }
        }
    }
    Ok(figures.row(took))
}

/// The first applications are called; of those some listen, spread over all publications and group years.
fn spread(arguments: &Arguments) -> Vec<u64> {
    let listener = |one: usize| 1 + one * arguments.places / arguments.listeners.max(1) + one % 4;
    (0..arguments.listeners).filter_map(|one| u64::try_from(listener(one)).ok()).collect()
}

/// Children of two to five years.
fn group_year(number: usize, year: u64) -> u64 {
    year - 5 + u64::try_from(number % 4).unwrap_or(0)
}

/// This year: it stands in the numbers.
pub(crate) fn this_year() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    // In Kazakhstan it begins five hours earlier.
    1970 + (now.as_secs() + 5 * 3_600) / 31_556_952
}
