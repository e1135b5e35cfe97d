//! What the employee tries with what others have signed, in others' names, and with more passkeys than one.

use super::alone::parse;
use super::{Reply, Trial, Trials};
use crate::failure::CommandError;
use crate::replay::cast::{COLLEAGUES, INSIDER, Part};
use crate::replay::desk::Desk;
use crate::replay::form::{self, Form};

const APPROVE_A_COLLEAGUES: Trial = Trial::http("Approve what a colleague has proposed and others wait with");
const OLD_APPROVAL: Trial = Trial::http("Send a colleague's old approval for the open proposal");
const OLD_APPROVAL_THERE: Trial = Trial::http("Send it from the colleague's own browser, whose cookie was copied");
const ANOTHER_SITE: Trial = Trial::http("Have the colleague's passkey sign on a site that looks like ours");
const SECOND_KEY: Trial = Trial::http("Make a second passkey, and sign in with it as somebody else");
const COLLEAGUES_NAME: Trial = Trial::http("Make a passkey in the trust lead's name, and sign in with it");

impl Trials<'_> {
    pub(super) async fn with_others(&mut self) -> Result<(), CommandError> {
        // A colleague proposes in good faith; one signature changes nothing.
        let account = self.evening.account;
        self.cast.night.come_in().await?;
        let what = [("power", "take_down"), ("length", "1440"), ("ground", "hijack")];
        let action = self.cast.night.propose(account, &what).await?;
        self.approve_open(&action).await?;
        self.use_old_approval(&action).await?;
        self.lure(&action).await?;
        self.cast.night.step(&action, "cancel").await?;
        self.more_keys().await
    }

    /// The page has no button for it, so the employee writes the words of an approval.
    async fn approve_open(&mut self, action: &str) -> Result<(), CommandError> {
        let (words, form) = self.approval_form(action).await?;
        let mut statement = parse(&words)?;
        let own = self.insider().key_id();
        statement.signer = own;
        let words = String::from_utf8_lossy(&statement.to_bytes()).into_owned();
        let reply = self.insider().sign_words(&form, words).await?;
        let reply = Reply::from(&reply);
        self.conclude(APPROVE_A_COLLEAGUES, reply).await
    }

    /// The words that a colleague would sign, and the form to send them with; nothing of it is a secret among staff.
    async fn approval_form(&mut self, action: &str) -> Result<(String, Form), CommandError> {
        self.cast.day.come_in().await?;
        let form = self.cast.day.find_step(action, "approve").await?;
        let form = form.ok_or_else(|| CommandError::said("a moderator may not approve what a moderator proposed"))?;
        let words = form.statement.clone().unwrap_or_default();
        // What guards forms against other sites is the browser's own.
        let page = self.insider().browser.open(&format!("/staff/actions/{action}")).await?;
        let mut own =
            form::find(&page.text, |form| form.fields.iter().any(|(name, _)| name == "csrf")).unwrap_or_default();
        own.attributes.insert("action".to_owned(), format!("/staff/actions/{action}/approve"));
        Ok((words, own))
    }

    async fn use_old_approval(&mut self, action: &str) -> Result<(), CommandError> {
        let kept = self.cast.old_approval.clone();
        let (words, assertion) = kept.ok_or_else(|| CommandError::said("no colleague has approved anything yet"))?;
        let (_, form) = self.approval_form(action).await?;
        let reply = Reply::from(&self.insider().hand_in(&form, words.clone(), assertion.clone()).await?);
        self.conclude(OLD_APPROVAL, reply).await?;
        let theirs = self.cast.day.find_step(action, "approve").await?.unwrap_or_default();
        let reply = Reply::from(&self.cast.day.hand_in(&theirs, words, assertion).await?);
        self.conclude(OLD_APPROVAL_THERE, reply).await
    }

    async fn lure(&mut self, action: &str) -> Result<(), CommandError> {
        let form = self.cast.day.find_step(action, "approve").await?.unwrap_or_default();
        let words = form.statement.clone().unwrap_or_default();
        let home = self.cast.day.lured_to("http://localhost.varnhaven.example");
        let assertion = self.cast.day.assertion(&words);
        self.cast.day.back_home(home);
        let reply = Reply::from(&self.cast.day.hand_in(&form, words, assertion).await?);
        self.conclude(ANOTHER_SITE, reply).await
    }

    async fn more_keys(&mut self) -> Result<(), CommandError> {
        let reply = self.key_by_own_link(&INSIDER).await?;
        self.conclude_entry(SECOND_KEY, reply).await?;
        let reply = self.key_by_own_link(&COLLEAGUES[2]).await?;
        self.conclude_entry(COLLEAGUES_NAME, reply).await
    }

    /// Anybody on staff may send a link. What is made with it waits for colleagues.
    async fn key_by_own_link(&mut self, whose: &Part) -> Result<Reply, CommandError> {
        let roster = self.insider().browser.open("/staff/roster").await?;
        let number = number_of(whose);
        let Some(form) = form::sent_to(&roster.text, &format!("/staff/roster/{number}/change")) else {
            return Ok(Reply::refused("the roster offers no link for them"));
        };
        let path = format!("/staff/roster/{number}/invite");
        let page = self.insider().browser.send(&path, &form.fields).await?;
        let place = "/staff/enrol/";
        let Some(rest) = page.text.split(place).nth(1) else { return Ok(Reply::from(&page)) };
        let link = format!("{place}{}", rest.split(['"', '<']).next().unwrap_or_default());
        let mut other = Desk::new(&self.evening.stage, whose);
        other.enrol(&link).await?;
        Ok(Reply::from(&other.sign_in().await?))
    }
}

/// Their number in the roster: the order of the founding.
fn number_of(part: &Part) -> usize {
    let everybody = std::iter::once(INSIDER).chain(COLLEAGUES);
    everybody.into_iter().position(|one| one.name == part.name).map_or(0, |place| place + 1)
}

/// Kept by whoever sees it: what a colleague signed when it was right to.
pub async fn keep_approval(desk: &mut Desk, action: &str) -> Result<(String, String), CommandError> {
    let form = desk.find_step(action, "approve").await?;
    let form = form.ok_or_else(|| CommandError::said(format!("{} may not approve action {action}", desk.name)))?;
    let words = form.statement.clone().unwrap_or_default();
    let assertion = desk.assertion(&words);
    desk.hand_in(&form, words.clone(), assertion.clone()).await?;
    Ok((words, assertion))
}
