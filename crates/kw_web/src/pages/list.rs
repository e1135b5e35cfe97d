//! Pages of a list: which one was asked for, and the way to its neighbours.

use kw_app::buckets::{End, Window};
use kw_app::view::Page as Shown;
use kw_html::part::pager::Pager;

use crate::error::Problem;
use crate::params::Params;

/// Posts on a page.
pub const POSTS: usize = 20;
/// Accounts, notifications and tags on a page.
pub const ROWS: usize = 40;

/// Which page of a list the query asks for.
pub fn window(params: &Params, limit: usize) -> Result<Window<u64>, Problem> {
    Ok(Window { limit, ..params.window(limit, limit)? })
}

/// Whether this is the page that a list begins with.
pub fn is_first(window: &Window<u64>) -> bool {
    window.below.is_none() && window.above.is_none()
}

/// Whether somebody went up and has arrived: the first page shows the same and more.
pub fn is_top<T>(window: &Window<u64>, shown: &Shown<T>) -> bool {
    window.from == End::Oldest && window.above.is_some() && shown.items.len() < window.limit
}

/// The links to the neighbours of a page; `path` is the list's, without a query.
pub fn pager<T>(path: &str, window: &Window<u64>, shown: &Shown<T>) -> Pager {
    let newer = shown.newer.filter(|_| !is_first(window));
    // An empty page of a list that goes on is looked through to its end by following its link.
    Pager {
        newer: newer.map(|id| format!("{path}?min_id={id}")),
        older: shown.older.map(|id| format!("{path}?max_id={id}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(older: Option<u64>, newer: Option<u64>) -> Shown<()> {
        Shown { items: vec![(); 3], older, newer }
    }

    fn asked(query: &str) -> Window<u64> {
        window(&Params::from_query(query).expect("a query"), 20).expect("a window")
    }

    #[test]
    fn the_first_page_has_no_way_up() {
        assert_eq!(
            pager("/local", &asked(""), &shown(Some(5), Some(8))),
            Pager { newer: None, older: Some("/local?max_id=5".to_owned()) }
        );
    }

    #[test]
    fn a_later_page_leads_both_ways_and_the_last_only_up() {
        let both = pager("/local", &asked("max_id=9"), &shown(Some(5), Some(8)));
        assert_eq!((both.newer.as_deref(), both.older.as_deref()), (Some("/local?min_id=8"), Some("/local?max_id=5")));
        assert_eq!(pager("/local", &asked("max_id=9"), &shown(None, Some(8))).older, None);
    }

    #[test]
    fn going_up_ends_where_the_list_begins() {
        assert!(is_top(&asked("min_id=9"), &shown(Some(10), Some(12))));
        assert!(!is_top(&asked("max_id=9"), &shown(Some(5), Some(8))));
        assert!(!is_top(&asked(""), &shown(None, None)));
    }

    #[test]
    fn how_many_is_not_for_the_query_to_say() {
        assert_eq!(asked("limit=9000").limit, 20);
    }
}
