//! Every view as a method. Answers are plain dictionaries (`kezek.types`), instants as aware `datetime`.

use kezek::{Actor, ApplicationNumber, Error, Moment, Rounding, VacancyFilter, View, Which, Zone};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;

use super::Register;
use crate::card::Card;
use crate::error::{Result, Work, answered, malformed};
use crate::event::Event;
use crate::policy::Policy;
use crate::read;
use crate::write::{Style, object};

/// Something that Python hands over.
pub(super) type Given<'a, 'py> = &'a Bound<'py, PyAny>;
/// An answer.
pub(super) type Answer<'py> = Result<Bound<'py, PyAny>>;

impl Register {
    /// Asks at a moment, and answers when the register is no longer locked.
    fn seen<T>(&self, now: Given<'_, '_>, mut ask: impl FnMut(View<'_>) -> Result<T, Error>) -> Result<T> {
        let mut answer = None;
        self.viewed(now, &mut |view: View<'_>| {
            answer = Some(ask(view)?);
            Ok(())
        })?;
        answered(now.py(), answer)
    }

    /// The same for all kinds of answers.
    #[inline(never)]
    fn viewed(&self, now: Given<'_, '_>, ask: &mut dyn for<'a> Work<View<'a>>) -> Result<()> {
        let moment = read::moment(now, "now")?;
        self.locked(now.py(), &mut |register: &mut kezek::Register| ask.on(register.at(moment)?))
    }

    /// Asks at a moment for plain data.
    pub(super) fn asked<'py, T: Serialize + 'static>(
        &self,
        now: Given<'_, 'py>,
        mut ask: impl FnMut(View<'_>) -> Result<T, Error>,
    ) -> Answer<'py> {
        self.told(now, &mut |view: View<'_>| Ok(Box::new(ask(view)?) as Box<dyn Data>))
    }

    /// The same for all kinds of data.
    #[inline(never)]
    fn told<'py>(
        &self,
        now: Given<'_, 'py>,
        ask: &mut dyn for<'a> Work<View<'a>, Box<dyn Data>>,
    ) -> Answer<'py> {
        self.seen(now, |view| ask.on(view))?.object(now.py(), self.zone)
    }
}

/// Data that is written when the register is no longer locked.
trait Data {
    fn object<'py>(&self, py: Python<'py>, zone: Zone) -> Answer<'py>;
}

impl<T: Serialize> Data for T {
    fn object<'py>(&self, py: Python<'py>, zone: Zone) -> Answer<'py> {
        Ok(object(py, Some(zone), Style::Python, self)?)
    }
}

pub(super) fn number(given: Given<'_, '_>) -> Result<ApplicationNumber> {
    read::text(given, "application")
}

/// The numbers of many.
pub(super) fn numbers(given: Given<'_, '_>) -> Result<Vec<ApplicationNumber>> {
    let given = given.try_iter()?.enumerate();
    given.map(|(index, number)| read::text(&number?, &format!("applications[{index}]"))).collect()
}

/// Which application is meant, by exactly one of three keywords.
fn which(
    py: Python<'_>,
    application: Option<&Bound<'_, PyAny>>,
    referral: Option<&Bound<'_, PyAny>>,
    child: Option<&Bound<'_, PyAny>>,
) -> Result<Which> {
    match (application, referral, child) {
        (Some(given), None, None) => number(given).map(Which::Application),
        (None, Some(given), None) => read::text(given, "referral").map(Which::Referral),
        (None, None, Some(given)) => read::text(given, "child").map(Which::Child),
        _ => Err(malformed(
            py,
            "application",
            "exactly one of application, referral, child",
            "none, or several",
        )),
    }
}

fn actor(by: Option<&Bound<'_, PyAny>>) -> Result<Option<Actor>> {
    by.map(|by| read::json(by, "by", Actor::from_json)).transpose()
}

#[pymethods]
impl Register {
    /// Where an application stands (текущее состояние): `stage`, `benefit`, `registered_at`, and the ends that run there,
    /// each the first instant that is too late. `Texts.until` says one.
    fn application<'py>(&self, application: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let number = number(application)?;
        self.asked(now, |view| view.application(&number))
    }

    /// The numbers of an application (R26, R42, O34): `number` city-wide by registration, `in_group_year` in the order
    /// of service, `in_benefit` among those with the same benefit (0 without one). All 0 when it does not count.
    fn position<'py>(&self, application: Given<'_, '_>, now: Given<'_, 'py>) -> Result<Bound<'py, PyDict>> {
        let py = now.py();
        let number = number(application)?;
        let position = self.seen(now, |view| view.position(&number))?;
        let answer = PyDict::new(py);
        answer.set_item(pyo3::intern!(py, "number"), position.number)?;
        answer.set_item(pyo3::intern!(py, "in_group_year"), position.in_group_year)?;
        answer.set_item(pyo3::intern!(py, "in_benefit"), position.in_benefit)?;
        Ok(answer)
    }

    /// One application with what the rules need to know around it: for pages that ask without a register.
    fn card(&self, application: Given<'_, '_>, now: Given<'_, '_>) -> Result<Card> {
        let number = number(application)?;
        self.seen(now, |view| view.card(&number)).map(Card::of)
    }

    /// What may be done, one row for each command: `action`, `allowed`, `denials`, `until` (when the answer changes by
    /// itself). Of an application (or by `referral`, `child`), or of a `kindergarten`'s places; with `by` for that person.
    #[pyo3(signature = (application=None, *, now, referral=None, child=None, kindergarten=None, by=None))]
    fn permissions<'py>(
        &self,
        application: Option<&Bound<'_, PyAny>>,
        now: Given<'_, 'py>,
        referral: Option<&Bound<'_, PyAny>>,
        child: Option<&Bound<'_, PyAny>>,
        kindergarten: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
    ) -> Answer<'py> {
        let actor = actor(by)?;
        if let Some(kindergarten) = kindergarten {
            let kindergarten = read::text(kindergarten, "kindergarten")?;
            return self.asked(now, |view| Ok(view.permissions_at(&kindergarten, actor.as_ref())));
        }
        let which = which(now.py(), application, referral, child)?;
        self.asked(now, |view| view.permissions(&which, actor.as_ref()))
    }

    /// The buttons of the portal (кнопки / батырмалар) that somebody may see on an application: rows as of `permissions`
    /// with `button`, `ends` (the end to show) and `signed` (R11). `Texts.button` says what stands on one.
    #[pyo3(signature = (application=None, *, by, now, referral=None, child=None))]
    fn buttons<'py>(
        &self,
        application: Option<&Bound<'_, PyAny>>,
        by: Given<'_, '_>,
        now: Given<'_, 'py>,
        referral: Option<&Bound<'_, PyAny>>,
        child: Option<&Bound<'_, PyAny>>,
    ) -> Answer<'py> {
        let actor = read::json(by, "by", Actor::from_json)?;
        let which = which(now.py(), application, referral, child)?;
        self.asked(now, |view| view.buttons(&which, &actor))
    }

    /// The earliest moment at which something falls due: sleep until then, and call `advance`. `None` when nothing will.
    fn next_deadline<'py>(&self, py: Python<'py>) -> Answer<'py> {
        let deadline = self.with(py, |register| Ok(register.next_deadline()))?;
        self.written(py, &deadline)
    }

    /// The base of free places (База свободных мест / бос орындар базасы), R61; of one line, kindergarten or state.
    #[pyo3(signature = (*, now, group_year=None, kindergarten=None, state=None))]
    fn vacancies<'py>(
        &self,
        now: Given<'_, 'py>,
        group_year: Option<&Bound<'_, PyAny>>,
        kindergarten: Option<&Bound<'_, PyAny>>,
        state: Option<&Bound<'_, PyAny>>,
    ) -> Answer<'py> {
        let filter = VacancyFilter {
            group_year: group_year.map(|year| read::typed(year, "group_year")).transpose()?,
            kindergarten: kindergarten.map(|name| read::text(name, "kindergarten")).transpose()?,
            state: state.map(|state| read::typed(state, "state")).transpose()?,
        };
        self.asked(now, |view| Ok(view.vacancies(&filter)))
    }

    /// The applications of a person, filed or linked as a parent (Журнал заявлений), R05, R06.
    fn journal<'py>(&self, iin: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let person = read::text(iin, "iin")?;
        self.asked(now, |view| Ok(view.journal(&person)))
    }

    /// Closed applications (Архив), R30: `limit` rows after `offset` of them.
    #[pyo3(signature = (*, now, offset=0, limit=None))]
    fn archive<'py>(&self, now: Given<'_, 'py>, offset: usize, limit: Option<usize>) -> Answer<'py> {
        self.asked(now, |view| Ok(view.archive(offset, limit.unwrap_or(usize::MAX))))
    }

    /// The processing card of a referral (Обработка направления), R69, R70: by its number, or by application or child.
    /// Personal data.
    #[pyo3(signature = (referral=None, *, now, application=None, child=None))]
    fn referral<'py>(
        &self,
        referral: Option<&Bound<'_, PyAny>>,
        now: Given<'_, 'py>,
        application: Option<&Bound<'_, PyAny>>,
        child: Option<&Bound<'_, PyAny>>,
    ) -> Answer<'py> {
        let which = which(now.py(), application, referral, child)?;
        self.asked(now, |view| view.referral(&which))
    }

    /// The children enrolled in a kindergarten (Список числящихся детей), R72, R77. Personal data.
    fn enrolled<'py>(&self, kindergarten: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let kindergarten = read::text(kindergarten, "kindergarten")?;
        self.asked(now, |view| Ok(view.enrolled(&kindergarten)))
    }

    /// A line in the order of service (список очередников / кезекте тұрғандар тізімі), for everybody to see: no person, no
    /// birth date, a benefit only where enough have it. `round="day"` tells registrations by the day; `limit` rows after
    /// `offset` of them. `Texts.listed_benefit` says the benefit of a row.
    #[pyo3(signature = (group_year, *, now, round=None, offset=0, limit=None))]
    fn queue<'py>(
        &self,
        group_year: Given<'_, '_>,
        now: Given<'_, 'py>,
        round: Option<&Bound<'_, PyAny>>,
        offset: usize,
        limit: Option<usize>,
    ) -> Answer<'py> {
        let year = read::typed(group_year, "group_year")?;
        let round: Option<Rounding> = round.map(|round| read::typed(round, "round")).transpose()?;
        let limit = limit.unwrap_or(usize::MAX);
        self.asked(now, |view| Ok(view.queue(year, round.unwrap_or_default(), offset, limit)))
    }

    /// The history of an application (История изменений / өзгерістер тарихы), R25: its events, the oldest first.
    fn history<'py>(
        &self,
        application: Given<'_, '_>,
        now: Given<'_, 'py>,
    ) -> Result<Vec<Bound<'py, PyAny>>> {
        let number = number(application)?;
        let own =
            self.seen(now, |view| Ok(view.history(&number)?.into_iter().cloned().collect::<Vec<_>>()))?;
        own.into_iter().map(|event| Event::object(now.py(), event, Some(self.zone))).collect()
    }

    /// The documents of an application (Общие документы / Жалпы құжаттар), R22, R45: `kind` and `at`. `Texts.document`
    /// names a kind.
    fn documents<'py>(&self, application: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let number = number(application)?;
        self.asked(now, |view| view.documents(&number))
    }

    /// Who is told of an event (уведомления / хабарламалар), R38, R39, O24: one row for each person or office, with
    /// `channels` and the words in `kk`, `ru`, `en`; `late` when the matter is over. Delivering them is the host's.
    fn messages<'py>(&self, event: &Bound<'py, Event>, now: Given<'_, 'py>) -> Answer<'py> {
        let event = std::sync::Arc::clone(event.get().core());
        self.asked(now, |view| view.messages(&event))
    }

    /// The operator's commands that were done, each with its authority.
    fn overrides<'py>(&self, now: Given<'_, 'py>) -> Answer<'py> {
        self.asked(now, |view| view.overrides())
    }

    /// What another policy would change, application by application. Releases the GIL.
    fn preview_policy<'py>(&self, policy: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (policy, moment) = (Policy::read(policy)?, read::moment(now, "now")?);
        let effects = self.released(now.py(), |register| register.at(moment)?.preview_policy(&policy))?;
        self.written(now.py(), &effects)
    }

    /// Answers a question of the wire, `{"view": "position", "application": ...}`, as plain JSON data: instants are
    /// text. For hosts that pass JSON on; the other methods are typed.
    fn ask<'py>(&self, question: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (moment, question): (Moment, _) = (read::moment(now, "now")?, read::value(question, "")?);
        let answer = self.with(now.py(), |register| register.ask_json(&question, &moment.to_string()))?;
        Ok(object(now.py(), None, Style::Wire, &answer)?)
    }
}
