//! Takes over a running portal's applications from whole files.
//!
//! Everything is read ([`read`], [`sheet`]) and tried ([`take`]) before anything is written, and every bad row is
//! reported ([`bad`]). What comes out is a journal of commands, which `city` plays again.

mod bad;
pub(crate) mod read;
mod sheet;
mod take;

use std::io::Write;
use std::time::Instant;

use serde_json::json;

use super::args::{BadRows, Import};
use super::fault::Fault;
use super::output::Pending;
use super::{settings, story, views};
use read::Rows;
use take::{Said, Taken};

/// Takes over what the files say.
pub(crate) fn run(
    wanted: &Import,
    out: &mut dyn Write,
    err: &mut dyn Write,
    colour: bool,
) -> Result<(), Fault> {
    let began = Instant::now();
    let empty = settings::register(&wanted.policy, wanted.calendar.as_deref())?;
    let vacancies = wanted.vacancies.as_deref();
    let vacancies = vacancies.map(|path| read::read(path, None, &sheet::VACANCIES)).transpose()?;
    let mut vacancies = vacancies.unwrap_or_else(Rows::none);
    let mut applications = read::read(&wanted.file, wanted.format, &sheet::APPLICATIONS)?;
    let (kind, document) = &wanted.authority;
    let said = Said {
        at: wanted.at,
        reason: wanted.reason.clone(),
        authority: json!({"kind": kind, "document": document}),
    };

    let mut taken = Taken::by(empty.clone());
    taken.publish(&mut vacancies, &said)?;
    if vacancies.bad.is_empty() {
        taken.import(&mut applications, &said, &empty);
    } else {
        // Without its vacancies an application cannot be judged, only read.
        let _unjudged = take::steps(&mut applications, &said);
    }
    let skipped = reported(&mut vacancies, &mut applications, wanted.bad_rows, err)?;
    keep(wanted, &taken)?;

    let mut paper = story::Paper { out: &mut *out, colour };
    let policy = taken.register.policy();
    let heading = format!("{}, by the rules of {} ({})", applications.source, policy.name(), policy.zone());
    paper.heading(&heading)?;
    let limit = if wanted.rows == 0 { usize::MAX } else { wanted.rows };
    views::print(&mut paper, &taken.register, wanted.at, limit)?;
    paper.line(&taken.register.digest())?;
    out.flush()?;
    writeln!(
        err,
        "{} taken over, {skipped} skipped, {} closed at once because an end had passed; {} vacancies, {} events, in {:.2} s",
        taken.applications,
        taken.closed,
        taken.vacancies,
        taken.register.events().len(),
        began.elapsed().as_secs_f64(),
    )?;
    Ok(())
}

/// Every bad row. Where nothing may be left out they end the run; else it goes on without so many.
///
/// A vacancy is never left out: those after it would have another's number.
fn reported(
    vacancies: &mut Rows,
    applications: &mut Rows,
    bad_rows: BadRows,
    err: &mut dyn Write,
) -> Result<usize, Fault> {
    for rows in [&mut *vacancies, &mut *applications] {
        rows.bad.sort_by_key(|bad| bad.line);
    }
    let skipped = applications.bad.len();
    let mut lines: Vec<String> =
        vacancies.bad.iter().chain(&applications.bad).map(|bad| bad.text.clone()).collect();
    if lines.is_empty() {
        return Ok(0);
    }
    let why = match bad_rows {
        _ if !vacancies.bad.is_empty() => "the vacancies must be right before applications can be judged",
        _ if applications.broken => "what follows such a fault cannot be told",
        BadRows::None => "--bad-rows skip takes the others over",
        BadRows::Skip => {
            writeln!(err, "{}", lines.join("\n"))?;
            return Ok(skipped);
        }
    };
    let rows = vacancies.bad.len().saturating_add(skipped);
    let rows = if rows == 1 { "1 bad row".to_owned() } else { format!("{rows} bad rows") };
    lines.push(format!("error: {rows}, nothing is taken over: {why}"));
    Err(Fault::Input(lines.join("\n")))
}

/// Writes the files that were asked for: all of them, or none.
fn keep(wanted: &Import, taken: &Taken) -> Result<(), Fault> {
    let journal = wanted.out.as_deref().map(|path| {
        let mut file = Pending::create(path)?;
        taken.journal.iter().try_for_each(|step| file.line(&take::line(step)))?;
        Ok(file)
    });
    let register = &taken.register;
    let events = wanted.events.as_deref().map(|path| super::write_events(path, register));
    let snapshot = wanted.snapshot.as_deref().map(|path| super::write_snapshot(path, register));
    let files: Vec<Pending> =
        [journal, events, snapshot].into_iter().flatten().collect::<Result<_, Fault>>()?;
    files.into_iter().try_for_each(Pending::keep)
}
