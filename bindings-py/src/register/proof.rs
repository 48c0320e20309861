//! What shows that a queue is the one that was published.

use kezek::{Proof, Sum};
use pyo3::prelude::*;

use super::ask::{Answer, Given, number, numbers};
use super::{Register, events_of, journal, json_bytes};
use crate::error::{Result, done, guarded, raised_at};
use crate::read;

#[pymethods]
impl Register {
    /// What an office publishes of its queue (опубликованный отпечаток очереди / кезектің жарияланған таңбасы), every day or
    /// after every change: `root` stands for the order of every line, `chain` for everything that ever happened. Takes about
    /// a microsecond for each application. Releases the GIL.
    fn seal<'py>(&self, now: Given<'_, 'py>) -> Answer<'py> {
        let moment = read::moment(now, "now")?;
        let seal = self.released(now.py(), |register| Ok(register.at(moment)?.seal()))?;
        self.written(now.py(), &seal)
    }

    /// That an application stands at its number of its line, under the root of `seal` at the same revision
    /// (доказательство места в очереди / кезектегі орынның дәлелі): `kezek.verify_proof` checks it. Releases the GIL.
    ///
    /// Raises `kezek.NotFoundError` also for one that stands in no line.
    fn proof<'py>(&self, application: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (number, moment) = (number(application)?, read::moment(now, "now")?);
        let proof = self.released(now.py(), |register| register.at(moment)?.proof(&number))?;
        self.written(now.py(), &proof)
    }

    /// `proof` of many applications, in their order: the queue is read once for all of them. Releases the GIL.
    fn proofs<'py>(&self, applications: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (numbers, moment) = (numbers(applications)?, read::moment(now, "now")?);
        let proofs: Vec<_> = self.released(now.py(), |register| {
            let prover = register.at(moment)?.prover();
            numbers.iter().map(|number| prover.proof(number)).collect()
        })?;
        self.written(now.py(), &proofs)
    }
}

/// The last link of a chained journal (`Register.open(..., chained=True)`) in which nothing was changed, taken out or put in:
/// to be compared with the published one, which also tells whether the end was cut off or all of it written anew. Events, as
/// `Register.replay` takes them. Releases the GIL.
///
/// Raises `kezek.CorruptHistoryError` with the index of the first event that is not as it was written; `kezek.MalformedError`.
#[pyfunction]
pub(crate) fn verify(events: Given<'_, '_>) -> Result<String> {
    let py = events.py();
    let events = match json_bytes(events)? {
        Some(text) => py.detach(|| journal(&text)).map_err(|fault| fault.raised(py))?,
        None => events_of(events, "")?,
    };
    let verified = py.detach(|| guarded(|| kezek::verify(events)));
    done(py, verified).map(|link| link.to_string())
}

/// Whether a proof of `Register.proof` holds under a published root: the application stands at that number of its line, and so
/// many stand there. Anything else is `False`.
///
/// Raises `kezek.MalformedError` for what is no proof, or no root.
#[pyfunction]
pub(crate) fn verify_proof(proof: Given<'_, '_>, root: &str) -> Result<bool> {
    let py = proof.py();
    let proof = Proof::from_json(read::value(proof, "proof")?);
    let proof = proof.map_err(|error| raised_at(py, &error, "proof"))?;
    let root: Sum = root.parse().map_err(|error| raised_at(py, &error, "root"))?;
    Ok(kezek::verify_proof(&proof, &root))
}
