//! What happens how often. The figures behind them are those of the load that the library is planned for:
//! 1,000-1,800 new applications a day for 446,176 children in queues, 5-10 events an application a year, one
//! campaign that published 24,297 places in a day, and a yearly refresh that touches every application.
//!
//! Chances are in a thousand.

/// Of all children, those who are put in the queue in the first four weeks: the city moves its paper list here.
pub(crate) const MOVED_IN: u64 = 300;
/// Places a year, for every thousand children of the whole time: fewer than there are children.
pub(crate) const PLACES_A_YEAR: u64 = 800;
/// Of a year's places, those published on one day in June, when groups are formed for September.
pub(crate) const IN_JUNE: u64 = 500;
/// Those published on one day in August, when children move up a group (F09).
pub(crate) const IN_AUGUST: u64 = 150;

/// Applicants with a benefit.
pub(crate) const WITH_BENEFIT: u64 = 90;
/// Those of them who forget the papers at first (R17).
pub(crate) const FORGET_PAPERS: u64 = 60;
/// Families that change the benefit later (R27).
pub(crate) const CHANGE_BENEFIT: u64 = 30;
/// Families where the other parent is linked too (R06).
pub(crate) const LINK_PARENT: u64 = 80;
/// Families that leave the queue at some time (R28).
pub(crate) const WITHDRAW: u64 = 50;
/// Children that somebody files a second time (O27).
pub(crate) const FILE_TWICE: u64 = 5;
/// Filed through the e-government portal, and through a service centre (R24).
pub(crate) const BY_EGOV: u64 = 250;
/// See [`BY_EGOV`].
pub(crate) const BY_CENTRE: u64 = 100;

/// Families that confirm their interest when the city asks for it once a year; the others forget.
pub(crate) const REFRESH: u64 = 930;

/// Notified families that choose, and those that give the turn up; the others let it lapse (R41).
pub(crate) const CHOOSE: u64 = 800;
/// See [`CHOOSE`].
pub(crate) const PASS: u64 = 50;
/// Of those who choose, the ones who take another kindergarten than the one of their turn.
pub(crate) const ANOTHER: u64 = 250;
/// Open places that somebody goes for in the first minutes, and the ones who come too late.
pub(crate) const RUSH: u64 = 850;
/// See [`RUSH`].
pub(crate) const TOO_LATE: u64 = 250;

/// Referrals that are recalled in time (R56), and too late (R57).
pub(crate) const RECALL: u64 = 40;
/// See [`RECALL`].
pub(crate) const RECALL_LATE: u64 = 8;
/// Referrals that are extended (R53).
pub(crate) const EXTEND: u64 = 60;
/// Referrals that nobody comes with (R47).
pub(crate) const STAY_AWAY: u64 = 70;
/// Children that the kindergarten refuses (R73).
pub(crate) const REFUSE: u64 = 35;
/// Refusals that the department confirms (R75).
pub(crate) const UPHOLD: u64 = 450;
/// Families whose visit is recorded before the child is accepted.
pub(crate) const VISIT: u64 = 300;
/// Children that leave before school (R78).
pub(crate) const DEPART: u64 = 150;
