//! What the employee tries alone: by the pages, past the pages, and with the powers that one person has.

use kw_app::post::step_up;
use kw_domain::time::Millis;
use kw_staff::power::{Power, Tier};
use kw_staff::statement::Statement;
use kw_staff::time;

use super::{Outcome, Reply, Trial, Trials};
use crate::failure::CommandError;
use crate::replay::form::Form;

const BY_THE_PAGE: Trial = Trial::http("Propose to take the account down, as the page offers it");
const PAST_THE_PAGE: Trial = Trial::http("Sign a take-down that no page offered, and send it");
const LIMIT: Trial = Trial::http("Sign a limit of its reach in place of a take-down");
const BREAK_GLASS: Trial = Trial::http("Break the glass, as for an emergency");
const ANOTHER_TIER: Trial = Trial::http("Sign that the account is an ordinary one");
const STEP_UP: Trial =
    Trial { claimed: Outcome::UndoesItself, ..Trial::http("Step the account up, the one emergency power of one") };

/// What is tried in turn.
enum Change {
    Power(Power),
    Ordinary,
}

impl Trials<'_> {
    pub(super) async fn alone(&mut self) -> Result<(), CommandError> {
        let reply = self.propose(&[("power", "take_down"), ("length", "10080")]).await?;
        self.conclude(BY_THE_PAGE, reply).await?;
        // What can be signed is changed into what cannot be, and signed by the real key.
        let proposed = {
            let account = self.evening.account;
            self.insider().write(account, &[("power", "step_up")]).await?
        };
        let Some(form) = proposed.form else {
            return Err(CommandError::said(format!("nothing at all can be signed: {}", proposed.answer.said())));
        };
        for (trial, change) in [
            (PAST_THE_PAGE, Change::Power(Power::TakeDown)),
            (LIMIT, Change::Power(Power::Limit)),
            (BREAK_GLASS, Change::Power(Power::BreakGlass)),
            (ANOTHER_TIER, Change::Ordinary),
        ] {
            let reply = self.sign_changed(&form, &change).await?;
            self.conclude(trial, reply).await?;
        }
        self.step_up(&form).await
    }

    async fn sign_changed(&mut self, form: &Form, change: &Change) -> Result<Reply, CommandError> {
        let words = form.statement.clone().unwrap_or_default();
        let mut statement = parse(&words)?;
        match change {
            Change::Power(power) => statement.power = *power,
            Change::Ordinary => {
                statement.power = Power::TakeDown;
                for target in &mut statement.targets {
                    target.tier = Tier::Ordinary;
                }
            }
        }
        let minutes = if statement.power == Power::BreakGlass { 10 } else { 60 };
        let until = self.evening.stage.now().plus_ms(minutes * Millis::MINUTE);
        statement.effect.until = Some(time::Millis(until.0));
        let words = String::from_utf8_lossy(&statement.to_bytes()).into_owned();
        Ok(Reply::from(&self.insider().sign_words(form, words).await?))
    }

    /// It takes effect, hides nothing, and is over by itself.
    async fn step_up(&mut self, form: &Form) -> Result<(), CommandError> {
        let reply = Reply::from(&self.insider().sign(form).await?);
        let (account, cx) = (self.evening.account, self.evening.stage.cx.clone());
        let is_up = || step_up::until(&cx, account).is_some();
        let was_up = is_up();
        let at_once = self.evening.look().await?.is_there();
        self.evening.owner_tells().await?;
        self.evening.stage.clock.go_on_to(self.evening.stage.now().plus_ms(31 * Millis::MINUTE));
        let outcome = match (was_up, at_once, is_up()) {
            (true, true, false) => Outcome::UndoesItself,
            (false, true, false) => Outcome::Prevented,
            _ => Outcome::Succeeded,
        };
        self.insider().come_in().await?;
        self.conclude_as(STEP_UP, reply, outcome).await
    }
}

pub(super) fn parse(words: &str) -> Result<Statement, CommandError> {
    Statement::parse(words.as_bytes()).map_err(|refusal| CommandError::said(refusal.sentence))
}
