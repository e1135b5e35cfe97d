//! `GET /api/v1/timelines/tag/:hashtag`

use std::cmp::Reverse;

use kw_app::buckets::{End, Window};
use kw_app::timeline::{Listing, load_listing};
use kw_app::view::{Item, Page};
use kw_domain::text::fold::fold_tag;

use crate::api::{Call, Name, Statuses};
use crate::error::Problem;
use crate::params::Params;

/// The most further tags of one kind.
const FURTHER_MAX: usize = 4;

/// Public posts with a tag, in any case. `any[]` names further tags that will do as well, `all[]` and `none[]` such as have
/// to be there and must not be.
pub async fn tag(call: Call, Name(name): Name, params: Params) -> Statuses {
    if params.is_on("remote")? || params.is_on("only_media")? {
        return Ok(call.statuses(&Page::empty()));
    }
    let (all, none) = (tags_of(&params, "all")?, tags_of(&params, "none")?);
    let window = params.window(20, 40)?;
    let mut tags = vec![fold_tag(name.trim_start_matches('#'))];
    tags.extend(tags_of(&params, "any")?);
    tags.sort_unstable();
    tags.dedup();

    let viewer = call.viewer().await?;
    let mut pages = Vec::with_capacity(tags.len());
    for tag in tags {
        pages.push(load_listing(&call.cx, &viewer, &Listing::Tag(tag), &window).await?);
    }
    let mut page = merge(pages, &window);
    page.items.retain(|item| {
        let tags = &item.post.post.body.tags;
        all.iter().all(|tag| tags.contains(tag)) && !none.iter().any(|tag| tags.contains(tag))
    });
    Ok(call.statuses(&page))
}

/// One page of several lists: what each would show, in one order, each post once.
fn merge(mut pages: Vec<Page<Item>>, window: &Window<u64>) -> Page<Item> {
    if pages.len() == 1 {
        return pages.remove(0);
    }
    let is_more = pages.iter().any(|page| page.older.is_some());
    let mut items: Vec<Item> = pages.into_iter().flat_map(|page| page.items).collect();
    items.sort_by_key(|item| Reverse(item.id));
    items.dedup_by_key(|item| item.id);
    let surplus = items.len().saturating_sub(window.limit);
    match window.from {
        End::Newest => items.truncate(window.limit),
        End::Oldest => drop(items.drain(..surplus)),
    }
    let older = items.last().map(|item| item.id.0).filter(|_| is_more || surplus > 0);
    let newer = items.first().map(|item| item.id.0).or(window.above);
    Page { items, older, newer }
}

fn tags_of(params: &Params, name: &'static str) -> Result<Vec<String>, Problem> {
    let words = params.words(name)?;
    Ok(words.into_iter().take(FURTHER_MAX).map(|word| fold_tag(word.trim_start_matches('#'))).collect())
}
