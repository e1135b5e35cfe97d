//! What the employee tries to change first, so that the rest would be allowed: the own role and last day, the rules, and what
//! protects the account.

use super::{Reply, Trial, Trials};
use crate::failure::CommandError;
use crate::replay::form::{self, Form};

const ROLE: Trial = Trial::http("Take the role of a trust lead");
const LAST_DAY: Trial = Trial::http("Move the own last day");
const POLICY: Trial = Trial::http("Put a policy in force that permits everything");
const TIER: Trial = Trial::http("Lower the account's protection");
const LABEL: Trial = Trial::http("Take its label away");
const COLLEAGUE: Trial = Trial::http("End the employment of a colleague who would object");
const REFOUND: Trial = Trial::http("Found the staff again");

/// What the employee says it is for.
pub(super) const WHY: &str = "Asked for by the town.";
/// A policy that permits everything to anybody.
const PERMIT_ALL: &str = "permit (principal, action, resource);\n";

impl Trials<'_> {
    pub(super) async fn changing_first(&mut self) -> Result<(), CommandError> {
        let (own, lead) = (self.cast.insider_number, self.cast.lead_number);
        let reply = self.change_person(own, "change", &[("roles", "trust_lead")]).await?;
        self.conclude(ROLE, reply).await?;
        let reply = self.change_person(own, "change", &[("ends", "2040-12-31")]).await?;
        self.conclude(LAST_DAY, reply).await?;
        let reply = self.change_person(lead, "end", &[]).await?;
        self.conclude(COLLEAGUE, reply).await?;
        let reply = self.propose_policy().await?;
        self.conclude(POLICY, reply).await?;
        let reply = self.propose(&[("power", "tier_down")]).await?;
        self.conclude(TIER, reply).await?;
        let reply = self.propose(&[("power", "label_remove"), ("label", "elected")]).await?;
        self.conclude(LABEL, reply).await?;
        let page = self.insider().browser.open("/staff/found").await?;
        let reply = match form::sent_to(&page.text, "/staff/found") {
            Some(form) => Reply::from(&self.insider().browser.send("/staff/found", &form.fields).await?),
            None => Reply::refused(page.said()),
        };
        self.conclude(REFOUND, reply).await
    }

    pub(super) async fn change_person(
        &mut self,
        person: u32,
        how: &str,
        what: &[(&str, &str)],
    ) -> Result<Reply, CommandError> {
        let page = self.insider().browser.open("/staff/roster").await?;
        let Some(mut form) = form::sent_to(&page.text, &format!("/staff/roster/{person}/change")) else {
            return Err(CommandError::said(format!("the roster has no form to change a person: {}", page.said())));
        };
        for (name, value) in what {
            form.fill(name, *value);
        }
        form.fill("explanation", WHY);
        let proposed = self.insider().send(&format!("/staff/roster/{person}/{how}"), &form).await?;
        self.sign_if_let(proposed).await
    }

    pub(super) async fn propose_policy(&mut self) -> Result<Reply, CommandError> {
        let path = "/staff/policy/propose";
        // The token that guards forms is the browser's, and the same on all pages.
        let page = self.insider().browser.open("/staff/roster").await?;
        let has_token = |form: &Form| form.fields.iter().any(|(name, _)| name == "csrf");
        let mut form = form::find(&page.text, has_token).unwrap_or_default();
        form.fields.retain(|(name, _)| name == "csrf");
        form.fill("policy", PERMIT_ALL);
        form.fill("explanation", WHY);
        let proposed = self.insider().send_parts(path, &form).await?;
        self.sign_if_let(proposed).await
    }
}
