//! Somebody of the staff at their desk: a browser, and a passkey in software that signs exactly what a page shows. They go
//! through the doors that everybody goes through, and have no power that the ledger has not given to their key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kw_app::staff::found::{self, Rules};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::assertion::RelyingParty;
use kw_staff::authenticator::{Authenticator, Counting};
use kw_staff::person::KeyId;

use super::browser::{Answer, Browser};
use super::cast::Part;
use super::form::{self, Form};
use super::stage::Stage;
use crate::failure::CommandError;

/// A desk.
pub struct Desk {
    /// Whose it is.
    pub name: &'static str,
    /// Their browser.
    pub browser: Browser,
    key: Authenticator,
    party: RelyingParty,
}

/// What became of a proposal that was written at a desk.
pub struct Proposed {
    /// The page that came back.
    pub answer: Answer,
    /// What can be signed now; none where it was refused before anybody signed.
    pub form: Option<Form>,
}

impl Desk {
    /// A desk with a new passkey, which nobody knows yet.
    pub fn new(stage: &Stage, part: &Part) -> Self {
        let key = Authenticator::from_seed(&stage.cx.random_bytes(), part.backup, Counting::Never);
        let origin = stage.origin();
        let party = RelyingParty {
            id: origin.host_str().unwrap_or_default().to_owned(),
            origin: origin.origin().ascii_serialization(),
        };
        Self { name: part.name, browser: Browser::new(stage), key, party }
    }

    /// The same desk with the passkey answering to another site: what a page that looks like ours would get of it.
    pub fn lured_to(&mut self, origin: &str) -> RelyingParty {
        let other = RelyingParty { id: self.party.id.clone(), origin: origin.to_owned() };
        std::mem::replace(&mut self.party, other)
    }

    /// Back to our own site.
    pub fn back_home(&mut self, party: RelyingParty) {
        self.party = party;
    }

    /// Their key's id in the ledger.
    pub fn key_id(&self) -> KeyId {
        self.key.key()
    }

    /// Makes a passkey by a link.
    pub async fn enrol(&mut self, path: &str) -> Result<Answer, CommandError> {
        let page = self.browser.open(path).await?;
        let mut form = marked(&page, "data-enrol")?;
        let made = self.key.create(&challenge_of(&form)?, &self.party);
        form.fill("name", "A passkey in software");
        form.fill("attestation", made.to_json());
        self.browser.send(path, &form.fields).await
    }

    /// Signs in with the passkey.
    pub async fn sign_in(&mut self) -> Result<Answer, CommandError> {
        let page = self.browser.open("/staff/sign-in").await?;
        let mut form = marked(&page, "data-staff-sign-in")?;
        let assertion = self.key.assert(&challenge_of(&form)?, &self.party);
        form.fill("assertion", assertion.to_json(self.key.credential()));
        self.browser.send("/staff/sign-in", &form.fields).await
    }

    /// Signs in; anything else ends the play.
    pub async fn come_in(&mut self) -> Result<(), CommandError> {
        let answer = self.sign_in().await?;
        if answer.status.is_success() && !answer.path.starts_with("/staff/sign-in") {
            return Ok(());
        }
        Err(CommandError::said(format!("{} could not sign in as staff: {}", self.name, answer.said())))
    }

    /// Looks somebody up, and the page from which they are proposed about.
    pub async fn look_up(&mut self, account: AccountId) -> Result<Answer, CommandError> {
        self.browser.open(&format!("/staff/accounts/{account}")).await
    }

    /// Writes a proposal about an account, and reads what came back. Nothing is signed yet.
    pub async fn write(&mut self, account: AccountId, what: &[(&str, &str)]) -> Result<Proposed, CommandError> {
        let page = self.look_up(account).await?;
        let path = format!("/staff/accounts/{account}/propose");
        let Some(mut form) = form::sent_to(&page.text, &path) else {
            return Err(CommandError::said(format!("{} finds no form to propose with: {}", self.name, page.said())));
        };
        for (name, value) in
            [("length", "1440"), ("ground", "spam"), ("against", "terms"), ("reference", "4.2"), ("source", "own")]
        {
            form.fill(name, value);
        }
        form.fill("explanation", "Reported by a member; thought to be a fake account.");
        form.fill("facts", "One report.");
        for (name, value) in what {
            form.fill(name, *value);
        }
        self.send(&path, &form).await
    }

    /// Sends a form that prepares something, and reads what came back.
    pub async fn send(&mut self, path: &str, form: &Form) -> Result<Proposed, CommandError> {
        let answer = self.browser.send(path, &form.fields).await?;
        let form = form::find(&answer.text, |form| form.attributes.contains_key("data-sign"));
        Ok(Proposed { answer, form })
    }

    /// The same for a form that can carry files.
    pub async fn send_parts(&mut self, path: &str, form: &Form) -> Result<Proposed, CommandError> {
        let answer = self.browser.send_parts(path, &form.fields).await?;
        let form = form::find(&answer.text, |form| form.attributes.contains_key("data-sign"));
        Ok(Proposed { answer, form })
    }

    /// Signs the words of a form, and sends it.
    pub async fn sign(&mut self, form: &Form) -> Result<Answer, CommandError> {
        let words = form.statement.clone().unwrap_or_default();
        self.sign_words(form, words).await
    }

    /// Signs these words in the place of those that the form has, and sends them with it.
    pub async fn sign_words(&mut self, form: &Form, words: String) -> Result<Answer, CommandError> {
        let assertion = self.assertion(&words);
        self.hand_in(form, words, assertion).await
    }

    /// What the passkey answers to these words.
    pub fn assertion(&mut self, words: &str) -> String {
        let signed = self.key.sign(words.as_bytes().to_vec(), &self.party);
        signed.assertion.to_json(self.key.credential())
    }

    /// Sends words and a signature with a form, whoever made them.
    pub async fn hand_in(&mut self, form: &Form, words: String, assertion: String) -> Result<Answer, CommandError> {
        let mut form = form.clone();
        form.fill("statement", words);
        form.fill("assertion", assertion);
        let path = form.attribute("action").to_owned();
        self.browser.send(&path, &form.fields).await
    }

    /// The form with which a step of an action can be signed, if it is theirs to sign.
    pub async fn find_step(&mut self, action: &str, verb: &str) -> Result<Option<Form>, CommandError> {
        let page = self.browser.open(&format!("/staff/actions/{action}")).await?;
        Ok(form::sent_to(&page.text, &format!("/staff/actions/{action}/{verb}")))
    }

    /// Signs a step of an action.
    pub async fn step(&mut self, action: &str, verb: &str) -> Result<Answer, CommandError> {
        let form = self.find_step(action, verb).await?;
        let form = form.ok_or_else(|| CommandError::said(format!("{} may not {verb} action {action}", self.name)))?;
        self.sign(&form).await
    }

    /// Writes a proposal, signs it, and gives its number.
    pub async fn propose(&mut self, account: AccountId, what: &[(&str, &str)]) -> Result<String, CommandError> {
        let proposed = self.write(account, what).await?;
        let Some(form) = proposed.form else {
            return Err(CommandError::said(format!("{} was refused: {}", self.name, proposed.answer.said())));
        };
        let answer = self.sign(&form).await?;
        if !answer.status.is_success() {
            return Err(CommandError::said(format!("{}'s signature was refused: {}", self.name, answer.said())));
        }
        Ok(action_of(&form))
    }
}

impl Proposed {
    /// Why nothing can be signed.
    pub fn said(&self) -> String {
        self.answer.said()
    }

    /// Whether it was a field that kept it from being signed, and no rule.
    pub fn is_slip(&self) -> bool {
        self.form.is_none() && has_slip(&self.answer.text)
    }
}

/// Where a page of ours says why not.
pub const COMPLAINTS: [&str; 2] = ["refused-why", FIELD];
const FIELD: &str = "class=\"field-error\" id";

/// Whether a page says that a field is not filled in as it asks, and not that the whole is refused.
pub fn has_slip(page: &str) -> bool {
    let fields = page.split("class=\"field-error\" id=\"").skip(1);
    fields.filter_map(|rest| rest.split_once("-error\"")).any(|(field, _)| field != "form")
}

impl Answer {
    /// What the page says first: why not, where it refuses; how an action stands; else its heading.
    pub fn said(&self) -> String {
        let places = COMPLAINTS.iter().chain(&["class=\"state\"", "class=\"lead\"", "<h1"]);
        let said =
            places.into_iter().find_map(|place| form::text_of(&self.text, place).filter(|text| !text.is_empty()));
        said.unwrap_or_else(|| self.status.to_string())
    }
}

/// The number of the action that a form is a step of.
pub fn action_of(form: &Form) -> String {
    let path = form.attribute("action").trim_start_matches("/staff/actions/");
    path.split('/').next().unwrap_or_default().to_owned()
}

/// Founds the staff of a server over HTTP with these people, whose last day may be known, and signs nobody in yet. Rules that
/// are made up no page puts in force: only this process does.
pub async fn found(
    stage: &Stage,
    parts: &[(Part, Option<Millis>)],
    rules: Option<&Rules>,
) -> Result<Vec<Desk>, CommandError> {
    let code = found::begin(&stage.cx).await?;
    let path = format!("/staff/found?code={code}");
    let mut browser = Browser::new(stage);
    for (part, ends) in parts {
        let page = browser.open(&path).await?;
        let mut form = needed(&page, "/staff/found/people")?;
        form.fill("name", part.name);
        form.fill("team", part.team);
        form.fill("ends", ends.map(day_of).unwrap_or_default());
        form.fields.retain(|(name, _)| name != "roles");
        for role in part.roles {
            form.tick("roles", role.word());
        }
        browser.send("/staff/found/people", &form.fields).await?;
    }
    let page = browser.open(&path).await?;
    let links = links_in(&page.text);
    if links.len() != parts.len() {
        return Err(CommandError::said(format!("the founding has {} links for {} people", links.len(), parts.len())));
    }
    let mut desks = Vec::with_capacity(parts.len());
    for ((part, _), link) in parts.iter().zip(links) {
        let mut desk = Desk::new(stage, part);
        let made = desk.enrol(&link).await?;
        if !made.status.is_success() {
            return Err(CommandError::said(format!("{} could not make a passkey: {}", part.name, made.said())));
        }
        desks.push(desk);
    }
    match rules {
        Some(rules) => found::finish_under(&stage.cx, &code, rules).await?,
        None => {
            let page = browser.open(&path).await?;
            let answer = browser.send("/staff/found", &needed(&page, "/staff/found")?.fields).await?;
            if !found::is_founded(&stage.cx) {
                return Err(CommandError::said(format!("the founding was refused: {}", answer.said())));
            }
        }
    }
    Ok(desks)
}

fn links_in(page: &str) -> Vec<String> {
    let place = "/staff/enrol/";
    let ends = |rest: &str| rest.split(['"', '<', ' ']).next().unwrap_or_default().to_owned();
    page.split(place).skip(1).map(|rest| format!("{place}{}", ends(rest))).collect()
}

/// The day of a moment, as a date field has it.
pub fn day_of(moment: Millis) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment.0 as i64).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

fn needed(page: &Answer, action: &str) -> Result<Form, CommandError> {
    let none = || CommandError::said(format!("no form for {action} on {}: {}", page.path, page.said()));
    form::sent_to(&page.text, action).ok_or_else(none)
}

fn marked(page: &Answer, mark: &str) -> Result<Form, CommandError> {
    let found = form::find(&page.text, |form| form.attributes.contains_key(mark));
    found.ok_or_else(|| CommandError::said(format!("no form with {mark} on {}: {}", page.path, page.said())))
}

fn challenge_of(form: &Form) -> Result<Vec<u8>, CommandError> {
    let challenge = URL_SAFE_NO_PAD.decode(form.attribute("data-challenge"));
    challenge.map_err(|error| CommandError::said(format!("a challenge that cannot be read: {error}")))
}
