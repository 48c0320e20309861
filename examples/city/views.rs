//! What stands at the end: open deadlines, the lines with their numbers, the vacancies.

use kezek::{
    ApplicationNumber, ApplicationView, DeadlineView, Fact, GroupYear, KindergartenKind, Language, Moment,
    PositionView, Register, Stage, VacancyFilter, VacancyRow, VacancyState, View, Zone,
};

use super::clock;
use super::fault::{Fault, Place};
use super::story::Paper;
use super::table::{self, figure, name, text};

/// Prints them all, each table with at most so many rows.
pub(crate) fn print(
    paper: &mut Paper<'_>,
    register: &Register,
    now: Moment,
    limit: usize,
) -> Result<(), Fault> {
    let view =
        register.at(now).map_err(|error| Place { source: "the register", line: None }.error("", &error))?;
    let zone = register.policy().zone();
    let active = active(register, view);
    let at = clock::moment(now, zone);
    paper.heading(&format!("Open deadlines on {at}"))?;
    deadlines(paper, register, view, &active, limit)?;
    paper.heading(&format!("The lines on {at}"))?;
    lines(paper, &active, zone, limit)?;
    paper.heading("Список детских дошкольных организаций (свободных мест)")?;
    vacancies(paper, &view.vacancies(&VacancyFilter::default()), zone, limit)?;
    paper.line("")
}

/// An application that counts, with its numbers.
pub(crate) type Active = (ApplicationView, PositionView);

/// All that count, each line in the order of service.
pub(crate) fn active(register: &Register, view: View<'_>) -> Vec<Active> {
    let numbers = register.events().iter().filter_map(|event| match &event.fact {
        Fact::Registered { application, .. } => Some(application),
        Fact::Imported(imported) => Some(&imported.application),
        _another => None,
    });
    let known =
        |number: &ApplicationNumber| Some((view.application(number).ok()?, view.position(number).ok()?));
    let mut active: Vec<Active> =
        numbers.filter_map(known).filter(|(application, _)| application.stage.is_active()).collect();
    active.sort_by_key(|(application, position)| (application.group_year, position.in_group_year));
    active
}

fn deadlines(
    paper: &mut Paper<'_>,
    register: &Register,
    view: View<'_>,
    active: &[Active],
    limit: usize,
) -> Result<(), Fault> {
    let zone = register.policy().zone();
    let all = open_deadlines(view, active);
    let row = |deadline: &DeadlineView| {
        let who = deadline.application.as_ref().map_or("–".to_owned(), ToString::to_string);
        let mut what = brings(deadline).to_owned();
        if deadline.projected {
            what.push_str(" (by a projected calendar)");
        }
        [clock::moment(deadline.at, zone), who, what, deadline.rule.to_string()]
    };
    let columns = [text("When"), text("Application"), text("What happens if nothing is done"), text("Rule")];
    table(paper, columns, all.iter().map(row), limit)
}

/// Every open deadline, the earliest first.
pub(crate) fn open_deadlines(view: View<'_>, active: &[Active]) -> Vec<DeadlineView> {
    let own = active
        .iter()
        .flat_map(|(application, _)| view.deadlines(&application.application).unwrap_or_default());
    let mut all: Vec<DeadlineView> = own.collect();
    // A place that opens to free choice belongs to nobody; the register tells the next one.
    all.extend(view.next_deadline().filter(|next| next.application.is_none()));
    all.sort_by_key(|deadline| deadline.at);
    all
}

fn brings(deadline: &DeadlineView) -> &'static str {
    match deadline.brings {
        "turn_came" => "old enough: the turn comes",
        "turn_lapsed" => "the turn lapses, the number is kept",
        "referral_expired" => "the referral is annulled",
        "stop_list_ended" => "out of the stop-list",
        "seats_opened" => "places open to free choice",
        "closed" if deadline.rule.to_string() == "O28" => "the age limit: closed",
        "closed" if deadline.rule.to_string() == "F26" => "no answer in time: closed",
        "closed" => "the interest is not confirmed: closed",
        "reminder_due" => "a reminder",
        other => other,
    }
}

fn lines(paper: &mut Paper<'_>, active: &[Active], zone: Zone, limit: usize) -> Result<(), Fault> {
    let columns = [
        figure("Group year"),
        text("Application"),
        text("In the queue since"),
        text("Stage"),
        text("Benefit"),
        figure("Number in city"),
        figure("in group year"),
        figure("in benefit"),
    ];
    let mut last: Option<GroupYear> = None;
    let rows = active.iter().map(|(application, position)| {
        let year = application.group_year;
        let begins = last.replace(year) != Some(year);
        [
            if begins { year.to_string() } else { String::new() },
            application.application.to_string(),
            clock::portal(application.registered_at, zone),
            stage(application.stage).to_owned(),
            application.benefit.as_ref().map_or("–".to_owned(), ToString::to_string),
            position.number.to_string(),
            position.in_group_year.to_string(),
            position.in_benefit.to_string(),
        ]
    });
    table(paper, columns, rows, limit)
}

/// A stage in words.
pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Queued => "in the queue",
        Stage::Notified => "notified",
        Stage::Referred => "referred",
        Stage::UnderReview => "under review",
        Stage::StopListed => "stop-listed",
        Stage::Inactive => "inactive",
        Stage::Enrolled => "enrolled",
        Stage::Closed => "closed",
        _later_stage => "?",
    }
}

/// The columns and the words of the portal (instruction 003, figure 9).
fn vacancies(paper: &mut Paper<'_>, rows: &[VacancyRow], zone: Zone, limit: usize) -> Result<(), Fault> {
    let columns = [
        figure("№"),
        name("Название детского сада"),
        figure("Год группы"),
        text("Язык"),
        figure("Всего"),
        figure("Свободно"),
        text("Тип детского сада"),
        text("Дата добавления"),
        text("Состояние"),
    ];
    let row = |row: &VacancyRow| {
        [
            row.vacancy.to_string(),
            row.kindergarten.to_string(),
            row.group_year.to_string(),
            match row.language {
                Language::Kk => "Казахский",
                Language::Ru => "Русский",
                Language::En => "Английский",
            }
            .to_owned(),
            row.total.to_string(),
            row.waiting.saturating_add(row.open).to_string(),
            match row.kind {
                KindergartenKind::State => "Государственный",
                KindergartenKind::Private => "Частный",
                KindergartenKind::MiniCentre => "Мини-центр",
            }
            .to_owned(),
            clock::portal(row.published_at, zone),
            match row.state {
                VacancyState::Waiting => "Ожидает",
                VacancyState::FreeChoice => "В свободном выборе",
            }
            .to_owned(),
        ]
    };
    table(paper, columns, rows.iter().map(row), limit)
}

fn table<const N: usize>(
    paper: &mut Paper<'_>,
    columns: [table::Column; N],
    mut rows: impl Iterator<Item = [String; N]>,
    limit: usize,
) -> Result<(), Fault> {
    let shown: Vec<[String; N]> = rows.by_ref().take(limit).collect();
    let more = rows.count();
    if shown.is_empty() {
        return paper.line("none");
    }
    for line in table::lines(columns, &shown) {
        paper.line(&line)?;
    }
    if more > 0 {
        paper.line(&format!("… and {more} more (--rows 0 shows all)"))?;
    }
    Ok(())
}
