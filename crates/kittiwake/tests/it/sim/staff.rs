//! The staff of a town: one person who founded it, and who signs for everything that hides, limits or brings back.
//!
//! Knows nothing of what readers see. What follows from a decision is the ledger's.

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::ledger::project;
use kw_app::staff::understudy::{Part, Understudy, about, found};
use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::person::Role;
use kw_staff::power::Power;

/// For how long somebody is hidden when no end is asked for. One person may do it for up to 30 days, counted over a chain
/// of actions, so each is much shorter and still outlasts every run.
const LONG_MS: u64 = Millis::DAY;

/// One person, who founds when there is something to decide: a run without staff does not pay for them.
#[derive(Debug, Default)]
pub struct Staff(Option<Understudy>);

impl Staff {
    /// Founds, unless that was done.
    pub async fn founded(&mut self, cx: &Context) -> Result<&Understudy, Failure> {
        let founder = match self.0.take() {
            Some(founder) => founder,
            None => found_alone(cx).await?,
        };
        Ok(self.0.insert(founder))
    }

    /// Lets an account reach exactly as far as `wanted`, and gives what was signed for.
    pub async fn decide(&mut self, cx: &Context, account: AccountId, wanted: Reach) -> Result<Reach, Failure> {
        let founder = self.founded(cx).await?;
        cx.ledger().follow(cx).await?;
        if project::standing(cx, account).reach_at(cx.now()) != Reach::Clear {
            founder.propose(cx, &about(Power::Restore, account, None)).await?;
        }
        let end = |until: Option<Millis>| until.unwrap_or_else(|| cx.now().plus_ms(LONG_MS));
        let (power, signed) = match wanted {
            Reach::Clear => return Ok(Reach::Clear),
            Reach::Limited { until } => (Power::Limit, Reach::Limited { until: Some(end(until)) }),
            Reach::Unavailable { until } => (Power::TakeDown, Reach::Unavailable { until: Some(end(until)) }),
        };
        founder.propose(cx, &about(power, account, until_of(signed))).await?;
        Ok(signed)
    }
}

fn until_of(reach: Reach) -> Option<Millis> {
    match reach {
        Reach::Clear => None,
        Reach::Limited { until } | Reach::Unavailable { until } => until,
    }
}

async fn found_alone(cx: &Context) -> Result<Understudy, Failure> {
    let roles = [Role::Moderator, Role::TrustLead];
    let part = Part { name: "Ola", roles: &roles, team: "one", ends: None, backup: Backup::DeviceBound };
    Ok(found(cx, &[part]).await?.pop().expect("one part was given out"))
}
