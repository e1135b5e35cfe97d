//! What a post said, and what it was written as.

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Body;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_domain::visibility::check_presence;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::EDIT;
use crate::post::edit::EDITS_MAX;
use crate::view::AccountView;
use crate::view::post::load_post;
use crate::viewer::{People, Viewer, load_people};

/// What a post said from some moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From when on.
    pub at: Millis,
    /// What.
    pub body: Body,
    /// Who wrote it.
    pub author: AccountView,
    /// The accounts that it named, as far as they are there: id and handle.
    pub mentions: Vec<(AccountId, String)>,
}

/// What a post was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The post.
    pub id: PostId,
    /// Its text, as written.
    pub text: String,
    /// Its content warning, as written.
    pub spoiler_text: String,
}

/// Everything a post said, oldest first, what it says now last. A post that was never changed has one version.
pub async fn history(cx: &Context, viewer: &Viewer, id: PostId) -> Result<Vec<Version>, Failure> {
    let view = load_post(cx, viewer, id).await?;
    let rows = cx.list_all(&EDIT, &view.post.id, EDITS_MAX).await?;
    let mut bodies: Vec<(Millis, Body)> =
        rows.into_iter().map(|row| (Millis(row.value.since), row.value.body.body())).collect();
    bodies.push((view.post.edited_at.unwrap_or(view.post.created_at), view.post.body.clone()));

    let named = bodies.iter().flat_map(|(_, body)| body.mentions.iter().copied()).collect();
    let people = load_people(cx, viewer, &named).await?;
    let version = |(at, body): (Millis, Body)| {
        let mentions = body.mentions.iter().filter_map(|id| handle_of(cx, &people, *id)).collect();
        Version { at, body, author: view.author.clone(), mentions }
    };
    Ok(bodies.into_iter().map(version).collect())
}

fn handle_of(cx: &Context, people: &People, id: AccountId) -> Option<(AccountId, String)> {
    let person = people.get(&id)?;
    check_presence(&person.facts(), cx.now()).ok()?;
    Some((id, person.account.handle.clone()))
}

/// What one of one's own posts was written as, for editing it.
pub async fn source(cx: &Context, authority: &Authority, id: PostId) -> Result<Source, Failure> {
    let author = authority.acting()?;
    let view = load_post(cx, &Viewer::member(cx, author).await?, id).await?;
    if view.post.author != author {
        return Err(Refusal::missing().into());
    }
    let Body { text, spoiler_text, .. } = view.post.body.clone();
    Ok(Source { id, text, spoiler_text })
}
