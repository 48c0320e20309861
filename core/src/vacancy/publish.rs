//! R60-R68: publishing places, at any hour (R66). Pure.

use crate::event::StartedTerms;
use crate::policy::{Clock, Start};
use crate::{Action, Actor, Command, DenialReason, Fact, KindergartenKind, Moment, VacancyId};

/// Every unmet condition of a publication.
pub(crate) fn judge_publish(command: &Command, clock: Clock<'_>, now: Moment) -> Vec<DenialReason> {
    let Action::PublishVacancy { kindergarten, places, .. } = &command.action else { return Vec::new() };
    let mut unmet = Vec::new();
    // R08, R10: staff, for a kindergarten that they serve.
    if let Some(actor) = &command.by
        && !matches!(actor, Actor::Staff { kindergartens } if kindergartens.contains(kindergarten))
    {
        unmet.push(DenialReason::NotYours { expected: "staff of the kindergarten".into() });
    }
    if !(1..=999).contains(places) {
        unmet.push(DenialReason::PlacesOutOfRange { expected: "1 to 999".into(), found: *places });
    }
    // F09: not on a day without publications.
    let today = clock.day(now);
    if clock.policy.blackouts.contains(&today) {
        unmet.push(DenialReason::PublicationClosed { found: today });
    }
    unmet
}

/// R60: the places wait for those whose turn it is, at most for one choice window.
pub(crate) fn publication(
    action: &Action,
    vacancy: VacancyId,
    clock: Clock<'_>,
    now: Moment,
) -> Option<Fact> {
    let Action::PublishVacancy { kindergarten, group_year, language, places, kind } = action else {
        return None;
    };
    let window = clock.policy.choice_window;
    let opens_at = clock.end(window, Start { at: now, by_itself: false });
    Some(Fact::VacancyPublished {
        vacancy,
        kindergarten: kindergarten.clone(),
        kind: kind.unwrap_or(KindergartenKind::State),
        group_year: *group_year,
        language: *language,
        places: u16::try_from(*places).unwrap_or_default(),
        opens_at: opens_at.at,
        terms: StartedTerms { opens_at: Some(window), ..StartedTerms::default() },
        projected: opens_at.projected,
    })
}
