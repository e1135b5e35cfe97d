//! Whoever looks from outside: a visitor, a follower who is signed in, a program, and the owner. They see what the server
//! answers over HTTP, and nothing else.

use hyper::StatusCode;
use kw_domain::id::{AccountId, PostId};
use serde::Serialize;

use super::browser::{Answer, Browser};
use super::cast::{OWNER, READERS, WORDS};
use super::form;
use super::stage::Stage;
use crate::failure::CommandError;

/// What one look at one surface found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// Where: `profile`, `post`, …
    pub surface: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// Whether the account's words, or for programs the account, were there.
    pub is_there: bool,
}

/// What everybody outside found at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sight {
    /// Each surface.
    pub looks: Vec<Look>,
    /// The heading of the profile's page.
    pub heading: String,
}

impl Sight {
    /// Whether every surface shows the account.
    pub fn is_there(&self) -> bool {
        self.looks.iter().all(|look| look.is_there)
    }

    /// Whether no surface shows it.
    pub fn is_gone(&self) -> bool {
        self.looks.iter().all(|look| !look.is_there)
    }

    /// In a sentence.
    pub fn said(&self) -> String {
        let shown = self.looks.iter().filter(|look| look.is_there).count();
        let profile = self.looks.first().map_or(0, |look| look.status);
        format!(
            "profile answers {profile}, “{}”; {shown} of {} surfaces show the account",
            self.heading,
            self.looks.len()
        )
    }
}

/// Those who look.
pub struct Lookout {
    visitor: Browser,
    reader: Browser,
    owner: Browser,
    account: AccountId,
    post: PostId,
}

/// What the owner found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerSight {
    /// The heading of the page about what staff decided.
    pub heading: String,
    /// Where it was.
    pub path: String,
}

impl Lookout {
    /// Everybody takes their place; reader and owner sign in with their password.
    pub async fn take_places(
        stage: &Stage,
        (account, post): (AccountId, PostId),
        password: &str,
    ) -> Result<Self, CommandError> {
        let mut lookout = Self {
            visitor: Browser::new(stage),
            reader: Browser::new(stage),
            owner: Browser::new(stage),
            account,
            post,
        };
        sign_in(&mut lookout.reader, READERS[0].handle, password).await?;
        sign_in(&mut lookout.owner, OWNER.handle, password).await?;
        Ok(lookout)
    }

    /// Everybody looks, at every surface.
    pub async fn look(&mut self) -> Result<Sight, CommandError> {
        let (handle, account, post) = (OWNER.handle, self.account, self.post);
        let words = WORDS.last().copied().unwrap_or_default();
        let profile = self.visitor.open(&format!("/@{handle}")).await?;
        let heading = form::text_of(&profile.text, "<h1").unwrap_or_default();
        let has_words = |answer: &Answer| answer.status == StatusCode::OK && answer.text.contains(words);
        let mut looks = vec![look("profile", &profile, has_words(&profile))];
        let page = self.visitor.open(&format!("/@{handle}/{post}")).await?;
        looks.push(look("post", &page, has_words(&page)));
        let followers = self.visitor.open(&format!("/@{handle}/followers")).await?;
        looks.push(look("followers", &followers, followers.status == StatusCode::OK));
        let home = self.reader.open("/home").await?;
        looks.push(look("home", &home, has_words(&home)));
        let known = self.visitor.open(&format!("/api/v1/accounts/{account}")).await?;
        looks.push(look("api_account", &known, is_not_suspended(&known)));
        let status = self.visitor.open(&format!("/api/v1/statuses/{post}")).await?;
        looks.push(look("api_post", &status, status.status == StatusCode::OK));
        let domain = self.visitor.domain();
        let finger = self.visitor.open(&format!("/.well-known/webfinger?resource=acct:{handle}@{domain}")).await?;
        looks.push(look("webfinger", &finger, finger.status == StatusCode::OK));
        Ok(Sight { looks, heading })
    }

    /// How many followers programs are told of.
    pub async fn count_followers(&mut self) -> Result<u64, CommandError> {
        let known = self.visitor.open(&format!("/api/v1/accounts/{}", self.account)).await?;
        let account: serde_json::Value = serde_json::from_str(&known.text).unwrap_or_default();
        Ok(account["followers_count"].as_u64().unwrap_or_default())
    }

    /// The owner looks what staff decided about the account.
    pub async fn owner_looks(&mut self) -> Result<OwnerSight, CommandError> {
        let page = self.owner.open("/settings/standing").await?;
        let heading = form::text_of(&page.text, "<h1").unwrap_or_default();
        Ok(OwnerSight { heading, path: page.path })
    }
}

fn look(surface: &'static str, answer: &Answer, is_there: bool) -> Look {
    Look { surface, status: answer.status.as_u16(), is_there }
}

fn is_not_suspended(answer: &Answer) -> bool {
    let account: serde_json::Value = serde_json::from_str(&answer.text).unwrap_or_default();
    answer.status == StatusCode::OK && account["suspended"] != true
}

async fn sign_in(browser: &mut Browser, handle: &str, password: &str) -> Result<(), CommandError> {
    let page = browser.open("/sign-in").await?;
    let no_form = || CommandError::said("the sign-in page of the play has no form");
    let mut form = form::sent_to(&page.text, "/sign-in").ok_or_else(no_form)?;
    form.fill("login", handle);
    form.fill("password", password);
    let answer = browser.send("/sign-in", &form.fields).await?;
    if answer.path.starts_with("/sign-in") {
        return Err(CommandError::said(format!("@{handle} of the play could not sign in: {}", answer.status)));
    }
    Ok(())
}
