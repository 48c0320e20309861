//! One keyword method for each command of the wire. Its keywords are the command's fields; the library reads and
//! judges them. `None` is a field that is not said.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Done, Register};

#[pymethods]
impl Register {
    /// Puts a child in the queue («Подать заявку»), R12-R24.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, applicant, child, now, application=None, benefit=None, channel=None, \
            channel_number=None, documents=None, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn submit<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("submit", now, fields)
    }

    /// Changes or drops (`None`) the benefit («Изменить льготность»), R27.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, benefit, now, documents=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn change_benefit<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("change_benefit", now, fields)
    }

    /// Confirms the interest («Подтвердить заинтересованность»), R31-R34.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn confirm_interest<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("confirm_interest", now, fields)
    }

    /// Links the application to another parent's number, R06.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, parent, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn link_parent<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("link_parent", now, fields)
    }

    /// Leaves the queue («Снять с очереди»), R28, R29.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn withdraw<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("withdraw", now, fields)
    }

    /// Gives the turn up before the window ends.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn pass_turn<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("pass_turn", now, fields)
    }

    /// Adds free places, 1 to 999 («База свободных мест»), R60-R68.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, group_year, kindergarten, language, places, now, kind=None, by=None, \
            signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn publish_vacancy<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("publish_vacancy", now, fields)
    }

    /// Chooses a place and gets the referral at once («Выбрать государственный детский сад»), R35-R44.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, vacancy, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn choose<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("choose", now, fields)
    }

    /// Extends the referral to `until`, the last good day («Продлить направление»), R53-R55.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, reason, until, now, application=None, child=None, referral=None, by=None, \
            signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn extend_referral<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("extend_referral", now, fields)
    }

    /// Gives the referral back («Отозвать направление»), R56-R59.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, reason, now, application=None, child=None, referral=None, by=None, \
            signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn recall_referral<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("recall_referral", now, fields)
    }

    /// Notes that the family came; the referral's term ends (O25).
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, now, application=None, child=None, referral=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn record_visit<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("record_visit", now, fields)
    }

    /// Notes that the benefit's papers were seen (F18).
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn prove_benefit<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("prove_benefit", now, fields)
    }

    /// Takes the child in («Принять в ДДО»), R71.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, now, application=None, child=None, referral=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn accept<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("accept", now, fields)
    }

    /// Refuses, for review by the department («Отказать»), R73, R74.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, reason, now, application=None, child=None, referral=None, by=None, \
            signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn refuse<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("refuse", now, fields)
    }

    /// The department confirms a refusal, R75.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, now, application=None, child=None, referral=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn uphold_refusal<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("uphold_refusal", now, fields)
    }

    /// The department does not confirm it: the child must be accepted, R76.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, now, application=None, child=None, referral=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn overturn_refusal<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("overturn_refusal", now, fields)
    }

    /// Notes that an enrolled child has left («Убыл» / «Кетті»), R77-R79.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, date, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn mark_departure<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("mark_departure", now, fields)
    }

    /// Operator: takes an application over from another system (`import`).
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, applicant, application, authority, child, reason, registered_at, stage, \
            now, benefit=None, choose_by=None, expires_at=None, extensions=None, kindergarten=None, \
            lapses=None, next_due=None, parents=None, recall_until=None, referral=None, until=None, \
            vacancy=None, by=None, signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn import_application<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("import", now, fields)
    }

    /// Operator: reopens a closed or stop-listed application with its number.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, now, lapses=None, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn reinstate<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("reinstate", now, fields)
    }

    /// Operator: issues a referral beside the turn.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, vacancy, now, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn issue_referral<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("issue_referral", now, fields)
    }

    /// Operator: takes a referral back; the place is returned, no lapse is counted.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, reason, now, application=None, child=None, referral=None, \
            by=None, signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn void_referral<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("void_referral", now, fields)
    }

    /// Operator: takes an enrolment back; the application is referred again.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn void_enrolment<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("void_enrolment", now, fields)
    }

    /// Operator: takes a departure back; the child is enrolled again.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn void_departure<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("void_departure", now, fields)
    }

    /// Operator: takes published places back (F09; R65 binds the staff).
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, places, reason, vacancy, now, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn withdraw_places<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("withdraw_places", now, fields)
    }

    /// Operator: unlinks a parent, not the last one.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, parent, reason, now, by=None, signature=None, \
            key=None, expected_revision=None, ext=None)"
    )]
    fn unlink_parent<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("unlink_parent", now, fields)
    }

    /// Operator: corrects birth date, line or benefit; the registration stays.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, now, benefit=None, born=None, \
            group_year=None, by=None, signature=None, key=None, expected_revision=None, ext=None)"
    )]
    fn correct<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("correct", now, fields)
    }

    /// Operator: closes an application that goes to another settlement.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, application, authority, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn move_out<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("move_out", now, fields)
    }

    /// Operator: another policy from `from_` on, a moment that is not past.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, from_, policy, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn change_policy<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("change_policy", now, fields)
    }

    /// Operator: another calendar; running terms may get longer, none shorter.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, calendar, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn change_calendar<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        self.named("change_calendar", now, fields)
    }

    /// Operator: every clock stands, and other commands are denied with `paused`.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn pause<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("pause", now, fields)
    }

    /// Operator: the clocks run again; running terms gain what the pause took.
    #[pyo3(
        signature = (*, now, **fields),
        text_signature = "($self, /, *, authority, reason, now, by=None, signature=None, key=None, \
            expected_revision=None, ext=None)"
    )]
    fn resume<'py>(&self, now: &Bound<'py, PyAny>, fields: Option<&Bound<'py, PyDict>>) -> Done<'py> {
        self.named("resume", now, fields)
    }
}
