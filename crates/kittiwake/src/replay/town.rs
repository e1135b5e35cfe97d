//! The town as it was before the evening: the account with its words, those who read it, and the crowd that follows. Made
//! once, with the use cases that people use; both evenings begin with a copy of it.

use std::path::Path;
use std::sync::Arc;

use indicatif::ProgressBar;
use kw_app::account::{self, FlagChanges, NewAccount, PictureChange, ProfileChange};
use kw_app::authority::Authority;
use kw_app::colony::{self, Part};
use kw_app::context::Context;
use kw_app::post::{self, NewPost};
use kw_app::relationship::{self, FollowChoices};
use kw_app::session::{self, Actor, Agent, SignIn, SignInForm};
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::post::Visibility;
use kw_domain::time::Millis;

use super::cast::{Member, OWNER, READERS, WORDS};
use super::plan::Plan;
use crate::boot::{self, House};
use crate::colony::load;
use crate::config::Config;
use crate::demo::BackdatedClock;
use crate::failure::CommandError;
use crate::password;

/// How long before the evening everybody has joined, in days.
const JOINED_DAYS: u64 = 28;
/// How long before the evening the account said each of its words, in hours.
const SAID_HOURS: [u64; 3] = [26 * 24, 25 * 24, 24 * 24];

/// What loading those who follow took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Followers that were added in this run.
    pub followers: u64,
    /// In how many milliseconds.
    pub took_ms: u64,
}

/// Makes the town in `directory`, or goes on where that was interrupted.
pub async fn settle(directory: &Path, plan: &mut Plan, bar: &ProgressBar) -> Result<Loaded, CommandError> {
    let mut loaded = Loaded { followers: 0, took_ms: 0 };
    if plan.is_settled {
        return Ok(loaded);
    }
    let place = Plan::town(directory);
    let mayor = match plan.account {
        Some(account) => AccountId(account),
        None => found(directory, &place, plan).await?,
    };
    if !plan.is_loaded {
        for part in [Part::Accounts, Part::Follows] {
            let (place, colony, bar) = (place.clone(), plan.colony(mayor), bar.clone());
            let work = tokio::task::spawn_blocking(move || load(&place, colony, part, &bar));
            let done = work.await.map_err(|error| CommandError::said(format!("loading broke: {error}")))??;
            loaded.took_ms += done.took_ms;
        }
        loaded.followers = plan.colony(mayor).members;
        plan.is_loaded = true;
        plan.keep(directory)?;
    }
    let (house, clock) = open(&place, plan, Millis(plan.evening - JOINED_DAYS * Millis::DAY)).await?;
    people(&house.cx, plan, mayor).await?;
    words(&house.cx, plan, &clock).await?;
    house.cx.rest().await?;
    drop(house);
    plan.is_settled = true;
    plan.keep(directory)?;
    Ok(loaded)
}

/// The town before anybody follows: the account is there, and its lists are ready.
async fn found(directory: &Path, place: &Path, plan: &mut Plan) -> Result<AccountId, CommandError> {
    let (house, _) = open(place, plan, plan.beginning()).await?;
    let cx = &house.cx;
    if plan.password.is_empty() {
        plan.password = password::generate(cx);
        plan.keep(directory)?;
    }
    let mayor = join(cx, &OWNER, &plan.password).await?;
    colony::prepare(cx, &plan.colony(mayor)).await?;
    cx.rest().await?;
    drop(house);
    plan.account = Some(mayor.0);
    plan.keep(directory)?;
    Ok(mayor)
}

async fn open(place: &Path, plan: &Plan, moment: Millis) -> Result<(House, Arc<BackdatedClock>), CommandError> {
    let clock = Arc::new(BackdatedClock::at(moment));
    let house =
        boot::open_play(&Config::load(None, [])?, place, plan.origin.clone(), clock.clone(), |stores| stores).await?;
    Ok((house, clock))
}

async fn people(cx: &Context, plan: &Plan, mayor: AccountId) -> Result<(), CommandError> {
    for reader in &READERS {
        join(cx, reader, &plan.password).await?;
        let member = sign_in(cx, reader, &plan.password).await?;
        relationship::follow(cx, member.authority(), mayor, &FollowChoices::default()).await?;
    }
    Ok(())
}

async fn words(cx: &Context, plan: &Plan, clock: &BackdatedClock) -> Result<(), CommandError> {
    let owner = sign_in(cx, &OWNER, &plan.password).await?;
    for (text, hours) in WORDS.iter().zip(SAID_HOURS) {
        clock.go_on_to(Millis(plan.evening - hours * Millis::HOUR));
        let new = NewPost {
            text: (*text).to_owned(),
            spoiler_text: String::new(),
            visibility: Visibility::Public,
            language: Some("en".to_owned()),
            sensitive: false,
            in_reply_to: None,
            // A town that was interrupted is finished at the same hours, so that nothing is said twice.
            idempotency_key: Some(format!("replay {hours}")),
            application: None,
        };
        post::create(cx, owner.authority(), &new).await?;
    }
    Ok(())
}

/// The member of this handle, who joins unless they are there.
async fn join(cx: &Context, who: &Member, password: &str) -> Result<AccountId, CommandError> {
    let handle = Handle::parse(who.handle).map_err(|error| CommandError::said(error.to_string()))?;
    if let Some(id) = account::find_id(cx, &handle).await? {
        return Ok(id);
    }
    let new = NewAccount { handle: who.handle, email: None, password, locale: "en" };
    let id = account::create(cx, &Authority::operator(), &new).await?;
    let member = sign_in(cx, who, password).await?;
    let change = ProfileChange {
        display_name: Some(who.name),
        note: Some(who.note),
        fields: None,
        avatar: PictureChange::Keep,
        header: PictureChange::Keep,
        flags: FlagChanges::default(),
    };
    account::update_profile(cx, &member, &change).await?;
    Ok(id)
}

async fn sign_in(cx: &Context, who: &Member, password: &str) -> Result<session::Member, CommandError> {
    let agent = Agent { name: "the play".to_owned(), address: None };
    let form = SignInForm { identifier: who.handle, password, agent };
    let no_entry = || CommandError::said(format!("@{} of the play could not sign in", who.handle));
    let SignIn::Done(issued) = session::sign_in(cx, &form).await? else { return Err(no_entry()) };
    let Actor::Member(member) = session::authenticate(cx, &issued.token).await? else { return Err(no_entry()) };
    // Nobody sits behind this session.
    session::sign_out(cx, &issued.token).await?;
    Ok(member)
}
