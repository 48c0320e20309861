//! Events in plain English.

use kezek::{
    Calendar, Cause, CloseReason, Event, Fact, Kindergarten, KindergartenKind, Language, Moment, Reason,
    SeatGoes, VacancyId, Zone,
};
use serde_json::Value;

use super::{clock, views};

/// A line of the story: who, and what happened.
pub(crate) struct Sentence {
    /// The application or the vacancy.
    pub(crate) who: String,
    /// What happened.
    pub(crate) what: String,
}

/// Tells events one after another; it remembers which vacancy is whose.
pub(crate) struct Teller<'a> {
    zone: Zone,
    calendar: &'a Calendar,
    kindergartens: Vec<Kindergarten>,
}

impl<'a> Teller<'a> {
    /// Tells in the local time of a zone, and which days are off.
    pub(crate) fn new(zone: Zone, calendar: &'a Calendar) -> Teller<'a> {
        Teller { zone, calendar, kindergartens: Vec::new() }
    }

    /// What an event says; nothing for the opening of the register.
    pub(crate) fn tell(&mut self, event: &Event) -> Option<Sentence> {
        let mut what = self.what(&event.fact, event.cause)?;
        if let (Some(at), Some(end)) = (event.at, end(&event.fact)) {
            what.push_str(&self.days_off(at, end));
        }
        let who = match (&event.fact, event.fact.application()) {
            (Fact::SeatReturned { vacancy, .. }, _) => format!("vacancy {vacancy}"),
            (_, Some(application)) => application.to_string(),
            (Fact::VacancyPublished { vacancy, .. } | Fact::SeatsOpened { vacancy, .. }, None) => {
                format!("vacancy {vacancy}")
            }
            (_another, None) => String::new(),
        };
        Some(Sentence { who, what })
    }

    fn what(&mut self, fact: &Fact, cause: Cause) -> Option<String> {
        Some(match fact {
            Fact::Opened { .. } => return None,
            Fact::Registered { group_year, benefit, documents, next_due, birth_date_differs, .. } => {
                let mut text = format!("is in the queue, group year {group_year}");
                if let Some(benefit) = benefit {
                    text.push_str(&format!(", benefit {benefit} with {}", many(*documents, "document")));
                }
                if *birth_date_differs {
                    text.push_str("; the child's number tells another birth date");
                }
                text + &self.confirm_by(*next_due)
            }
            Fact::Imported(imported) => {
                let since = self.moment(imported.registered_at);
                let (year, stage) = (imported.group_year, views::stage(imported.stage));
                format!("is taken over as {stage}, in the queue since {since}, group year {year}")
                    + &self.confirm_by(imported.next_due)
            }
            Fact::BenefitChanged { benefit: Some(benefit), documents, .. } => {
                format!("has now the benefit {benefit} with {}", many(*documents, "document"))
            }
            Fact::BenefitChanged { benefit: None, .. } => "has no benefit any more".to_owned(),
            Fact::BenefitProved { .. } => "has proved the benefit".to_owned(),
            Fact::BenefitLost { .. } => "loses the benefit, which was not proved".to_owned(),
            Fact::InterestConfirmed { next_due, .. } => {
                "confirms the interest in a place".to_owned() + &self.confirm_by(*next_due)
            }
            Fact::ParentLinked { .. } => "is linked to another parent as well".to_owned(),
            Fact::VacancyPublished { kindergarten, kind, group_year, language, places, opens_at, .. } => {
                self.kindergartens.push(kindergarten.clone());
                let kind = match kind {
                    KindergartenKind::State => "",
                    KindergartenKind::Private => " (private)",
                    KindergartenKind::MiniCentre => " (mini-centre)",
                };
                let language = match language {
                    Language::Kk => "Kazakh",
                    Language::Ru => "Russian",
                    Language::En => "English",
                };
                let places = many((*places).into(), "place");
                format!(
                    "{kindergarten}{kind} adds {places} for {group_year}, in {language}; what nobody can be \
                     offered opens at {}",
                    self.moment(*opens_at)
                )
            }
            Fact::TurnCame { vacancy, choose_by, .. } => {
                format!(
                    "the turn has come, for {}: choose before {}",
                    self.place(*vacancy),
                    self.moment(*choose_by)
                )
            }
            Fact::TurnLapsed { vacancy, .. } if cause == Cause::Command => {
                format!("passes the turn for {}, the number is kept", self.place(*vacancy))
            }
            Fact::TurnLapsed { vacancy, .. } => {
                format!(
                    "nothing was chosen: the turn for {} lapses, the number is kept",
                    self.place(*vacancy)
                )
            }
            Fact::TurnMoved { vacancy, .. } => {
                format!(
                    "the turn is now for {}: somebody took the place that it was for",
                    self.place(*vacancy)
                )
            }
            Fact::SeatsOpened { vacancy, places, .. } => {
                let places = many((*places).into(), "place");
                format!(
                    "{places} of {} in free choice, for everybody of the year",
                    self.kindergarten(*vacancy)
                )
            }
            Fact::SeatReturned { vacancy, to, given_back_by, .. } => {
                let to = match to {
                    SeatGoes::NextInLine => "to the next in line",
                    SeatGoes::FreeChoice => "to free choice",
                    SeatGoes::Staff => "to the staff, who may publish it anew",
                };
                format!("{given_back_by} gives its place of {} back: {to}", self.kindergarten(*vacancy))
            }
            Fact::ReferralIssued { referral, vacancy, recall_until, expires_at, prove_by, .. } => {
                let mut text = format!(
                    "chooses {}: referral {referral}, good before {}",
                    self.place(*vacancy),
                    self.moment(*expires_at)
                );
                if let Some(until) = recall_until {
                    text.push_str(&format!("; recall before {}", self.moment(*until)));
                }
                if let Some(until) = prove_by {
                    text.push_str(&format!("; prove the benefit before {}", self.moment(*until)));
                }
                text
            }
            Fact::ReferralExtended { referral, reason, expires_at, .. } => {
                format!("extends referral {referral} to {}: {}", self.moment(*expires_at), said(reason))
            }
            Fact::ReferralRecalled { referral, reason, .. } => {
                format!("recalls referral {referral}, no penalty: {}", said(reason))
            }
            Fact::ReferralExpired { referral, unproved: true, .. } => {
                format!("referral {referral} is annulled: the benefit was not proved in time")
            }
            Fact::ReferralExpired { referral, lapses, unproved: false, .. } => {
                format!("nobody came: referral {referral} is annulled, {}", many((*lapses).into(), "lapse"))
            }
            Fact::StopListed { until, .. } => format!("is in the stop-list until {}", self.moment(*until)),
            Fact::StopListEnded { .. } => "is out of the stop-list, the number is kept".to_owned(),
            Fact::MadeInactive { until, .. } => {
                format!("did not answer and is inactive; can come back before {}", self.moment(*until))
            }
            Fact::Restored { .. } => "is back in the queue".to_owned(),
            Fact::ReminderDue { until, .. } => {
                format!("is to be reminded of an end at {}", self.moment(*until))
            }
            Fact::Visited { .. } => "the family came: the referral's term no longer runs".to_owned(),
            Fact::Refused { referral, reason, .. } => {
                format!("is refused with referral {referral}, for the department to review: {}", said(reason))
            }
            Fact::RefusalUpheld { .. } => "the department confirms the refusal".to_owned(),
            Fact::RefusalOverturned { .. } => {
                "the department does not confirm the refusal: the child must be accepted".to_owned()
            }
            Fact::Enrolled { kindergarten, referral, .. } => {
                format!("is accepted by {kindergarten} with referral {referral}")
            }
            Fact::Departed { kindergarten, date, reason, .. } => {
                format!("has left {kindergarten} on {}: {}", clock::day(*date), said(reason))
            }
            Fact::Closed { reason, .. } => format!("is closed: {}", closed(*reason)),
            later => format!("{} (this version has no words for it)", later.name()),
        })
    }

    /// The weekdays off on the way to an end: holidays, and days that were worked in advance.
    fn days_off(&self, at: Moment, end: Moment) -> String {
        let last = self.zone.day(end.plus_seconds(-1));
        let days = std::iter::successors(Some(self.zone.day(at).plus_days(1)), |day| Some(day.plus_days(1)));
        let weekdays = days.take_while(|day| *day <= last).filter(|day| clock::weekday(*day) <= 5);
        match weekdays.filter(|day| self.calendar.is_working_day(*day).is_ok_and(|working| !working)).count()
        {
            0 => String::new(),
            1 => " (a weekday off in between)".to_owned(),
            off => format!(" ({off} weekdays off in between)"),
        }
    }

    fn moment(&self, at: Moment) -> String {
        clock::moment(at, self.zone)
    }

    fn confirm_by(&self, next_due: Option<Moment>) -> String {
        next_due.map_or(String::new(), |at| format!("; to be confirmed before {}", self.moment(at)))
    }

    fn kindergarten(&self, vacancy: VacancyId) -> &str {
        let index = usize::try_from(vacancy).unwrap_or(0).checked_sub(1);
        index.and_then(|index| self.kindergartens.get(index)).map_or("?", Kindergarten::as_str)
    }

    fn place(&self, vacancy: VacancyId) -> String {
        format!("vacancy {vacancy} ({})", self.kindergarten(vacancy))
    }
}

/// The end that an event sets in working days.
fn end(fact: &Fact) -> Option<Moment> {
    match fact {
        Fact::TurnCame { choose_by, .. } => Some(*choose_by),
        Fact::ReferralIssued { expires_at, .. } => Some(*expires_at),
        Fact::StopListed { until, .. } => Some(*until),
        _without => None,
    }
}

fn closed(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::Withdrawn => "taken out of the queue by the applicant",
        CloseReason::InterestLapsed => "the interest was not confirmed in time",
        CloseReason::ReferralsLapsed => "referrals were let lapse too often",
        CloseReason::RefusalUpheld => "the refusal stands, the queue is not restored",
        CloseReason::AgeLimit => "the child has reached the age limit",
        CloseReason::NoAnswer => "no answer when the turn came",
        CloseReason::Departed => "the child has left the kindergarten",
        CloseReason::Moved => "moved to another settlement",
        _later_reason => "for a reason that this version has no words for",
    }
}

fn said(reason: &Reason) -> String {
    format!("“{}”", reason.text)
}

fn many(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A denial of the wire in words, and its rule.
pub(crate) fn condition(denial: &Value, zone: Zone) -> (String, &str) {
    let field = |key: &str| denial.get(key).and_then(Value::as_str);
    let mut text = field("code").unwrap_or_default().to_owned();
    for key in ["expected", "found", "until"] {
        match denial.get(key) {
            None | Some(Value::Null) => {}
            Some(value) => text.push_str(&format!(", {key} {}", plain(value, zone))),
        }
    }
    (text, field("rule").unwrap_or_default())
}

fn plain(value: &Value, zone: Zone) -> String {
    match value {
        Value::String(text) => text.parse().map_or_else(|_| text.clone(), |at| clock::moment(at, zone)),
        Value::Array(items) => items.iter().map(|item| plain(item, zone)).collect::<Vec<_>>().join(" or "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
