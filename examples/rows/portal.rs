//! A portal that keeps rows and no register: every decision is a card's, every order a query's.
//!
//! An application is a row with its card, its `order_key` and when it does something next; a place is a row with
//! whose turn is for it. A command is one transaction: the card answers, its effects change the places, and the
//! lines are called by `ORDER BY order_key`.

use std::sync::Arc;

use kezek::{
    Action, ApplicationNumber, Called, Card, CardOutcome, CardRow, Command, Denial, Desk, Effect, Error,
    Event, Fact, Moment, Offer, Outcome, Person, Policy, Register, Registration, Seat, SeatGoes,
    VacancyState, Which,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

const TABLES: &str = "
    CREATE TABLE event (seq INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
    CREATE TABLE clock (now INTEGER NOT NULL) STRICT;
    CREATE TABLE application (
        serial INTEGER PRIMARY KEY, number TEXT UNIQUE NOT NULL, child TEXT NOT NULL, line INTEGER NOT NULL,
        stage TEXT NOT NULL, order_key TEXT NOT NULL, next_due INTEGER, callable_from INTEGER,
        callable_until INTEGER, card TEXT NOT NULL) STRICT;
    CREATE INDEX agenda ON application (next_due, serial);
    CREATE INDEX service ON application (line, order_key) WHERE callable_from IS NOT NULL;
    CREATE TABLE referral (number TEXT PRIMARY KEY, serial INTEGER NOT NULL) STRICT;
    CREATE TABLE vacancy (
        id INTEGER PRIMARY KEY, kindergarten TEXT NOT NULL, line INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
    CREATE TABLE place (
        vacancy INTEGER NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL, state TEXT NOT NULL,
        turn INTEGER, opens_at INTEGER, PRIMARY KEY (vacancy, place)) STRICT, WITHOUT ROWID;
    CREATE TABLE passed_by (
        vacancy INTEGER NOT NULL, place INTEGER NOT NULL, serial INTEGER NOT NULL,
        PRIMARY KEY (vacancy, place, serial)) STRICT, WITHOUT ROWID;";

/// The place that waits without a turn and the first in the order of service who may be called to it.
const NEXT_TURN: &str = "
    SELECT place.vacancy, place.place, application.serial FROM place JOIN application USING (line)
    WHERE place.state = 'waiting' AND place.turn IS NULL
      AND application.callable_from <= ?1 AND ?1 < application.callable_until
      AND NOT EXISTS (SELECT 1 FROM passed_by
          WHERE (vacancy, place, serial) = (place.vacancy, place.place, application.serial))
    ORDER BY line, place.vacancy, place.place, order_key LIMIT 1";

/// When something falls due next: an application's own, a place that opens, a birthday while a place waits that
/// could then be offered.
const NEXT_DUE: &str = "
    SELECT min(at) FROM (
        SELECT min(next_due) AS at FROM application
        UNION ALL SELECT min(opens_at) FROM place WHERE state = 'waiting' AND turn IS NULL
        UNION ALL SELECT min(callable_from) FROM application JOIN place USING (line)
            WHERE place.state = 'waiting' AND turn IS NULL AND (SELECT now FROM clock) < callable_from AND callable_from <= opens_at
              AND NOT EXISTS (SELECT 1 FROM passed_by
                  WHERE (vacancy, place, serial) = (place.vacancy, place.place, application.serial)))";

/// Why the portal could not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Input(#[from] Error),
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error("a row that cannot be read: {0}")]
    Row(#[from] serde_json::Error),
    #[error("no such row: {0}")]
    Unknown(String),
}

/// One settlement in one database.
pub(crate) struct Portal {
    database: Connection,
    policy: Policy,
}

impl Portal {
    /// Founds a settlement in an empty database. Its policy must have an order that is a key.
    pub(crate) fn found(database: Connection, policy: Policy) -> Result<Portal, Failure> {
        database.execute_batch(TABLES)?;
        // The first event of a journal, so that a register can read it too.
        for event in Register::new(policy.clone())?.events() {
            write(&database, event)?;
        }
        database.execute("INSERT INTO clock VALUES (?1)", [i64::MIN])?;
        Ok(Portal { database, policy })
    }

    /// Lets what is due happen, then does a command or denies it, in one transaction.
    pub(crate) fn apply(&mut self, command: &Command, now: Moment) -> Result<Outcome, Failure> {
        let transaction = self.database.transaction()?;
        let mut desk = Counter { rows: &transaction, policy: &self.policy, events: Vec::new() };
        desk.settle(now)?;
        let denials = desk.act(command, now)?;
        let events = desk.events;
        transaction.commit()?;
        Ok(Outcome { events, denials })
    }

    /// Lets what is due happen.
    pub(crate) fn advance(&mut self, now: Moment) -> Result<Outcome, Failure> {
        let transaction = self.database.transaction()?;
        let mut desk = Counter { rows: &transaction, policy: &self.policy, events: Vec::new() };
        desk.settle(now)?;
        let events = desk.events;
        transaction.commit()?;
        Ok(Outcome { events, denials: Vec::new() })
    }

    /// The journal.
    pub(crate) fn journal(&self) -> Result<Vec<Event>, Failure> {
        let mut query = self.database.prepare("SELECT json FROM event ORDER BY seq")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
    }
}

/// One transaction at work.
struct Counter<'a> {
    rows: &'a Transaction<'a>,
    policy: &'a Policy,
    events: Vec<Arc<Event>>,
}

impl Counter<'_> {
    /// Every moment up to `now` at which something falls due, the earliest first.
    fn settle(&mut self, now: Moment) -> Result<(), Failure> {
        let last = self.rows.query_row("SELECT now FROM clock", [], |row| row.get(0))?;
        if now.unix() < last {
            return Err(unknown("a moment before the last one"));
        }
        while let Some(at) = self.next_due()?.filter(|at| *at <= now.unix()) {
            self.settle_moment(Moment::from_unix(at), Called::Due)?;
        }
        self.rows.execute("UPDATE clock SET now = ?1", [now.unix()])?;
        Ok(())
    }

    fn next_due(&self) -> Result<Option<i64>, Failure> {
        Ok(self.rows.query_row(NEXT_DUE, [], |row| row.get(0))?)
    }

    /// What is due first, application by application; then turns; then places that nobody can be offered.
    fn settle_moment(&mut self, at: Moment, by: Called) -> Result<(), Failure> {
        self.rows.execute("UPDATE clock SET now = ?1", [at.unix()])?;
        loop {
            let due = "SELECT serial FROM application WHERE next_due <= ?1 ORDER BY next_due, serial LIMIT 1";
            while let Some(serial) = self.rows.query_row(due, [at.unix()], |row| row.get(0)).optional()? {
                let done = self.card(serial)?.advance(at)?;
                self.keep(serial, done)?;
            }
            while let Some((seat, serial)) =
                self.rows.query_row(NEXT_TURN, [at.unix()], |row| Ok((seat(row)?, row.get(2)?))).optional()?
            {
                let done = self.card(serial)?.call(seat, at, by)?;
                self.keep(serial, done)?;
            }
            self.open_places(at, by)?;
            let late = "SELECT EXISTS (SELECT 1 FROM application WHERE next_due <= ?1)";
            if !self.rows.query_row(late, [at.unix()], |row| row.get::<_, bool>(0))? {
                return Ok(());
            }
        }
    }

    fn open_places(&mut self, at: Moment, by: Called) -> Result<(), Failure> {
        let due = "SELECT vacancy, place FROM place
            WHERE state = 'waiting' AND turn IS NULL AND opens_at <= ?1 ORDER BY vacancy, place";
        let seats = self.rows.prepare(due)?.query_map([at.unix()], seat)?.collect::<Result<Vec<_>, _>>()?;
        for seats in seats.chunk_by(|one, other| one.vacancy == other.vacancy) {
            let Some(Seat { vacancy, .. }) = seats.first().copied() else { continue };
            let places = seats.iter().map(|seat| seat.place).collect();
            let opened = self.desk()?.open(vacancy, places, at, by)?;
            for seat in seats {
                self.set_place(*seat, "open")?;
            }
            self.record(opened.events)?;
        }
        Ok(())
    }

    /// What a command does; or what stands against it.
    fn act(&mut self, command: &Command, now: Moment) -> Result<Vec<Denial>, Failure> {
        let began = self.events.len();
        let denials = if let Action::Submit { application, child, .. } = &command.action {
            self.submit(command, application.as_ref(), &child.iin, now)?
        } else if let Action::PublishVacancy { .. } = &command.action {
            self.publish(command, now)?
        } else {
            let serial = self.find(command)?;
            let mut card = self.card(serial)?;
            if let Action::Choose { vacancy, .. } = &command.action {
                card = card.with_offer(self.offer(*vacancy)?);
            }
            self.keep(serial, card.apply(command.clone(), now)?)?
        };
        if let Some(first) = self.events.get(began).filter(|_| denials.is_empty()) {
            self.settle_moment(now, Called::ByCommand(first.seq))?;
        }
        Ok(denials)
    }

    fn submit(
        &mut self,
        command: &Command,
        asked: Option<&ApplicationNumber>,
        child: &Person,
        now: Moment,
    ) -> Result<Vec<Denial>, Failure> {
        let taken = self.number("number = ?1", asked.map(ToString::to_string).as_deref())?;
        let active = "child = ?1 AND stage NOT IN ('enrolled', 'closed')";
        let active = self.number(active, Some(&child.reveal()))?;
        let last = "SELECT coalesce(max(serial), 0) FROM application";
        let mut serial: u32 = self.rows.query_row(last, [], |row| row.get(0))?;
        serial += 1;
        let desk = self.desk()?;
        // Without a number of the host's: his others may be one that would come now.
        while asked.is_none()
            && self.number("number = ?1", Some(&desk.number(serial, now).to_string()))?.is_some()
        {
            serial += 1;
        }
        let filed = desk.submit(command.clone(), &Registration { serial, taken, active }, now)?;
        let Some(card) = filed.card else { return Ok(filed.outcome.denials) };
        self.rows.execute(
            "INSERT INTO application (serial, number, child, line, stage, order_key, card)
             VALUES (?1, ?1, ?2, ?3, '', '', '')",
            params![serial, child.reveal(), card.application().group_year],
        )?;
        self.keep(serial, CardOutcome { outcome: filed.outcome, card, effects: filed.effects })
    }

    fn publish(&mut self, command: &Command, now: Moment) -> Result<Vec<Denial>, Failure> {
        let next = "SELECT coalesce(max(id), 0) + 1 FROM vacancy";
        let id = self.rows.query_row(next, [], |row| row.get(0))?;
        let Outcome { events, denials } = self.desk()?.publish(command.clone(), id, now)?;
        for event in &events {
            let Fact::VacancyPublished { kindergarten, group_year, places, opens_at, .. } = &event.fact
            else {
                continue;
            };
            let row = params![id, kindergarten.as_str(), group_year];
            self.rows.execute("INSERT INTO vacancy VALUES (?1, ?2, ?3, 'waiting')", row)?;
            for place in 1..=*places {
                let row = params![id, place, group_year, opens_at.unix()];
                self.rows.execute("INSERT INTO place VALUES (?1, ?2, ?3, 'waiting', NULL, ?4)", row)?;
            }
        }
        self.record(events)?;
        Ok(denials)
    }

    /// Writes down what a card has answered: its row, its events, and what they do to places.
    fn keep(&mut self, serial: u32, done: CardOutcome) -> Result<Vec<Denial>, Failure> {
        let card = &done.card;
        let (seen, unix) = (card.application(), |at: Moment| at.unix());
        let mut row = card.row();
        // What is around it is asked anew every time.
        (row.vacancies, row.places) = (Vec::new(), None);
        (row.enrolled_with, row.valid_until, row.made_at) = (None, None, None);
        self.rows.execute(
            "UPDATE application SET number = ?2, stage = ?3, order_key = ?4, next_due = ?5, callable_from = ?6,
             callable_until = ?7, card = ?8 WHERE serial = ?1",
            params![
                serial,
                seen.application.to_string(),
                serde_json::to_value(seen.stage)?.as_str(),
                card.order_key().ok_or_else(|| unknown("a key for this order"))?,
                card.next_deadline().map(unix),
                card.callable().map(|(from, _)| unix(from)),
                card.callable().map(|(_, until)| unix(until)),
                serde_json::to_string(&row)?,
            ],
        )?;
        self.record(done.outcome.events.clone())?;
        for effect in &done.effects {
            self.follow(serial, *effect, &done)?;
        }
        Ok(done.outcome.denials)
    }

    fn follow(&mut self, serial: u32, effect: Effect, done: &CardOutcome) -> Result<(), Failure> {
        let at = done.outcome.events.last().and_then(|event| event.at).map(Moment::unix);
        match effect {
            Effect::PlaceOffered { vacancy, place } => {
                self.set_turn(Seat { vacancy, place }, Some(serial))?
            }
            Effect::PlaceTaken { vacancy, place } => {
                for event in &done.outcome.events {
                    if let Fact::ReferralIssued { referral, .. } = &event.fact {
                        let row = params![referral.to_string(), serial];
                        self.rows.execute("INSERT INTO referral VALUES (?1, ?2)", row)?;
                    }
                }
                let turn = self.turn(Seat { vacancy, place })?.filter(|other| *other != serial);
                self.set_place(Seat { vacancy, place }, "referred")?;
                // Whose turn it was for goes to the place that was left.
                let left = done.effects.iter().find_map(|effect| {
                    let Effect::PlaceLeft { vacancy, place, .. } = effect else { return None };
                    Some(Seat { vacancy: *vacancy, place: *place })
                });
                if let (Some(other), Some(left), Some(first)) = (turn, left, done.outcome.events.last()) {
                    let by = Called::ByCommand(first.seq);
                    let moved =
                        self.card(other)?.move_turn(left, first.at.unwrap_or(Moment::from_unix(0)), by)?;
                    self.keep(other, moved)?;
                }
            }
            Effect::PlaceLeft { vacancy, place, passed_by } => {
                let seat = Seat { vacancy, place };
                if self.turn(seat)? == Some(serial) {
                    self.set_turn(seat, None)?;
                }
                if passed_by {
                    self.pass_by(seat, serial)?;
                }
            }
            Effect::PlaceOpened { vacancy, place } => self.set_place(Seat { vacancy, place }, "open")?,
            Effect::PlaceFilled { vacancy, place } => self.set_place(Seat { vacancy, place }, "filled")?,
            Effect::PlaceGivenBack { vacancy, place, to } => {
                let seat = Seat { vacancy, place };
                match to {
                    SeatGoes::NextInLine => {
                        self.set_place(seat, "waiting")?;
                        let row = params![vacancy, place, at];
                        let opens = "UPDATE place SET opens_at = ?3 WHERE (vacancy, place) = (?1, ?2)";
                        self.rows.execute(opens, row)?;
                        self.pass_by(seat, serial)?;
                    }
                    SeatGoes::FreeChoice => self.set_place(seat, "open")?,
                    SeatGoes::Staff => self.set_place(seat, "gone")?,
                }
            }
            // The line is called in any case, once the application is settled.
            Effect::LineToCall { .. } => {}
            _ => {}
        }
        Ok(())
    }

    fn record(&mut self, events: Vec<Arc<Event>>) -> Result<(), Failure> {
        for event in events {
            write(self.rows, &event)?;
            self.events.push(event);
        }
        Ok(())
    }

    fn turn(&self, Seat { vacancy, place }: Seat) -> Result<Option<u32>, Failure> {
        let turn = "SELECT turn FROM place WHERE (vacancy, place) = (?1, ?2)";
        Ok(self.rows.query_row(turn, [vacancy, u32::from(place)], |row| row.get(0))?)
    }

    fn set_turn(&self, Seat { vacancy, place }: Seat, turn: Option<u32>) -> Result<(), Failure> {
        let set = "UPDATE place SET turn = ?3 WHERE (vacancy, place) = (?1, ?2)";
        self.rows.execute(set, params![vacancy, place, turn])?;
        Ok(())
    }

    fn pass_by(&self, Seat { vacancy, place }: Seat, serial: u32) -> Result<(), Failure> {
        self.rows.execute("INSERT INTO passed_by VALUES (?1, ?2, ?3)", params![vacancy, place, serial])?;
        Ok(())
    }

    /// A place is something else: nobody's turn is for it, and nobody has passed it by. R67: the vacancy's state
    /// is kept when no place is left.
    fn set_place(&self, Seat { vacancy, place }: Seat, state: &str) -> Result<(), Failure> {
        let set = "UPDATE place SET state = ?3, turn = NULL WHERE (vacancy, place) = (?1, ?2)";
        self.rows.execute(set, params![vacancy, place, state])?;
        let forget = "DELETE FROM passed_by WHERE (vacancy, place) = (?1, ?2)";
        self.rows.execute(forget, params![vacancy, place])?;
        self.rows.execute(
            "UPDATE vacancy SET state = CASE
                WHEN EXISTS (SELECT 1 FROM place WHERE vacancy = id AND place.state = 'waiting') THEN 'waiting'
                WHEN EXISTS (SELECT 1 FROM place WHERE vacancy = id AND place.state = 'open') THEN 'free_choice'
                ELSE state END WHERE id = ?1",
            [vacancy],
        )?;
        Ok(())
    }

    /// The application that a command names.
    fn find(&self, command: &Command) -> Result<u32, Failure> {
        let (query, name) = match command.action.names() {
            None => return Err(unknown("a command on rows")),
            Some(Which::Application(number)) => {
                ("SELECT serial FROM application WHERE number = ?1", number.to_string())
            }
            Some(Which::Referral(number)) => {
                ("SELECT serial FROM referral WHERE number = ?1", number.to_string())
            }
            // R69: the active one, else the enrolled one, else the latest closed one.
            Some(Which::Child(child)) => (
                "SELECT serial FROM application WHERE child = ?1
                 ORDER BY stage = 'closed', stage = 'enrolled', serial DESC LIMIT 1",
                child.reveal(),
            ),
        };
        let found = self.rows.query_row(query, [&name], |row| row.get(0)).optional()?;
        found.ok_or_else(|| unknown(&name))
    }

    fn number(&self, with: &str, value: Option<&str>) -> Result<Option<ApplicationNumber>, Failure> {
        let query = format!("SELECT number FROM application WHERE {with}");
        let found: Option<String> = self.rows.query_row(&query, [value], |row| row.get(0)).optional()?;
        Ok(found.map(|number| number.parse()).transpose()?)
    }

    /// The card of an application, with what its next command can need.
    fn card(&self, serial: u32) -> Result<Card, Failure> {
        let query = "SELECT card FROM application WHERE serial = ?1";
        let json: String = self.rows.query_row(query, [serial], |row| row.get(0))?;
        let mut row: CardRow = serde_json::from_str(&json)?;
        row.revision = self.revision()?;
        let child = row.child.iin.reveal();
        let other = format!("child = ?1 AND stage = 'enrolled' AND serial <> {serial}");
        row.enrolled_with = self.number(&other, Some(&child))?;
        Ok(Card::of(row)?)
    }

    /// A vacancy as a card needs it.
    fn offer(&self, id: u32) -> Result<Offer, Failure> {
        let query = "SELECT kindergarten, vacancy.line, vacancy.state,
            count(*) FILTER (WHERE place.state = 'waiting'), count(*) FILTER (WHERE place.state = 'open'),
            coalesce(min(place) FILTER (WHERE place.state = 'waiting' AND turn IS NULL),
                     min(place) FILTER (WHERE place.state = 'waiting')),
            min(place) FILTER (WHERE place.state = 'open')
            FROM vacancy JOIN place ON place.vacancy = id WHERE id = ?1 GROUP BY id";
        let found = self.rows.query_row(query, [id], |row| {
            let (kindergarten, state): (String, String) = (row.get(0)?, row.get(2)?);
            let offer = |kindergarten| -> rusqlite::Result<Offer> {
                let open = state == "free_choice";
                Ok(Offer {
                    vacancy: id,
                    kindergarten,
                    group_year: row.get(1)?,
                    waiting: row.get(3)?,
                    open: row.get(4)?,
                    state: if open { VacancyState::FreeChoice } else { VacancyState::Waiting },
                    waiting_place: row.get(5)?,
                    open_place: row.get(6)?,
                    // The portal calls its lines itself.
                    free: Vec::new(),
                })
            };
            Ok(kindergarten.parse().map(offer))
        });
        let found = found.optional()?.ok_or_else(|| unknown("vacancy"))?;
        Ok(found??)
    }

    fn desk(&self) -> Result<Desk, Failure> {
        Ok(Desk::new(self.policy.clone()).after(self.revision()?))
    }

    fn revision(&self) -> Result<u64, Failure> {
        Ok(self.rows.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?)
    }
}

fn seat(row: &Row<'_>) -> rusqlite::Result<Seat> {
    Ok(Seat { vacancy: row.get(0)?, place: row.get(1)? })
}

fn unknown(what: &str) -> Failure {
    Failure::Unknown(what.to_owned())
}

fn write(to: &Connection, event: &Event) -> Result<(), Failure> {
    to.execute("INSERT INTO event VALUES (?1, ?2)", params![event.seq, serde_json::to_string(event)?])?;
    Ok(())
}
