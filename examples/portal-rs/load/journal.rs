//! What must hold of the journal, read past the portal when it is gone.

use std::collections::HashSet;

use kezek::{Event, Fact, Moment, Register, Stage, VacancyFilter};
use sqlx::Connection as _;

use crate::Fault;
use crate::portal::CITY;
use crate::way::Expected;

const EVENTS: &str = "select body from event where settlement = $1 order by seq";

/// Replays the journal of the city, and counts.
pub(crate) async fn counted(database: &str) -> Result<Expected, Fault> {
    let bodies: Vec<String> = if database.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(database).await?;
        sqlx::query_scalar(EVENTS).bind(CITY).fetch_all(&mut connection).await?
    } else {
        let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite:{database}")).await?;
        sqlx::query_scalar(EVENTS).bind(CITY).fetch_all(&mut connection).await?
    };
    let events: Result<Vec<Event>, _> = bodies.iter().map(|body| serde_json::from_str(body)).collect();
    // Replaying refuses a gap, and an event that cannot follow what was before it.
    let register = Register::replay(events?)?;
    let view = register.at(register.now().unwrap_or(Moment::from_unix(0)))?;

    let (mut places, mut taken) = (0, 0);
    for row in view.vacancies(&VacancyFilter::default()) {
        let all = row.waiting + row.open + row.referred + row.filled + row.gone;
        if row.total != all {
            return Err(format!("vacancy {}: {all} places of {}", row.vacancy, row.total).into());
        }
        places += u64::from(row.total);
        taken += u64::from(row.waiting + row.referred);
    }
    let (mut children, mut placed) = (HashSet::new(), HashSet::new());
    for event in register.events() {
        let Fact::Registered { application, child, .. } = &event.fact else { continue };
        children.insert(&child.iin);
        let stage = view.application(application)?.stage;
        if matches!(stage, Stage::Notified | Stage::Referred) && !placed.insert(&child.iin) {
            return Err("a child has two places".into());
        }
    }
    let placed = u64::try_from(placed.len())?;
    if placed != taken {
        return Err(format!("{placed} children have {taken} places").into());
    }
    Ok(Expected { families: u64::try_from(children.len())?, places, placed })
}
