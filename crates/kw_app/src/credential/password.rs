//! Hashing passwords off the threads that answer, a few at a time.

use kw_domain::id::AccountId;
use kw_domain::refusal::{Fault, FaultKind, Kind, Refusal};
use tokio::sync::Semaphore;

use crate::context::Context;
use crate::credential::stored::{self, Found, Password};
use crate::failure::Failure;
use crate::secret;
use crate::session::throttle::Subject;
use crate::settings::PasswordCost;

/// Hashes made at once; each takes 19 MiB.
const AT_ONCE_MAX: usize = 4;

/// Room for hashing.
#[derive(Debug)]
pub(crate) struct Hashing(Semaphore);

impl Default for Hashing {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE_MAX))
    }
}

impl Hashing {
    async fn run<T: Send + 'static>(&self, cost: PasswordCost, work: impl FnOnce() -> T + Send + 'static) -> T {
        // The least cost is for tests, and quicker than changing threads; it also keeps a simulation on one thread.
        if cost == PasswordCost::Least {
            return work();
        }
        let _room = self.0.acquire().await.expect("this semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

/// The form of `password` to store.
pub(crate) async fn hash(cx: &Context, password: &str) -> String {
    let (cost, salt, password) = (cx.settings().password_cost, cx.random_bytes(), password.to_owned());
    cx.hashing().run(cost, move || secret::password::hash(&password, salt, cost)).await
}

/// Whether `password` is the one behind `stored`; with nothing stored, as much work and no.
pub(crate) async fn is_right(cx: &Context, password: &str, stored: Option<&str>) -> bool {
    let cost = cx.settings().password_cost;
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    let verify = move || {
        let Some(stored) = stored else {
            secret::password::verify_nobody(&password, cost);
            return false;
        };
        secret::password::verify(&password, &stored)
    };
    cx.hashing().run(cost, verify).await
}

/// The password row of `account`, if `password` is right. For what needs a fresh proof: changing it, deactivating.
pub(crate) async fn prove(cx: &Context, account: AccountId, password: &str) -> Result<Found<Password>, Failure> {
    let subjects = [Subject::Account(account)];
    cx.throttle().begin(&subjects, cx.now())?;
    let stored: Option<Found<Password>> = stored::find(cx, account).await?;
    let hash = stored.as_ref().map(|row| row.value.hash.as_str());
    if !is_right(cx, password, hash).await {
        return Err(wrong().into());
    }
    cx.throttle().forgive(&subjects);
    Ok(stored.ok_or_else(wrong)?)
}

fn wrong() -> Refusal {
    Refusal { field: Some("password"), ..Refusal::new(Kind::Invalid, "wrong_password", "This is not your password.") }
}

/// What is wrong with a password that somebody chose.
pub(crate) fn fault(password: &str, handle: &str) -> Option<Fault> {
    if password.is_empty() {
        let sentence = "Password can't be blank".to_owned();
        return Some(Fault { field: "password", kind: FaultKind::Blank, sentence });
    }
    let refusal = secret::password::check_new(password, handle).err()?;
    let kind = match refusal.code {
        "password_too_short" => FaultKind::TooShort,
        "password_too_long" => FaultKind::TooLong,
        _ => FaultKind::Invalid,
    };
    Some(Fault { field: "password", kind, sentence: refusal.sentence.trim_end_matches('.').to_owned() })
}
