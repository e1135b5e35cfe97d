//! Staff who decide what a scenario needs decided, each with a passkey in software, by the way that everybody goes.

use std::pin::Pin;

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::staff::action::{self, Stage};
use kw_app::staff::draft::Proposal;
use kw_app::staff::submit::Taken;
use kw_app::staff::understudy::{Part, Understudy, found};
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::person::Role;
use kw_staff::power::Verb;
use kw_staff::statement::ActionId;

use crate::failure::CommandError;

/// One signature that is handed in.
pub type Deed<'d> = Pin<Box<dyn Future<Output = Result<Taken, Failure>> + Send + 'd>>;

/// The people.
#[derive(Debug)]
pub struct Cast(Vec<Understudy>);

impl Cast {
    /// Founds the staff of a server with them.
    pub async fn found(cx: &Context) -> Result<Self, CommandError> {
        Ok(Self(found(cx, &parts()).await?))
    }

    /// Has one of them take back what is in force.
    pub async fn undo<T>(
        &self,
        cx: &Context,
        action: ActionId,
        measure: impl AsyncFn(Deed<'_>) -> Result<(ActionId, T), Failure>,
    ) -> Result<T, CommandError> {
        let person = self.0.first().ok_or_else(|| CommandError::said("nobody is there to take it back"))?;
        Ok(measure(Box::pin(person.step(cx, action, Verb::Undo))).await?.1)
    }

    /// Proposes, and has others agree until it takes effect; where it has to wait first, `skip` lets the time pass. `measure`
    /// hands a signature in; the action and what it said of the last one are given back.
    pub async fn decide<T>(
        &self,
        cx: &Context,
        proposal: &Proposal,
        measure: impl AsyncFn(Deed<'_>) -> Result<(ActionId, T), Failure>,
        skip: impl AsyncFn(Millis),
    ) -> Result<(ActionId, T), CommandError> {
        let mut proposed = None;
        let (mut refused, mut at) = (None, 0);
        for (number, person) in self.0.iter().enumerate() {
            match measure(Box::pin(person.propose(cx, proposal))).await {
                Ok(done) => {
                    (proposed, at) = (Some(done), number);
                    break;
                }
                Err(failure) => refused = Some(failure),
            }
        }
        let Some((action, mut last)) = proposed else {
            return Err(refused.map_or_else(|| CommandError::said("nobody is there to propose"), CommandError::from));
        };
        for (_, person) in self.0.iter().enumerate().filter(|(number, _)| *number != at) {
            if !matches!(action::load(cx, action).await?.stage, Stage::Proposed(_)) {
                break;
            }
            match measure(Box::pin(person.step(cx, action, Verb::Approve))).await {
                Ok((_, taken)) => last = taken,
                Err(failure) => refused = Some(failure),
            }
        }
        match action::load(cx, action).await?.stage {
            stage if is_decided(&stage) => Ok((action, last)),
            Stage::Scheduled { from, by_itself: false } => {
                skip(from).await;
                Ok(measure(Box::pin(self.0[at].step(cx, action, Verb::Fire))).await?)
            }
            waiting => Err(CommandError::said(format!("everybody agreed, and it is {waiting:?}: {refused:?}"))),
        }
    }
}

const fn is_decided(stage: &Stage) -> bool {
    matches!(stage, Stage::InForce(_) | Stage::Done(_) | Stage::Over(..))
}

fn parts() -> [Part<'static>; 5] {
    let part = |name, roles, team| Part { name, roles, team, ends: None, backup: Backup::DeviceBound };
    [
        part("Ines Rau", &[Role::Moderator], "day"),
        part("Milo Kern", &[Role::Moderator], "night"),
        part("Lena Ohm", &[Role::TrustLead], "trust"),
        part("Ivo Marek", &[Role::Security], "trust"),
        part("Sam Vik", &[Role::Support], "night"),
    ]
}
