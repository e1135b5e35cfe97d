//! Tags: by how they begin, and how much they were used lately.

use std::collections::BTreeSet;

use kw_domain::id::PostId;
use kw_domain::text::fold::fold_tag;
use kw_domain::time::Millis;
use kw_store::{Direction, Range};

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{TAG, TAG_NAME};
use crate::post::tag_shelf;
use crate::search::Slice;

/// Days of a tag's history.
const DAYS: u64 = 7;
/// Posts that a history looks at: beyond, days further back say less than they could.
const HISTORY_ROWS_MAX: usize = 1_000;
/// Tags that one search may pass over and show.
const TAGS_MAX: usize = 200;

/// A tag, whether or not it was ever used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagView {
    /// Folded, without `#`.
    pub name: String,
    /// The last seven days, today first.
    pub history: Vec<TagDay>,
}

/// How much a tag was used in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagDay {
    /// The midnight (UTC) that it begins with.
    pub day: Millis,
    /// Public posts with it.
    pub uses: u64,
    /// Accounts that wrote them.
    pub accounts: u64,
}

/// A tag by its name in any case, also one that nobody used yet.
pub async fn load_tag(cx: &Context, name: &str) -> Result<TagView, Failure> {
    let name = fold_tag(name.trim_start_matches(['#', '＃']));
    let today = cx.now().midnight();
    let mut days: Vec<(u64, BTreeSet<u64>)> = vec![(0, BTreeSet::new()); DAYS as usize];
    let oldest = today.minus_ms((DAYS - 1) * Millis::DAY);
    let above = PostId::lowest_at(oldest).0.checked_sub(1).map(PostId);
    let window = Window { above, ..Window::newest(HISTORY_ROWS_MAX) };
    if !name.is_empty() {
        for row in TAG.page(cx, name.clone(), &window).await? {
            // Ids may run ahead of the clock, over midnight too.
            let ago = today.0.saturating_sub(row.key.at().midnight().0) / Millis::DAY;
            if let Some((uses, accounts)) = days.get_mut(ago as usize) {
                *uses += 1;
                accounts.insert(row.value.id);
            }
        }
    }
    let day = |(ago, (uses, accounts)): (usize, (u64, BTreeSet<u64>))| TagDay {
        day: today.minus_ms(ago as u64 * Millis::DAY),
        uses,
        accounts: accounts.len() as u64,
    };
    Ok(TagView { name, history: days.into_iter().enumerate().map(day).collect() })
}

/// The tags that begin with `query`, with or without its sign; in order of their names, so the shortest match first.
pub async fn search_tags(cx: &Context, query: &str, slice: Slice) -> Result<Vec<TagView>, Failure> {
    let query = query.trim().trim_start_matches(['#', '＃']);
    let prefix = fold_tag(query);
    if prefix.is_empty() || query.contains(|c: char| c.is_whitespace() || "@/:".contains(c)) {
        return Ok(Vec::new());
    }
    let range = Range::prefix(prefix.as_bytes());
    let wanted = slice.end().min(TAGS_MAX);
    let (rows, _) = cx.list(&TAG_NAME, &tag_shelf(&prefix), &range, Direction::Ascending, wanted).await?;
    let mut tags = Vec::new();
    for row in slice.of(rows) {
        tags.push(load_tag(cx, &row.key).await?);
    }
    Ok(tags)
}
