//! One vacancy (свободные места / бос орындар): its places, and what each of them is.
//!
//! INVARIANT (one place, one child): places = waiting + open + referred + filled + gone. It is kept because a
//! place is exactly one of these, and only [`Vacancy::set`] changes it.

mod publish;

pub(crate) use publish::{judge_publish, publication};

use serde::Serialize;

use crate::packed::packed;
use crate::policy::Deadline;
use crate::{Actor, GroupYear, Kindergarten, KindergartenKind, Language, Moment, VacancyState};

/// The index of an application in its register, in the order of their serials.
pub(crate) type Holder = u32;

/// A row of the portal's base of free places (R61).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Vacancy {
    pub(crate) kindergarten: Kindergarten,
    pub(crate) kind: KindergartenKind,
    pub(crate) group_year: GroupYear,
    pub(crate) language: Language,
    pub(crate) published_at: Moment,
    pub(crate) added_by: Option<Actor>,
    /// When a place opens that nobody can be offered.
    pub(crate) opens_at: Deadline,
    places: Vec<Place>,
    waiting: u16,
    open: u16,
    /// R67: kept when no place is left.
    state: VacancyState,
}

/// What a place is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Place {
    /// For those whose turn it is (O31).
    Waiting {
        /// From then on it opens if nobody can be offered it.
        opens_at: Moment,
        /// Whose turn is for it.
        turn: Option<Holder>,
        /// Who gave it back or let a turn for it lapse since it began to wait (O14).
        passed_by: Vec<Holder>,
    },
    /// In free choice (R41).
    Open,
    /// A referral is to it.
    Referred { by: Holder },
    /// A child is in it.
    Filled { by: Holder },
    /// Out of the count until staff publish it anew.
    Gone,
}

impl Place {
    pub(crate) fn waiting(opens_at: Moment) -> Place {
        Place::Waiting { opens_at, turn: None, passed_by: Vec::new() }
    }

    /// Waiting, and no turn is for it: since when it may open, and who has passed it by.
    pub(crate) fn unoffered(&self) -> Option<(Moment, &[Holder])> {
        match self {
            Place::Waiting { opens_at, turn: None, passed_by } => Some((*opens_at, passed_by)),
            Place::Waiting { turn: Some(_), .. }
            | Place::Open
            | Place::Referred { .. }
            | Place::Filled { .. }
            | Place::Gone => None,
        }
    }
}

/// How many places of a vacancy are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) waiting: u16,
    pub(crate) open: u16,
    pub(crate) referred: u16,
    pub(crate) filled: u16,
    pub(crate) gone: u16,
}

/// What a vacancy is when it is published.
pub(crate) struct Published {
    pub(crate) kindergarten: Kindergarten,
    pub(crate) kind: KindergartenKind,
    pub(crate) group_year: GroupYear,
    pub(crate) language: Language,
    pub(crate) places: u16,
    pub(crate) at: Moment,
    pub(crate) by: Option<Actor>,
    pub(crate) opens_at: Deadline,
}

impl Vacancy {
    /// R60: every place waits for those whose turn it is.
    pub(crate) fn publish(new: Published) -> Vacancy {
        Vacancy {
            kindergarten: new.kindergarten,
            kind: new.kind,
            group_year: new.group_year,
            language: new.language,
            published_at: new.at,
            added_by: new.by,
            places: (0..new.places).map(|_| Place::waiting(new.opens_at.at)).collect(),
            opens_at: new.opens_at,
            waiting: new.places,
            open: 0,
            state: VacancyState::Waiting,
        }
    }

    /// All places, numbered from 1.
    pub(crate) fn places(&self) -> impl Iterator<Item = (u16, &Place)> {
        (1_u16..).zip(&self.places)
    }

    pub(crate) fn total(&self) -> u16 {
        u16::try_from(self.places.len()).unwrap_or(u16::MAX)
    }

    pub(crate) fn place(&self, number: u16) -> Option<&Place> {
        self.places.get(usize::from(number).checked_sub(1)?)
    }

    pub(crate) fn waiting(&self) -> u16 {
        self.waiting
    }

    pub(crate) fn open(&self) -> u16 {
        self.open
    }

    /// R67: waiting while a place waits, else free choice while one is open, else what it was last.
    pub(crate) fn state(&self) -> VacancyState {
        self.state
    }

    pub(crate) fn counts(&self) -> Counts {
        self.places.iter().fold(Counts::default(), |mut counts, place| {
            let count = match place {
                Place::Waiting { .. } => &mut counts.waiting,
                Place::Open => &mut counts.open,
                Place::Referred { .. } => &mut counts.referred,
                Place::Filled { .. } => &mut counts.filled,
                Place::Gone => &mut counts.gone,
            };
            *count = count.saturating_add(1);
            counts
        })
    }

    /// Makes a place something else; gives back what it was and the state before. The only way to change one.
    pub(crate) fn set(&mut self, number: u16, new: Place) -> Option<(Place, VacancyState)> {
        let place = self.places.get_mut(usize::from(number).checked_sub(1)?)?;
        let old = std::mem::replace(place, new);
        let (was_waiting, was_open) = counted(&old);
        let (is_waiting, is_open) = counted(place);
        self.waiting = self.waiting.saturating_sub(was_waiting).saturating_add(is_waiting);
        self.open = self.open.saturating_sub(was_open).saturating_add(is_open);
        let state = self.state;
        if self.waiting > 0 {
            self.state = VacancyState::Waiting;
        } else if self.open > 0 {
            self.state = VacancyState::FreeChoice;
        }
        Some((old, state))
    }

    /// Its places wait longer for those whose turn it is: those that wait since the publication.
    pub(crate) fn open_later(&mut self, opens_at: Moment, gained: u16) {
        let published = self.opens_at.at;
        for place in &mut self.places {
            if let Place::Waiting { opens_at: own, .. } = place
                && *own == published
            {
                *own = opens_at;
            }
        }
        self.opens_at = Deadline { at: opens_at, gained, ..self.opens_at };
    }

    /// Takes a change back: what [`Vacancy::set`] gave.
    pub(crate) fn unset(&mut self, number: u16, old: Place, state: VacancyState) {
        let _ = self.set(number, old);
        self.state = state;
    }
}

/// 1 where a place counts as waiting, and as open.
fn counted(place: &Place) -> (u16, u16) {
    match place {
        Place::Waiting { .. } => (1, 0),
        Place::Open => (0, 1),
        Place::Referred { .. } | Place::Filled { .. } | Place::Gone => (0, 0),
    }
}

packed!(Vacancy {
    kindergarten,
    kind,
    group_year,
    language,
    published_at,
    added_by,
    opens_at,
    places,
    waiting,
    open,
    state,
});
packed!(enum Place {
    0 => Waiting { opens_at, turn, passed_by },
    1 => Open,
    2 => Referred { by },
    3 => Filled { by },
    4 => Gone,
});
