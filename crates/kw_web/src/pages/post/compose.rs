//! `/compose`: a page to write on; with `reply_to`, to answer a post.

use kw_app::view::PostView;
use kw_app::view::post::load_post;
use kw_domain::id::PostId;
use kw_domain::post::Visibility;
use kw_html::part::composer::{Composer, Purpose};
use kw_html::views::Compose;

use super::{composer, step_up};
use crate::pages::answer::{Answer, page};
use crate::pages::view::post::visibility;
use crate::pages::visit::{Member, Visit};
use crate::params::Params;

/// The page to write on.
pub async fn show(member: Member, params: Params) -> Answer {
    let answered = match params.id::<PostId>("reply_to")? {
        Some(id) => Some(load_post(member.cx(), &member.viewer, id).await?),
        None => None,
    };
    let composer = match &answered {
        Some(post) => reply_composer(&member, post),
        None => composer(&member, Purpose::Post),
    };
    let composer = step_up::asking(&member, composer).await?;
    let reply_to = answered.as_ref().map(|post| member.cards().post(post));
    Ok(page(&Compose { composer, reply_to, page: member.page() }))
}

/// A form to answer `post` with: it names whom the post is from and whom it names, and is for no more people than the
/// post is.
pub fn reply_composer(visit: &Visit, post: &PostView) -> Composer {
    let author = &post.author.account;
    let others = post.mentions.iter().map(|(id, handle)| (*id, handle.as_str()));
    let mut text = String::new();
    for (id, handle) in std::iter::once((author.id, author.handle.as_str())).chain(others) {
        if !visit.viewer.is(id) && !text.contains(&format!("@{handle} ")) {
            text.extend(["@", handle, " "]);
        }
    }
    let purpose = Purpose::Reply { post: post.post.id.to_string(), handle: author.handle.clone() };
    let blank = composer(visit, purpose);
    Composer {
        text,
        spoiler_text: post.post.body.spoiler_text.clone(),
        visibility: visibility(narrower(visit.preferences.visibility, post.post.visibility)),
        language: post.post.body.language.clone().unwrap_or_else(|| blank.language.clone()),
        ..blank
    }
}

fn narrower(one: Visibility, other: Visibility) -> Visibility {
    one.max(other)
}
