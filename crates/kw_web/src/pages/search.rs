//! `/search`: accounts and tags by their beginning, and a post by its address.

use kw_app::search::{Slice, TagView, Wanted, search};
use kw_html::page::TagLine;
use kw_html::views::Search;

use super::account;
use super::answer::{Answer, page};
use super::visit::Visit;
use crate::params::Params;

/// Results of each sort.
const RESULTS_MAX: usize = 20;
/// The longest query, in characters; more of it is not looked at.
const QUERY_CHARS_MAX: usize = 500;

/// The page, with what was found.
pub async fn show(visit: Visit, params: Params) -> Answer {
    let query: String = params.text("q")?.unwrap_or_default().trim().chars().take(QUERY_CHARS_MAX).collect();
    let slice = Slice { offset: 0, limit: RESULTS_MAX };
    let found = search(visit.cx(), &visit.viewer, &query, Wanted::All, slice).await?;
    let cards = visit.cards();
    let view = Search {
        accounts: account::rows(&visit, &found.accounts).await?,
        tags: found.tags.iter().map(tag_line).collect(),
        posts: found.posts.iter().map(|post| cards.post(post)).collect(),
        query,
        page: visit.page(),
    };
    Ok(page(&view))
}

fn tag_line(tag: &TagView) -> TagLine {
    TagLine { name: tag.name.clone(), posts: tag.history.iter().map(|day| day.uses).sum() }
}
