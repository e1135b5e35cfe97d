//! A proposal to give an account another handle: whether that handle can be had, and keeping it while the proposal is open.
//! Once the ledger says so, [`super::super::ledger::project`] has it given.

use kw_domain::handle::{Handle, HandleRefusal};
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use kw_staff::entry::Subject;
use kw_staff::power::{Power, Verb};
use kw_staff::statement::Statement;
use kw_staff::step::change;

use crate::account::{self, Reserved};
use crate::context::Context;
use crate::failure::Failure;

/// Beyond the moment until which it can take effect, so that nothing expires while it does, in milliseconds.
const MARGIN_MS: u64 = 10 * Millis::MINUTE;

/// The longest that a handle is kept at a time, in milliseconds, whatever a statement says: each further step asks again.
const KEPT_MAX_MS: u64 = 14 * Millis::DAY;

/// What a proposal wants, or a step that brings it nearer.
#[derive(Debug)]
pub(super) struct Wanted {
    account: AccountId,
    from: String,
    to: Handle,
    until: Millis,
}

impl Wanted {
    /// What `statement` wants; none where it brings no other handle nearer, or none that has the form of one.
    pub fn of(statement: &Statement) -> Result<Option<Self>, Refusal> {
        let is_wanted =
            statement.power == Power::Rename && matches!(statement.step, Verb::Propose | Verb::Approve | Verb::Fire);
        let account = statement.targets.first().and_then(|target| target.id.parse().ok()).map(AccountId);
        let (Some(account), Some((from, to)), true) = (account, change::handles(&statement.effect), is_wanted) else {
            return Ok(None);
        };
        let to = Handle::parse_wanted(to).map_err(|why| match why {
            HandleRefusal::Reserved => no(
                "reserved_handle",
                "This handle could be taken for the people who run the server. Write another one.",
            ),
            other => Refusal::from(other),
        })?;
        let until = Millis(statement.execute_by.0).plus_ms(MARGIN_MS);
        Ok(Some(Self { account, from: from.to_owned(), to, until }))
    }

    /// Refused unless the account is called as the proposal says, and the other handle can be had.
    pub async fn check(&self, cx: &Context) -> Result<(), Failure> {
        let found = account::find(cx, self.account).await?.ok_or_else(Refusal::missing)?;
        if found.handle != self.from {
            let sentence = "This account got another handle since. Load the page again, look, and propose anew.";
            return Err(no("renamed_since", sentence).into());
        }
        if account::is_free(cx, &self.to, self.account).await? { Ok(()) } else { Err(taken().into()) }
    }

    /// Keeps the handle for the account for as long as the proposal can take effect. Whether that is this call's doing.
    pub async fn reserve(&self, cx: &Context) -> Result<bool, Failure> {
        self.check(cx).await?;
        let until = self.until.min(cx.now().plus_ms(KEPT_MAX_MS));
        match account::reserve(cx, &self.to, self.account, until).await? {
            Reserved::Anew => Ok(true),
            Reserved::Before => Ok(false),
            Reserved::No => Err(taken().into()),
        }
    }

    /// Gives it back after a proposal that was refused, unless another one needs it. What cannot be given back expires.
    pub async fn release(&self, cx: &Context) {
        let subject = Subject::account(self.account.0);
        let is_needed = cx.ledger().read(|log| {
            let mut open = log.fold().cases_about(&subject);
            open.any(|(_, case)| change::handles(&case.effect).is_some_and(|(_, to)| *to == *self.to.as_str()))
        });
        if is_needed {
            return;
        }
        if let Err(failure) = account::release(cx, &self.to, self.account).await {
            tracing::debug!(%failure, "a handle stays reserved until it expires");
        }
    }
}

/// What gives an account that is called `from` the handle `to`.
pub fn parameters(from: &str, to: &str) -> [(String, String); 2] {
    [("from", from), ("handle", to)].map(|(name, value)| (name.to_owned(), value.to_owned()))
}

/// Brings an account's rows to the handle that the ledger says it has, where staff ever changed it.
pub(crate) async fn carry_out(cx: &Context, id: AccountId) -> Result<(), Failure> {
    let said = cx.ledger().read(|log| log.fold().account(id.0).handle.clone());
    let Some(handle) = said.and_then(|said| Handle::parse(&said).ok()) else { return Ok(()) };
    account::rename(cx, &handle, id).await
}

fn taken() -> Refusal {
    no("taken_handle", "Somebody has this handle, had it, or asked for it. Write another one.")
}

fn no(code: &'static str, sentence: &str) -> Refusal {
    Refusal::new(Kind::Invalid, code, sentence)
}
