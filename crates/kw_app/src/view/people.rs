//! Pages of accounts, by the ids of relations.

use kw_domain::id::AccountId;
use kw_domain::visibility::Surface;

use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::view::account::load_accounts;
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// The accounts of one page of a list of relations (relation id, account), newest first as `window` cut it. Those who
/// cannot be seen are left out, so a page may be shorter than asked for and still have a next one.
pub(crate) async fn page_of_accounts(
    cx: &Context,
    viewer: &Viewer,
    rows: &[(u64, AccountId)],
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let ids: Vec<AccountId> = rows.iter().map(|(_, account)| *account).collect();
    let items = load_accounts(cx, viewer, &ids, Surface::Direct).await?;
    let (older, newer) = neighbours(rows, window);
    Ok(Page { items, older, newer })
}

/// Below and above which ids the neighbours of a page are asked for.
pub(crate) fn neighbours<T>(rows: &[(u64, T)], window: &Window<u64>) -> (Option<u64>, Option<u64>) {
    let is_full = rows.len() >= window.limit;
    let lowest = rows.last().map(|(key, _)| *key);
    let older = if is_full || window.from == End::Oldest { lowest } else { None };
    (older, rows.first().map(|(key, _)| *key).or(window.above))
}

/// The page that `window` asks for of rows that are all in memory, newest first.
pub(crate) fn cut<T>(mut rows: Vec<(u64, T)>, window: &Window<u64>) -> Vec<(u64, T)> {
    rows.retain(|(key, _)| {
        window.below.is_none_or(|below| *key < below) && window.above.is_none_or(|above| *key > above)
    });
    rows.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
    if window.from == End::Oldest {
        rows.drain(..rows.len().saturating_sub(window.limit));
    }
    rows.truncate(window.limit);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(window: &Window<u64>) -> Vec<u64> {
        cut((1..=9).map(|key| (key, ())).collect(), window).into_iter().map(|(key, ())| key).collect()
    }

    #[test]
    fn a_page_is_cut_from_the_end_that_was_asked_for() {
        assert_eq!(keys(&Window::newest(3)), [9, 8, 7]);
        assert_eq!(keys(&Window { below: Some(7), ..Window::newest(3) }), [6, 5, 4]);
        assert_eq!(keys(&Window { above: Some(2), ..Window::newest(3) }), [9, 8, 7]);
        assert_eq!(keys(&Window { above: Some(2), from: End::Oldest, ..Window::newest(3) }), [5, 4, 3]);
    }

    #[test]
    fn only_the_end_of_a_list_has_nothing_older() {
        let page = |window: &Window<u64>| neighbours(&cut(vec![(1, ()), (2, ()), (3, ())], window), window);
        assert_eq!(page(&Window::newest(2)), (Some(2), Some(3)));
        assert_eq!(page(&Window { below: Some(2), ..Window::newest(2) }), (None, Some(1)));
        assert_eq!(page(&Window { above: Some(3), ..Window::newest(2) }), (None, Some(3)));
    }
}
