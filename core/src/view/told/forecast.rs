//! Forecasts in words: when the turn may come and how often such forecasts held, or why nothing is told.

use crate::text::Key;
use crate::{CannotTell, Forecast, ForecastTurn, Texts};

impl Texts<'_> {
    /// When the turn may come (прогноз очереди / кезек болжамы), how often such forecasts held in this register,
    /// and that it is no promise; or why no date is told. Then the places of free choice that need no waiting
    /// (R41), where there are some.
    ///
    /// ```
    /// # use kezek::{Action, Child, Language, Policy, Register, Texts};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
    /// #     channel: None, channel_number: None, application: None };
    /// let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// let _ = register.apply(submit, now)?.accepted()?;
    /// let forecast = register.at(now)?.forecast(&"UO.2018.000001.1".parse()?)?;
    /// let texts = Texts::of(Language::Ru, register.policy()).ok_or("Russian is not built in")?;
    /// let told = "Для прогноза нужны данные хотя бы за год, пока их недостаточно. Первые данные: 10 января 2018 г.";
    /// assert_eq!(texts.forecast(&forecast), told);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn forecast(&self, forecast: &Forecast) -> String {
        let turn = forecast.turn.map(|turn| self.forecast_turn(&turn));
        let cannot_tell = forecast.cannot_tell.map(|why| self.cannot_tell(&why));
        let free = (forecast.free_now > 0).then(|| {
            let places = self.counted(Key::CountPlaces, forecast.free_now.into());
            self.fill(Key::ForecastFreeNow, &[("places", places)])
        });
        let sentences: Vec<String> = turn.into_iter().chain(cannot_tell).chain(free).collect();
        sentences.join(" ")
    }

    /// A forecast's range of dates, how often such ranges held, and that it is no promise.
    #[must_use]
    pub fn forecast_turn(&self, turn: &ForecastTurn) -> String {
        // R38: who is notified need not be told how sure that is.
        if turn.samples == 0 && turn.from == turn.to {
            return self.plain(Key::ForecastTurnNow);
        }
        let key = if turn.from == turn.to { Key::ForecastTurnDay } else { Key::ForecastTurn };
        let dates = self.fill(key, &[("from", self.date(turn.from)), ("to", self.date(turn.to))]);
        let held = self.fill_for(Key::ForecastHeld, turn.confidence.into(), &[]);
        format!("{dates} {held} {}", self.say(Key::ForecastNoPromise))
    }

    /// Why no date is told.
    #[must_use]
    pub fn cannot_tell(&self, why: &CannotTell) -> String {
        match why {
            CannotTell::NotInQueue { stage } => {
                self.fill(Key::ForecastNotInQueue, &[("stage", self.stage(*stage).to_owned())])
            }
            CannotTell::Inactive {} => self.plain(Key::ForecastInactive),
            CannotTell::Paused {} => self.plain(Key::ForecastPaused),
            CannotTell::YoungRegister { since } => {
                let mut text = self.plain(Key::ForecastYoung);
                if let Some(since) = since {
                    self.also(&mut text, Key::ForecastYoungSince, &[("date", self.date(*since))]);
                }
                text
            }
            CannotTell::NoPlacesSeen {} => self.plain(Key::ForecastNoPlaces),
            CannotTell::TooFar {} => self.plain(Key::ForecastTooFar),
            // The wire names the first date that is too late; people read the last good one.
            CannotTell::TooOldBefore { limit } => {
                self.fill(Key::ForecastTooOld, &[("date", self.date(limit.plus_days(-1)))])
            }
            CannotTell::Unsteady { .. } => self.plain(Key::ForecastUnsteady),
            CannotTell::ThinData { samples, needed } => {
                let args = [("samples", samples.to_string()), ("needed", needed.to_string())];
                self.fill(Key::ForecastThin, &args)
            }
        }
    }
}
