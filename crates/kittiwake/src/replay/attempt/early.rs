//! What the employee tries three weeks before the last day, with every power of a moderator still there: alone it comes to
//! nothing, and what was begun then does not wait for a better moment.

use kw_staff::power::Verb;

use super::alone::parse;
use super::first::WHY;
use super::{Reply, Trial, Trials};
use crate::failure::CommandError;
use crate::replay::form;

const ALONE: Trial = Trial::http("Take the account down, alone");
const OWN_APPROVAL: Trial = Trial::http("Approve that proposal, too");
const ROLE: Trial = Trial::http("Take the role of a trust lead");
const LAST_DAY: Trial = Trial::http("Move the own last day");
const POLICY: Trial = Trial::http("Propose a policy that permits everything");
const TIER: Trial = Trial::http("Propose to lower the account's protection");
const ACCOMPLICE: Trial = Trial::http("Propose an accomplice with every role");
const KEPT: Trial = Trial::http("Have colleagues complete on the last day what was proposed weeks before");

impl Trials<'_> {
    /// Tries it, and gives the number of the action that is left open.
    pub async fn weeks_before(&mut self) -> Result<String, CommandError> {
        let account = self.evening.account;
        let action = self.insider().propose(account, &[("power", "take_down"), ("length", "1440")]).await?;
        let page = self.insider().browser.open(&format!("/staff/actions/{action}")).await?;
        self.conclude(ALONE, waits(&page.text)).await?;
        let reply = self.approve_own(&action).await?;
        self.conclude(OWN_APPROVAL, reply).await?;
        let own = self.cast.insider_number;
        let reply = self.change_person(own, "change", &[("roles", "trust_lead")]).await?;
        self.conclude(ROLE, reply).await?;
        let reply = self.change_person(own, "change", &[("ends", "2040-12-31")]).await?;
        self.conclude(LAST_DAY, reply).await?;
        let reply = self.propose_policy().await?;
        self.conclude(POLICY, reply).await?;
        let reply = self.propose(&[("power", "tier_down")]).await?;
        self.conclude(TIER, reply).await?;
        let reply = self.take_on_an_accomplice().await?;
        self.conclude(ACCOMPLICE, reply).await?;
        Ok(action)
    }

    /// What a proposer may still do is taken back; the words for that are changed into an approval.
    async fn approve_own(&mut self, action: &str) -> Result<Reply, CommandError> {
        let Some(mut form) = self.insider().find_step(action, "cancel").await? else {
            return Err(CommandError::said("a proposer finds nothing to sign of what they proposed"));
        };
        let mut statement = parse(form.statement.as_deref().unwrap_or_default())?;
        statement.step = Verb::Approve;
        form.attributes.insert("action".to_owned(), format!("/staff/actions/{action}/approve"));
        let words = String::from_utf8_lossy(&statement.to_bytes()).into_owned();
        Ok(Reply::from(&self.insider().sign_words(&form, words).await?))
    }

    async fn take_on_an_accomplice(&mut self) -> Result<Reply, CommandError> {
        let path = "/staff/roster/add";
        let page = self.insider().browser.open("/staff/roster").await?;
        let Some(mut form) = form::sent_to(&page.text, path) else {
            return Err(CommandError::said(format!("the roster has no form to take on somebody: {}", page.said())));
        };
        let today = self.evening.stage.now();
        for (name, value) in
            [("name", "Kit Sorrel"), ("pseudonym", "Sanderling"), ("directory", "kit"), ("team", "sea")]
        {
            form.fill(name, value);
        }
        form.fill("explanation", WHY);
        form.fill("starts", crate::replay::desk::day_of(today));
        for role in ["moderator", "trust_lead", "security"] {
            form.tick("roles", role);
        }
        let proposed = self.insider().send(path, &form).await?;
        self.sign_if_let(proposed).await
    }

    /// A colleague opens it weeks later, and finds nothing to sign.
    pub async fn complete_late(&mut self, action: &str) -> Result<(), CommandError> {
        self.cast.night.come_in().await?;
        let form = self.cast.night.find_step(action, "approve").await?;
        let page = self.cast.night.browser.open(&format!("/staff/actions/{action}")).await?;
        let reply = match form {
            Some(form) => Reply::from(&self.cast.night.sign(&form).await?),
            None => waits(&page.text),
        };
        self.conclude(KEPT, reply).await
    }
}

/// How an action stands, as its page says.
fn waits(page: &str) -> Reply {
    Reply::refused(form::text_of(page, "class=\"state\"").unwrap_or_default())
}
