//! `/@{handle}/{id}`: a post in its thread.

use axum::extract::Path;
use kw_app::timeline::{Thread as Found, load_thread};
use kw_domain::post::Visibility;
use kw_html::views::Thread;

use super::compose::reply_composer;
use super::id_of;
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
    Ok(page(&view(&visit, &found)))
}

fn view(visit: &Visit, found: &Found) -> Thread {
    let cards = visit.cards();
    let post = &found.post.post;
    Thread {
        ancestors: cards.items(&found.ancestors),
        post: cards.item(&found.post),
        descendants: cards.items(&found.descendants),
        reply: visit.is_signed_in().then(|| reply_composer(visit, post)),
        discoverable: post.post.visibility == Visibility::Public && post.author.account.profile.discoverable,
        page: visit.page(),
    }
}
