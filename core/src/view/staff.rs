//! Lists: places, and what kindergartens look up.

use serde::Serialize;

use super::View;
use crate::application::{Application, Standing};
use crate::error::ErrorCode;
use crate::vacancy::Vacancy;
use crate::{
    Actor, ApplicationNumber, BenefitId, Error, Fact, GroupYear, Kindergarten, KindergartenKind, Language,
    Moment, Person, ReferralNumber, Stage, VacancyId, VacancyState, Which,
};

/// A row of the base of free places (База свободных мест / бос орындар базасы), R61.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VacancyRow {
    /// Its number.
    pub vacancy: VacancyId,
    /// Where.
    pub kindergarten: Kindergarten,
    /// The kind of kindergarten.
    pub kind: KindergartenKind,
    /// For which line.
    pub group_year: GroupYear,
    /// The language.
    pub language: Language,
    /// All places («Всего»).
    pub total: u16,
    /// Waiting for the turn. «Свободно» is waiting and open together.
    pub waiting: u16,
    /// In free choice.
    pub open: u16,
    /// With a referral to it, under review too.
    pub referred: u16,
    /// With a child in it.
    pub filled: u16,
    /// Out of the count until staff publish it anew.
    pub gone: u16,
    /// «Ожидает» or «В свободном выборе»; kept when no place is left (R67).
    pub state: VacancyState,
    /// When it was added.
    pub published_at: Moment,
    /// By whom, where that was said.
    pub added_by: Option<Actor>,
}

/// Which vacancies to list; nothing said: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VacancyFilter {
    /// Of this line.
    pub group_year: Option<GroupYear>,
    /// Of this kindergarten.
    pub kindergarten: Option<Kindergarten>,
    /// In this state.
    pub state: Option<VacancyState>,
}

/// What staff see when they look a referral up (Обработка направления), R69, R70.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReferralView {
    /// Its number.
    pub referral: ReferralNumber,
    /// Its application.
    pub application: ApplicationNumber,
    /// Where the application stands now.
    pub stage: Stage,
    /// Whether this referral is the one that counts now: live, or under review, or enrolled with.
    pub live: bool,
    /// The child: personal data.
    pub child: Person,
    /// The applicant: personal data.
    pub applicant: Person,
    /// The kindergarten («Название ДДО»).
    pub kindergarten: Kindergarten,
    /// «Год очереди».
    pub group_year: GroupYear,
    /// «Льготность».
    pub benefit: Option<BenefitId>,
    /// When it was issued («Дата выдачи»).
    pub issued_at: Moment,
    /// The first instant that is too late («Дата истечения срока»); none once no term runs.
    pub expires_at: Option<Moment>,
    /// Whether the kindergarten must accept the child (R76).
    pub must_accept: bool,
}

/// A row of the list of enrolled children (Список числящихся детей), R72, R77.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnrolledRow {
    /// The child: personal data.
    pub child: Person,
    /// Its application.
    pub application: ApplicationNumber,
    /// The referral that it came with; none for one that was taken over without.
    pub referral: Option<ReferralNumber>,
    /// «Год».
    pub group_year: GroupYear,
}

impl VacancyRow {
    fn of(id: VacancyId, vacancy: &Vacancy) -> VacancyRow {
        let counts = vacancy.counts();
        VacancyRow {
            vacancy: id,
            kindergarten: vacancy.kindergarten.clone(),
            kind: vacancy.kind,
            group_year: vacancy.group_year,
            language: vacancy.language,
            total: vacancy.total(),
            waiting: counts.waiting,
            open: counts.open,
            referred: counts.referred,
            filled: counts.filled,
            gone: counts.gone,
            state: vacancy.state(),
            published_at: vacancy.published_at,
            added_by: vacancy.added_by.clone(),
        }
    }
}

impl View<'_> {
    /// The vacancies, in the order of publication (R61).
    #[must_use]
    pub fn vacancies(self, filter: &VacancyFilter) -> Vec<VacancyRow> {
        let rows = self.register.book().vacancies.iter().zip(1..);
        let wanted = rows.filter(|(vacancy, _)| {
            filter.group_year.is_none_or(|wanted| wanted == vacancy.group_year)
                && filter.kindergarten.as_ref().is_none_or(|wanted| *wanted == vacancy.kindergarten)
                && filter.state.is_none_or(|wanted| wanted == vacancy.state())
        });
        wanted.map(|(vacancy, id)| VacancyRow::of(id, vacancy)).collect()
    }

    /// The processing card of a referral, by its number or by the child (R69, R70).
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]: no such referral, or the child has never had one.
    pub fn referral(self, which: &Which) -> Result<ReferralView, Error> {
        let (_, application) = self.find_which(which)?;
        let asked = match which {
            Which::Referral(number) => Some(*number),
            Which::Application(_) | Which::Child(_) => None,
        };
        self.referral_of(application, asked).ok_or_else(|| {
            Error::new(ErrorCode::NotFound, "referral", "one that was issued", application.number.to_string())
        })
    }

    /// The referral of that number, or the last one.
    fn referral_of(self, application: &Application, asked: Option<ReferralNumber>) -> Option<ReferralView> {
        let issued = |fact: &Fact| {
            let Fact::ReferralIssued { application: own, referral, kindergarten, .. } = fact else {
                return None;
            };
            let meant = *own == application.number && asked.is_none_or(|asked| asked == *referral);
            meant.then(|| (*referral, kindergarten.clone()))
        };
        let mut events = self.register.events().iter().rev();
        let (issue, (referral, kindergarten)) =
            events.find_map(|event| Some((event, issued(&event.fact)?)))?;
        let (live, expires_at, must_accept) = match &application.standing {
            Standing::Referred { referral: live, expires_at, must_accept, .. } if live.number == referral => {
                (true, expires_at.map(|deadline| deadline.at), *must_accept)
            }
            Standing::UnderReview { referral: live, .. } => (live.number == referral, None, false),
            Standing::Enrolled(enrolment) => (enrolment.referral == Some(referral), None, false),
            Standing::Referred { .. }
            | Standing::Queued
            | Standing::Notified { .. }
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Closed { .. } => (false, None, false),
        };
        Some(ReferralView {
            referral,
            application: application.number.clone(),
            stage: application.stage(),
            live,
            child: application.child.iin.clone(),
            applicant: application.applicant.clone(),
            kindergarten,
            group_year: application.group_year,
            benefit: application.benefit.clone(),
            issued_at: issue.moment(),
            expires_at,
            must_accept,
        })
    }

    /// The children enrolled in a kindergarten, in the order of their applications (R72, R77).
    #[must_use]
    pub fn enrolled(self, kindergarten: &Kindergarten) -> Vec<EnrolledRow> {
        let rows = self.applications().filter_map(|(_, application)| {
            let Standing::Enrolled(enrolment) = &application.standing else { return None };
            (enrolment.kindergarten == *kindergarten).then(|| EnrolledRow {
                child: application.child.iin.clone(),
                application: application.number.clone(),
                referral: enrolment.referral,
                group_year: application.group_year,
            })
        });
        rows.collect()
    }
}
