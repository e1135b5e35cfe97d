//! `/home`: what those whom a member follows wrote; and how much of it is new.

use kw_app::buckets::{End, Window};
use kw_app::timeline::load_home;
use kw_html::part::composer::Purpose;
use kw_html::views::Home;
use serde_json::json;

use super::answer::{self, Answer, go, page};
use super::visit::Member;
use super::{list, post};
use crate::error::Problem;
use crate::params::Params;

/// The most new posts that are counted.
const NEW_MAX: usize = 40;

/// A page of home; the first one with room to write.
pub async fn show(member: Member, params: Params) -> Answer {
    let window = list::window(&params, list::POSTS)?;
    let shown = load_home(member.cx(), &member.viewer, &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go("/home"));
    }
    let is_first = list::is_first(&window);
    let composer = if is_first {
        Some(post::step_up::asking(&member, post::composer(&member, Purpose::Post)).await?)
    } else {
        None
    };
    let newest = shown.items.first().filter(|_| is_first);
    let view = Home {
        composer,
        posts: member.cards().items(&shown.items),
        newest_id: newest.map(|item| item.id.to_string()),
        pager: list::pager("/home", &window, &shown),
        page: member.page(),
    };
    Ok(page(&view))
}

/// How many posts of others are newer than `since`, as `{"count": n}`; at most [`NEW_MAX`].
pub async fn count_new(member: Member, params: Params) -> Answer {
    let since = params.number("since")?.ok_or_else(|| Problem::unreadable("The parameter `since` is missing."))?;
    let window = Window { below: None, above: Some(since), from: End::Newest, limit: NEW_MAX };
    let shown = load_home(member.cx(), &member.viewer, &window).await?;
    let is_own = |author| member.viewer.is(author);
    let count = shown.items.iter().filter(|item| {
        let by = item.boosted_by.as_ref().unwrap_or(&item.post.author);
        !is_own(by.account.id)
    });
    Ok(answer::json(json!({ "count": count.count() })))
}
