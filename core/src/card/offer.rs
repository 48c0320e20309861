//! The places of a line, as a card knows them.

use serde::Serialize;

use crate::application::judge::Places;
use crate::{GroupYear, Kindergarten, Moment, Seat, VacancyId, VacancyState};

/// A vacancy as a card shows it: what a choice of it is judged by, and which place it takes.
///
/// A host that does not number its places leaves the numbers out; the events then say place 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[doc(alias = "свободные места", alias = "бос орындар")]
pub struct Offer {
    /// The vacancy's number.
    pub vacancy: VacancyId,
    /// Where.
    pub kindergarten: Kindergarten,
    /// For which line.
    pub group_year: GroupYear,
    /// How many of its places wait for those whose turn it is.
    #[serde(default)]
    pub waiting: u16,
    /// How many are in free choice (R41).
    #[serde(default)]
    pub open: u16,
    /// Its state, kept when no place is left (R67).
    pub state: VacancyState,
    /// The waiting place that somebody notified takes whose own turn is for a place elsewhere: the first that
    /// no turn is for, else the first of all but his own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_place: Option<u16>,
    /// The first place in free choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_place: Option<u16>,
    /// The waiting places that no turn is for and that this application has not passed by (O14).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free: Vec<FreePlaces>,
}

/// Neighbouring places that wait without a turn and open at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FreePlaces {
    /// The first of them.
    pub from: u16,
    /// The last.
    pub to: u16,
    /// When they open if nobody can be offered them.
    pub opens_at: Moment,
}

/// All places of a line together: what the button "choose" is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinePlaces {
    /// How many wait for those whose turn it is.
    #[serde(default)]
    pub waiting: u16,
    /// How many are in free choice.
    #[serde(default)]
    pub open: u16,
    /// `free_choice` when a vacancy of the line is.
    #[serde(default = "waiting")]
    pub state: VacancyState,
}

pub(super) fn waiting() -> VacancyState {
    VacancyState::Waiting
}

impl Default for LinePlaces {
    fn default() -> LinePlaces {
        LinePlaces { waiting: 0, open: 0, state: waiting() }
    }
}

impl LinePlaces {
    /// A choice among all of them is judged by the best.
    pub(crate) fn places(self, group_year: GroupYear) -> Places {
        Places { vacancy: None, group_year, waiting: self.waiting, open: self.open, state: self.state }
    }

    /// With another vacancy of the line.
    #[must_use]
    pub(crate) fn with(self, waiting: u16, open: u16, state: VacancyState) -> LinePlaces {
        LinePlaces {
            waiting: self.waiting.saturating_add(waiting),
            open: self.open.saturating_add(open),
            state: if self.state == VacancyState::FreeChoice { self.state } else { state },
        }
    }
}

/// What becomes of places when one of them changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// A waiting place opens.
    Opens,
    /// A place waits (again).
    Waits,
    /// A place that was in use opens.
    ComesOpen,
    /// A waiting place is taken.
    LeavesWaiting,
    /// An open place is taken.
    LeavesOpen,
}

fn moved(waiting: &mut u16, open: &mut u16, how: Move) {
    match how {
        Move::Opens => {
            *waiting = waiting.saturating_sub(1);
            *open = open.saturating_add(1);
        }
        Move::Waits => *waiting = waiting.saturating_add(1),
        Move::ComesOpen => *open = open.saturating_add(1),
        Move::LeavesWaiting => *waiting = waiting.saturating_sub(1),
        Move::LeavesOpen => *open = open.saturating_sub(1),
    }
}

impl Offer {
    pub(crate) fn places(&self) -> Places {
        Places {
            vacancy: Some(self.vacancy),
            group_year: self.group_year,
            waiting: self.waiting,
            open: self.open,
            state: self.state,
        }
    }

    /// Which place a choice takes. With a turn: his own turn's, then another waiting one, else an open one.
    /// Without: an open one.
    pub(super) fn place_to_take(&self, turn: Option<Seat>) -> Option<u16> {
        let open = || (self.open > 0).then(|| self.open_place.unwrap_or(1));
        let Some(own) = turn else { return open() };
        if own.vacancy == self.vacancy {
            return Some(own.place);
        }
        let waiting = (self.waiting > 0).then(|| self.waiting_place.unwrap_or(1));
        waiting.or_else(open)
    }

    /// Whether a choice of that place takes a waiting one.
    pub(super) fn waits(&self, place: u16, turn: Option<Seat>) -> bool {
        turn == Some(Seat { vacancy: self.vacancy, place })
            || (turn.is_some() && self.waiting > 0 && self.waiting_place.unwrap_or(1) == place)
    }

    pub(super) fn change(&mut self, place: u16, how: Move) {
        moved(&mut self.waiting, &mut self.open, how);
        if let Move::Opens | Move::ComesOpen = how {
            self.open_place = Some(self.open_place.map_or(place, |first| first.min(place)));
        }
        if self.waiting > 0 {
            self.state = VacancyState::Waiting;
        } else if self.open > 0 {
            self.state = VacancyState::FreeChoice;
        }
    }

    /// The first place that this application could be offered.
    pub(super) fn first_free(&self) -> Option<u16> {
        self.free.iter().map(|free| free.from).min()
    }

    /// A place is no longer free to be offered.
    pub(super) fn offered(&mut self, place: u16) {
        let left = self.free.iter().flat_map(|free| {
            let before = FreePlaces { to: free.to.min(place.saturating_sub(1)), ..*free };
            let after = FreePlaces { from: free.from.max(place.saturating_add(1)), ..*free };
            let inside = (free.from..=free.to).contains(&place);
            if inside { vec![before, after] } else { vec![*free] }
        });
        self.free = left.filter(|free| free.from <= free.to).collect();
    }

    /// The places that nobody could be offered open; how many.
    pub(super) fn open_due(&mut self, at: Moment) -> u16 {
        let (due, left): (Vec<_>, Vec<_>) = self.free.iter().partition(|free| free.opens_at <= at);
        self.free = left;
        let mut opened = 0_u16;
        for place in due.iter().flat_map(|free: &FreePlaces| free.from..=free.to) {
            self.change(place, Move::Opens);
            opened = opened.saturating_add(1);
        }
        opened
    }
}

impl LinePlaces {
    pub(super) fn change(&mut self, how: Move) {
        moved(&mut self.waiting, &mut self.open, how);
        if let Move::Opens | Move::ComesOpen = how {
            self.state = VacancyState::FreeChoice;
        }
    }
}
