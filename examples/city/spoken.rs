//! The story and what stands at the end in Kazakh, Russian or English, told by the library's own texts.

use kezek::{
    Button, Day, DeadlineView, Event, Fact, GroupYear, Label, Language, Register, Texts, VacancyFilter,
    VacancyRow,
};

use super::args::{Lang, Play};
use super::clock;
use super::fault::{Fault, Place};
use super::play::{A_CHILD, A_NEW_CHILD, Played, Refused};
use super::story::{Look, Paper, line};
use super::table::{self, figure, name, text};
use super::views::{Active, active, open_deadlines};

/// The texts of a register's policy in a language.
pub(crate) fn texts(lang: Lang, register: &Register) -> Result<Texts<'_>, Fault> {
    let language = match lang {
        Lang::Kk => Language::Kk,
        Lang::Ru => Language::Ru,
        Lang::En => Language::En,
    };
    let place = Place { source: "--lang", line: None };
    let missing = || place.fault("not_built_in", "", "a language that was built in", "one that was not");
    Texts::of(language, register.policy()).ok_or_else(missing)
}

/// Prints it all.
pub(crate) fn print(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    played: &Played,
    wanted: &Play,
) -> Result<(), Fault> {
    if !wanted.quiet {
        story(paper, texts, played)?;
    }
    let register = &played.register;
    let Some(now) = register.now() else { return Ok(()) };
    let source = Place { source: "the register", line: None };
    let view = register.at(now).map_err(|error| source.error("", &error))?;
    let limit = if wanted.rows == 0 { usize::MAX } else { wanted.rows };
    let active = active(register, view);
    let at = texts.moment(now);
    paper.heading(&format!("{} ({at})", texts.label(Label::Deadlines)))?;
    deadlines(paper, texts, &open_deadlines(view, &active), limit)?;
    paper.heading(&format!("{} ({at})", texts.label(Label::Queue)))?;
    lines(paper, texts, &active, limit)?;
    paper.heading(texts.label(Label::Vacancies))?;
    vacancies(paper, texts, &view.vacancies(&VacancyFilter::default()), limit)?;
    paper.line("")
}

/// Events and denied commands, day by day.
fn story(paper: &mut Paper<'_>, texts: Texts<'_>, played: &Played) -> Result<(), Fault> {
    let register = &played.register;
    let zone = register.policy().zone();
    let mut today = None;
    let mut denied = played.denied.iter().peekable();
    for event in register.events() {
        while let Some(refused) = denied.next_if(|refused| refused.after < event.seq) {
            refusal(paper, texts, register, refused, &mut today)?;
        }
        let Some(at) = event.at else { continue };
        begin_day(paper, texts, register, zone.day(at), &mut today)?;
        let (time, rule) = (clock::time(at, zone), event.rule.to_string());
        line(paper, &time, &who(event), &texts.event(event), &rule, Look::Plain)?;
    }
    for refused in denied {
        refusal(paper, texts, register, refused, &mut today)?;
    }
    Ok(())
}

/// Whose event it is: what is about places names them itself.
fn who(event: &Event) -> String {
    match &event.fact {
        Fact::SeatReturned { .. } => String::new(),
        fact => fact.application().map_or(String::new(), ToString::to_string),
    }
}

/// A denied command: its button, and every unmet condition on its own line.
fn refusal(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    register: &Register,
    refused: &Refused,
    today: &mut Option<Day>,
) -> Result<(), Fault> {
    let zone = register.policy().zone();
    begin_day(paper, texts, register, zone.day(refused.at), today)?;
    let time = clock::time(refused.at, zone);
    let button = Button::of_command(refused.action).map_or(refused.action, |button| texts.button(button));
    let what = format!("✗ {}: {button}", texts.label(Label::Denied));
    // A child that is not in the queue yet has no number.
    let who = if [A_CHILD, A_NEW_CHILD].contains(&refused.about.as_str()) { "" } else { &refused.about };
    line(paper, &time, who, &what, "", Look::Red)?;
    for denial in &refused.reasons {
        line(paper, "", "", &texts.denial(denial), &denial.rule.to_string(), Look::Red)?;
    }
    Ok(())
}

/// A new day has a heading, which tells days off.
fn begin_day(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    register: &Register,
    day: Day,
    today: &mut Option<Day>,
) -> Result<(), Fault> {
    if today.replace(day) == Some(day) {
        return Ok(());
    }
    let weekend = clock::weekday(day) > 5;
    let label = match (register.calendar().is_working_day(day), weekend) {
        (Ok(false), true) => Some(Label::Weekend),
        (Ok(false), false) => Some(Label::DayOff),
        (Ok(true), true) => Some(Label::Worked),
        (Ok(true), false) | (Err(_), _) => None,
    };
    let kind = label.map_or(String::new(), |label| format!(" ({})", texts.label(label)));
    paper.heading(&format!("{}{kind}", texts.date(day)))
}

fn deadlines(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    deadlines: &[DeadlineView],
    limit: usize,
) -> Result<(), Fault> {
    let columns = [
        text(texts.label(Label::When)),
        text(texts.label(Label::Application)),
        name(texts.label(Label::What)),
        text(texts.label(Label::Rule)),
    ];
    let row = |deadline: &DeadlineView| {
        let who = deadline.application.as_ref().map_or("–".to_owned(), ToString::to_string);
        [texts.stamp(deadline.at), who, texts.deadline(deadline), deadline.rule.to_string()]
    };
    table(paper, texts, columns, deadlines.iter().map(row), limit)
}

fn lines(paper: &mut Paper<'_>, texts: Texts<'_>, active: &[Active], limit: usize) -> Result<(), Fault> {
    let columns = [
        figure(texts.label(Label::GroupYear)),
        text(texts.label(Label::Application)),
        text(texts.label(Label::InQueueSince)),
        name(texts.label(Label::Stage)),
        name(texts.label(Label::Benefit)),
        figure(texts.label(Label::Number)),
        figure(texts.label(Label::NumberInGroupYear)),
        figure(texts.label(Label::NumberInBenefit)),
    ];
    let mut last: Option<GroupYear> = None;
    let rows = active.iter().map(|(application, position)| {
        let year = application.group_year;
        let begins = last.replace(year) != Some(year);
        [
            if begins { year.to_string() } else { String::new() },
            application.application.to_string(),
            texts.stamp(application.registered_at),
            texts.stage(application.stage).to_owned(),
            texts.benefit(application.benefit.as_ref()),
            position.number.to_string(),
            position.in_group_year.to_string(),
            position.in_benefit.to_string(),
        ]
    });
    table(paper, texts, columns, rows, limit)
}

/// The columns of the portal (instruction 003, figure 9).
fn vacancies(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    rows: &[VacancyRow],
    limit: usize,
) -> Result<(), Fault> {
    let columns = [
        figure("№"),
        name(texts.label(Label::Kindergarten)),
        figure(texts.label(Label::GroupYear)),
        name(texts.label(Label::Language)),
        figure(texts.label(Label::Total)),
        figure(texts.label(Label::Free)),
        name(texts.label(Label::Kind)),
        text(texts.label(Label::PublishedAt)),
        name(texts.label(Label::VacancyState)),
    ];
    let row = |row: &VacancyRow| {
        [
            row.vacancy.to_string(),
            row.kindergarten.to_string(),
            row.group_year.to_string(),
            texts.language_of_instruction(row.language).to_owned(),
            row.total.to_string(),
            row.waiting.saturating_add(row.open).to_string(),
            texts.kind(row.kind).to_owned(),
            texts.stamp(row.published_at),
            texts.vacancy_state(row.state).to_owned(),
        ]
    };
    table(paper, texts, columns, rows.iter().map(row), limit)
}

fn table<const N: usize>(
    paper: &mut Paper<'_>,
    texts: Texts<'_>,
    columns: [table::Column; N],
    mut rows: impl Iterator<Item = [String; N]>,
    limit: usize,
) -> Result<(), Fault> {
    let shown: Vec<[String; N]> = rows.by_ref().take(limit).collect();
    let more = rows.count();
    if shown.is_empty() {
        return paper.line(texts.label(Label::Nothing));
    }
    for line in table::lines(columns, &shown) {
        paper.line(&line)?;
    }
    if more > 0 {
        paper.line(&format!("… +{more} (--rows 0)"))?;
    }
    Ok(())
}
