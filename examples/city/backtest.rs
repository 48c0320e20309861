//! How often the forecasts of a journal would have held, as tables.

use std::io::Write;
use std::time::Instant;

use kezek::{Backtest, BacktestCounts};

use super::args;
use super::fault::{Fault, Place};
use super::story::Paper;
use super::table::{self, figure, text};
use super::{journal, play, settings};

/// Plays a journal and looks at its forecasts.
pub(crate) fn run(
    wanted: &args::Backtest,
    out: &mut dyn Write,
    err: &mut dyn Write,
    colour: bool,
) -> Result<(), Fault> {
    let register = settings::register(&wanted.policy, wanted.calendar.as_deref())?;
    let (source, steps) = journal::read(Some(&wanted.journal))?;
    let played = play::play(register, &source, steps, None)?;
    let events: Vec<_> = played.register.events().iter().map(|event| (**event).clone()).collect();
    let began = Instant::now();
    let tested = kezek::backtest(events, wanted.per_line)
        .map_err(|error| Place { source: &source, line: None }.error("", &error))?;
    print(&mut Paper { out, colour }, &source, &tested)?;
    writeln!(err, "{}; looked back in {:.2} s", played.summary(), began.elapsed().as_secs_f64())?;
    Ok(())
}

fn print(paper: &mut Paper<'_>, source: &str, tested: &Backtest) -> Result<(), Fault> {
    let asked_on = match (tested.asked_on.first(), tested.asked_on.last()) {
        (Some(first), Some(last)) => format!("asked each month from {first} to {last}"),
        (_, _) => "nothing to ask".to_owned(),
    };
    paper.heading(&format!("Forecasts in {source}, {asked_on}"))?;
    let columns = [
        text("Days ahead"),
        figure("asked"),
        figure("held"),
        figure("earlier"),
        figure("later"),
        figure("left before"),
        figure("not yet known"),
        figure("could not tell"),
        figure("held of settled"),
        figure("median range, days"),
    ];
    let mut rows: Vec<_> = tested
        .horizons
        .iter()
        .map(|horizon| {
            let to =
                horizon.to_days.map_or("and more".to_owned(), |to| format!("to {}", to.saturating_sub(1)));
            row(&format!("{} {to}", horizon.from_days), &horizon.counts)
        })
        .collect();
    rows.push(row("all", &tested.all));
    lines(paper, columns, &rows)?;

    paper.heading("What they said of themselves, and what came")?;
    let columns = [text("Said"), figure("settled"), figure("held"), figure("held of settled")];
    let rows: Vec<_> = tested
        .calibration
        .iter()
        .map(|row| {
            let said = format!("{}–{} %", row.said_from, row.said_to);
            [said, row.settled.to_string(), row.held.to_string(), format!("{} %", row.held_percent)]
        })
        .collect();
    lines(paper, columns, &rows)?;

    paper.heading("Why nothing was told")?;
    let rows: Vec<_> =
        tested.cannot_tell.iter().map(|(why, times)| [why.clone(), times.to_string()]).collect();
    lines(paper, [text("Why"), figure("times")], &rows)
}

fn row(name: &str, counts: &BacktestCounts) -> [String; 10] {
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    [
        name.to_owned(),
        counts.asked.to_string(),
        counts.held.to_string(),
        counts.earlier.to_string(),
        counts.later.to_string(),
        counts.left.to_string(),
        counts.open.to_string(),
        counts.cannot_tell.to_string(),
        or_none(counts.held_percent.map(|percent| format!("{percent} %"))),
        or_none(counts.median_days.map(|days| days.to_string())),
    ]
}

fn lines<const N: usize>(
    paper: &mut Paper<'_>,
    columns: [table::Column; N],
    rows: &[[String; N]],
) -> Result<(), Fault> {
    if rows.is_empty() {
        return paper.line("none");
    }
    for line in table::lines(columns, rows) {
        paper.line(&line)?;
    }
    paper.line("")
}
