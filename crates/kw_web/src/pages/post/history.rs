//! `/@{handle}/{id}/history`: how a post was changed.

use axum::extract::Path;
use kw_app::post::{Version as Said, history};
use kw_html::views::{PostVersions, Version};

use super::find;
use crate::pages::answer::{Answer, page};
use crate::pages::view::{ms, text};
use crate::pages::visit::Visit;

/// All versions, the present one first.
pub async fn show(visit: Visit, Path((handle, id)): Path<(String, String)>) -> Answer {
    let post = match find(&visit, &handle, &id, "/history").await? {
        Ok(post) => post,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let domain = visit.domain();
    let version = |said: &Said| Version {
        at_ms: ms(said.at),
        spoiler: Some(said.body.spoiler_text.clone()).filter(|warning| !warning.is_empty()),
        content: text::post(&said.body.text, &said.mentions, domain),
    };
    let said = history(visit.cx(), &visit.viewer, post.post.id).await?;
    let view = PostVersions {
        post: visit.cards().post(&post),
        versions: said.iter().rev().map(version).collect(),
        page: visit.page(),
    };
    Ok(page(&view))
}
