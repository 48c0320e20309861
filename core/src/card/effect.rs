//! What a card's outcome means for the host's other rows.

use serde::Serialize;

use crate::{GroupYear, SeatGoes, VacancyId};

/// What the host changes in its own rows, in the same transaction as the application.
///
/// They stand in the order in which they came about; `line_to_call`, where it is there, is the last. A place that
/// goes to others is the last thing that a card tells of, so that it did so at the moment of the last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// A referral is to this place, and no turn is for it any more. If a turn of somebody else was for it, that
    /// turn moves to the place that the next effect, `place_left`, names ([`Card::move_turn`](crate::Card::move_turn)):
    /// then that place is offered, not left.
    PlaceTaken {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// A child is in this place.
    PlaceFilled {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// A turn of this application is for this place.
    PlaceOffered {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// No turn of this application is for this place any more, and it waits on for the next in line; when it opens
    /// is as before. `passed_by`: not for this application (O14).
    PlaceLeft {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
        /// Whether this application has passed it by.
        passed_by: bool,
    },
    /// This place is in free choice (R41).
    PlaceOpened {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
    },
    /// This place was given back (O13). `next_in_line`: it waits again, for anybody but this application (O14),
    /// whatever others have passed by before; when nobody can be offered it, it opens at once. `free_choice`: it is
    /// open. `staff`: it is gone.
    PlaceGivenBack {
        /// The vacancy.
        vacancy: VacancyId,
        /// Which place.
        place: u16,
        /// Where it goes.
        to: SeatGoes,
    },
    /// In this line somebody may be called, or a place wants somebody: offer each place that waits without a
    /// turn to the first in the order of service who may be called, then open those that nobody can be offered
    /// and whose time has come.
    LineToCall {
        /// The line.
        group_year: GroupYear,
    },
}
