//! One world for every test: a server in memory, its clock, its letters, the pages of other sites.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::sign_up::Agreement;
use kw_store::mem::MemStore;
use kw_store::{
    Direction, Family, ManualClock, Operation, Outcome, Page, Partition, Range, Row, SharedStore, Store, StoreFuture,
    SweepPage,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use url::Url;

use crate::account::{SignUp, SignedUp, sign_up};
use crate::context::{Context, Parts, Stores};
use crate::failure::Failure;
use crate::feed::Bus;
use crate::oauth::{Ask, Asked, Consent, NewApp, Registered, TokenAsk, grant, issue, look, register_app};
use crate::outside::{Fetcher, Letter, Mailer, Outside, OutsideFuture};
use crate::session::{Actor, Agent, Issued, Member, SignIn, SignInForm, authenticate, sign_in};
use crate::settings::{PasswordCost, Settings};

/// Noon of a day in November 2026, in microseconds.
const NOON_MICROS: u64 = 1_795_435_200_000_000;
/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";
/// Where clients of tests are sent back to.
pub const BACK: &str = "https://client.example/back";

/// A store that lets others go first at every call, so that what is started together is interleaved.
#[derive(Debug)]
pub struct Polite(pub MemStore);

impl Store for Polite {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.get(partition, keys).await
        })
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.scan(partition, range, direction, rows_max).await
        })
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.perform(operation).await
        })
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        self.0.sweep(family, token, rows_max)
    }
}

/// The world outside, as tests see it.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    pub letters: Arc<Mutex<Vec<Letter>>>,
    pub pages: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Mailer for Elsewhere {
    fn send(&self, letter: Letter) -> OutsideFuture<'_, ()> {
        self.letters.lock().expect("a lock").push(letter);
        Box::pin(async { Ok(()) })
    }
}

impl Fetcher for Elsewhere {
    fn page(&self, url: Url) -> OutsideFuture<'_, String> {
        let page = self.pages.lock().expect("a lock").get(url.as_str()).cloned();
        Box::pin(async move { page.ok_or_else(|| Failure::Outside("nobody is there".to_owned())) })
    }
}

/// A server and everything around it.
pub struct World {
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    pub elsewhere: Elsewhere,
    store: SharedStore,
    settings: Settings,
}

impl World {
    /// A server where anyone may sign up, without mail.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A server with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::at(Url::parse("https://cliff.example").expect("an address"));
        settings.password_cost = PasswordCost::Least;
        change(&mut settings);
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(Polite(MemStore::new(clock.clone())));
        let elsewhere = Elsewhere::default();
        let cx =
            Context::start(parts(&store, &clock, &settings, Outside::default(), 7)).await.expect("a new server starts");
        Self { cx, clock, elsewhere, store, settings }
    }

    /// The same server, started again so that it can send letters and look at pages.
    pub async fn connected(self) -> Self {
        let everywhere = Arc::new(self.elsewhere.clone());
        let outside = Outside { mailer: Some(everywhere.clone()), fetcher: Some(everywhere) };
        let cx =
            Context::start(parts(&self.store, &self.clock, &self.settings, outside, 8)).await.expect("it starts again");
        Self { cx, ..self }
    }

    /// The same rows under other settings.
    pub async fn restart(&self, change: impl FnOnce(&mut Settings)) -> Result<Context, Failure> {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Context::start(parts(&self.store, &self.clock, &settings, Outside::default(), 9)).await
    }

    /// The code in the newest letter.
    pub fn code_of_letter(&self) -> String {
        let letters = self.elsewhere.letters.lock().expect("a lock");
        let text = &letters.last().expect("a letter was sent").text;
        let link = text.lines().find(|line| line.starts_with("https://")).expect("a letter has a link");
        link.rsplit('/').next().expect("a link has a last part").to_owned()
    }

    /// Signs somebody up who can come in at once.
    pub async fn sign_up(&self, handle: &str) -> SignedUp {
        sign_up(&self.cx, &form(handle)).await.expect("a good form")
    }

    /// Signs somebody up, and is them.
    pub async fn member(&self, handle: &str) -> Member {
        let signed_up = self.sign_up(handle).await;
        self.member_by(&signed_up.issued.token).await
    }

    /// Whoever has this token.
    pub async fn member_by(&self, token: &str) -> Member {
        match authenticate(&self.cx, token).await.expect("a good token") {
            Actor::Member(member) => member,
            actor => panic!("not a member: {actor:?}"),
        }
    }

    /// Signs in with the password of everybody and no second factor.
    pub async fn sign_in(&self, identifier: &str) -> Result<Issued, Failure> {
        match self.try_password(identifier, PASSWORD).await? {
            SignIn::Done(issued) => Ok(issued),
            SignIn::SecondFactorNeeded(challenge) => panic!("a second factor is asked for: {challenge:?}"),
        }
    }

    pub async fn try_password(&self, identifier: &str, password: &str) -> Result<SignIn, Failure> {
        sign_in(&self.cx, &SignInForm { identifier, password, agent: Agent::default() }).await
    }

    /// A client with everything.
    pub async fn client(&self) -> Registered {
        let redirect_uris = [BACK.to_owned()];
        let new = NewApp { name: "Elk", website: None, redirect_uris: &redirect_uris, scopes: "read write follow" };
        register_app(&self.cx, &new).await.expect("a good client")
    }

    /// The code a client gets when `member` agrees.
    pub async fn authorise(&self, member: &Member, client: &Registered, code_challenge: &str) -> String {
        let consent = self.consent(client, code_challenge).await;
        grant(&self.cx, member, &consent).await.expect("a member may agree")
    }

    pub async fn consent(&self, client: &Registered, code_challenge: &str) -> Consent {
        let client_id = client.app.id.to_string();
        let ask = Ask {
            client_id: &client_id,
            redirect_uri: BACK,
            response_type: "code",
            scope: "read write",
            code_challenge,
            code_challenge_method: if code_challenge.is_empty() { "" } else { "S256" },
        };
        match look(&self.cx, &ask).await.expect("a known client") {
            Asked::Consent(consent) => consent,
            Asked::SendBack { refusal, .. } => panic!("sent back: {refusal:?}"),
        }
    }

    pub async fn exchange(&self, client: &Registered, code: &str, verifier: &str) -> Result<Issued, Failure> {
        let client_id = client.app.id.to_string();
        let ask = TokenAsk {
            grant_type: "authorization_code",
            client_id: &client_id,
            client_secret: &client.secret,
            code,
            redirect_uri: BACK,
            code_verifier: verifier,
            scope: "",
        };
        issue(&self.cx, &ask).await
    }
}

/// No two starts share their chance: operations would share their ids.
fn parts(store: &SharedStore, clock: &Arc<ManualClock>, settings: &Settings, outside: Outside, seed: u64) -> Parts {
    Parts {
        stores: Stores::in_one(store.clone()),
        clock: clock.clone(),
        chance: StdRng::seed_from_u64(seed),
        slot: 0,
        bus: Bus::default(),
        outside,
        settings: settings.clone(),
    }
}

/// A good form.
pub fn form(handle: &str) -> SignUp<'_> {
    SignUp {
        handle,
        email: None,
        password: PASSWORD,
        reason: "",
        invitation: None,
        locale: "en",
        agreement: Agreement::Given,
        agent: Agent::default(),
        app: None,
    }
}

/// Why something was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal,
        outcome => panic!("not refused: {outcome:?}"),
    }
}

/// The stable name of a refusal.
pub fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    refusal(outcome).code
}

/// The fields at fault, with their words.
pub fn faults<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<(&'static str, &'static str)> {
    refusal(outcome).faults.iter().map(|fault| (fault.field, fault.kind.code())).collect()
}

/// How long somebody has to wait, in milliseconds.
pub fn wait_ms<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> u64 {
    match refusal(outcome).kind {
        Kind::TooOften(wait_ms) => wait_ms,
        kind => panic!("refused for another reason: {kind:?}"),
    }
}
