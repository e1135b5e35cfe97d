//! `/@{handle}/{id}`: a post in its thread.

use axum::extract::Path;
use kw_app::timeline::{Thread as Found, load_thread};
use kw_domain::post::Visibility;
use kw_html::part::composer::Composer;
use kw_html::views::Thread;

use super::compose::reply_composer;
use super::{id_of, step_up};
use crate::pages::absent;
use crate::pages::answer::{Answer, go, page};
use crate::pages::visit::Visit;

/// The post with what it answers and what answers it.
pub async fn show(visit: Visit, Path((handle, id)): Path<(String, String)>) -> Answer {
    let id = id_of(&id)?;
    let found = match load_thread(visit.cx(), &visit.viewer, id).await {
        Ok(found) => found,
        Err(failure) => return absent::of_post(&visit, &handle, failure).await,
    };
    let author = &found.post.post.author.account;
    if author.handle != handle || found.post.id != id {
        return Ok(go(&format!("/@{}/{}", author.handle, found.post.id)));
    }
    let reply = if visit.is_signed_in() {
        Some(step_up::asking(&visit, reply_composer(&visit, &found.post.post)).await?)
    } else {
        None
    };
    Ok(page(&view(&visit, &found, reply)))
}

fn view(visit: &Visit, found: &Found, reply: Option<Composer>) -> Thread {
    let cards = visit.cards();
    let post = &found.post.post;
    Thread {
        ancestors: cards.items(&found.ancestors),
        post: cards.item(&found.post),
        descendants: cards.items(&found.descendants),
        reply,
        discoverable: post.post.visibility == Visibility::Public && post.author.account.profile.discoverable,
        page: visit.page(),
    }
}
