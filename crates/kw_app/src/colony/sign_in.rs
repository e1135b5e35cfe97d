//! A client's token for one of a colony, without a password: in a play, for whoever measures what readers wait for.

use kw_domain::id::{AccountId, AppId};
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::scope::Scopes;

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::Failure;
use crate::session::Issued;
use crate::session::open::{self, Opening};
use crate::settings::Stage;

/// Opens a session of `account` through the client `app`, which may read and write. Only in a play.
pub async fn sign_in(cx: &Context, account: AccountId, app: AppId) -> Result<Issued, Failure> {
    if cx.settings().stage != Stage::Play {
        let sentence = "Nobody signs in without a password on a server that people use.";
        return Err(Refusal::new(Kind::Forbidden, "no_play", sentence).into());
    }
    let scopes = Scopes::of_words(["read", "write"]).expect("both are scopes");
    let mut draft = cx.draft(&Authority::system(Job::Applications));
    let agent = "A client that measures".to_owned();
    let issued = open::ensure(cx, &mut draft, &Opening { account, app: Some(app), scopes, agent }).await?;
    cx.perform(draft).await?;
    Ok(issued)
}
