//! Compares what the use cases show with what the model says.

use kw_app::authority::Authority;
use kw_app::buckets::{End, Window};
use kw_app::context::Context;
use kw_app::notification::{self, NotificationFilter};
use kw_app::timeline::{Listing, ProfileFilter, load_home, load_listing, load_thread};
use kw_app::view::account::load_counts;
use kw_app::view::{Item, Page};
use kw_app::viewer::Viewer;
use kw_domain::id::{AccountId, PostId};
use kw_domain::notification::Kind;

use super::model::{Model, ModelPost, Told, Way};

/// Posts on a page. Small, so that pages have many neighbours.
const LIMIT: usize = 7;
/// No list in these tests has more pages.
const PAGES_MAX: usize = 400;

/// Everything that `reader` can see equals what the model says.
pub async fn check_reader(cx: &Context, model: &Model, reader: AccountId, members: &[AccountId]) {
    let viewer = Viewer::member(cx, reader).await.expect("the graph loads");
    check_home(cx, model, &viewer, reader).await;
    for author in members {
        check_profile(cx, model, &viewer, reader, *author).await;
    }
    for id in model.posts.keys() {
        check_post(cx, model, &viewer, reader, *id).await;
    }
}

/// Counts equal what there is to count.
pub async fn check_counts(cx: &Context, model: &Model, members: &[AccountId]) {
    for account in members {
        let counts = load_counts(cx, *account).await.expect("counts load");
        let shown = (counts.followers, counts.following, counts.posts);
        assert_eq!(shown, model.counts(*account), "followers, following and posts of {account}");
    }
}

async fn check_home(cx: &Context, model: &Model, viewer: &Viewer, reader: AccountId) {
    let expected = model.home(reader);
    assert_eq!(downwards(cx, viewer).await, expected, "home of {reader} by max_id");
    assert_eq!(upwards(cx, viewer).await, expected, "home of {reader} by min_id");
    for bound in expected.iter().step_by(5) {
        let newer: Vec<PostId> = expected.iter().copied().filter(|id| id > bound).collect();
        let since = Window { above: Some(bound.0), ..Window::newest(LIMIT) };
        let newest = ids(&load_home(cx, viewer, &since).await.expect("home loads"));
        assert_eq!(newest, newer[..newer.len().min(LIMIT)], "home of {reader} since {bound}");
        let adjacent = Window { above: Some(bound.0), below: None, from: End::Oldest, limit: LIMIT };
        let next = ids(&load_home(cx, viewer, &adjacent).await.expect("home loads"));
        assert_eq!(next, newer[newer.len().saturating_sub(LIMIT)..], "home of {reader} next to {bound}");
    }
}

async fn downwards(cx: &Context, viewer: &Viewer) -> Vec<PostId> {
    let mut all = Vec::new();
    let mut window = Window::newest(LIMIT);
    for _ in 0..PAGES_MAX {
        let page = load_home(cx, viewer, &window).await.expect("home loads");
        all.extend(ids(&page));
        match page.older {
            Some(older) => window.below = Some(older),
            None => return all,
        }
    }
    panic!("home has no end by max_id");
}

async fn upwards(cx: &Context, viewer: &Viewer) -> Vec<PostId> {
    let mut all = Vec::new();
    let mut window = Window { below: None, above: Some(1), from: End::Oldest, limit: LIMIT };
    for _ in 0..PAGES_MAX {
        let page = load_home(cx, viewer, &window).await.expect("home loads");
        let is_end = page.newer == window.above;
        all.splice(0..0, ids(&page));
        if is_end {
            return all;
        }
        window.above = page.newer;
    }
    panic!("home has no end by min_id");
}

async fn check_profile(cx: &Context, model: &Model, viewer: &Viewer, reader: AccountId, author: AccountId) {
    let listing = Listing::Profile(author, ProfileFilter::default());
    let mut all = Vec::new();
    let mut window = Window::newest(LIMIT);
    for _ in 0..PAGES_MAX {
        let page = load_listing(cx, viewer, &listing, &window).await.expect("a profile loads");
        all.extend(ids(&page));
        match page.older {
            Some(older) => window.below = Some(older),
            None => break,
        }
    }
    assert_eq!(all, model.profile(reader, author), "posts of {author} as {reader} sees them");
}

async fn check_post(cx: &Context, model: &Model, viewer: &Viewer, reader: AccountId, id: PostId) {
    let thread = load_thread(cx, viewer, id).await;
    if !model.may_see(reader, id, Way::Direct) {
        assert!(thread.is_err(), "{reader} sees {id} and should not");
        return;
    }
    let thread = thread.unwrap_or_else(|failure| panic!("{reader} should see {id}: {failure}"));
    let subject = model.posts[&id].boost_of.map_or(id, |(subject, _)| subject);
    let (above, below) = model.thread(reader, subject);
    assert_eq!(item_ids(&thread.ancestors), above, "what {subject} answers, for {reader}");
    assert_eq!(item_ids(&thread.descendants), below, "what answers {subject}, for {reader}");
    let counts = thread.post.post.counts;
    let shown = (counts.replies, counts.boosts, counts.favourites);
    assert_eq!(shown, model.post_counts(subject), "replies, boosts and favourites of {subject}");
    let marks = thread.post.post.marks.expect("a member did something with it or nothing");
    let is_boost = |post: &ModelPost| post.author == reader && post.boost_of.is_some_and(|(of, _)| of == subject);
    let done = (model.favourites.contains(&(reader, subject)), model.posts.values().any(is_boost));
    assert_eq!((marks.favourited, marks.boosted), done, "what {reader} did with {subject}");
    assert_eq!(thread.post.post.post.body.text, model.posts[&subject].text, "the text of {subject}");
}

fn ids(page: &Page<Item>) -> Vec<PostId> {
    item_ids(&page.items)
}

fn item_ids(items: &[Item]) -> Vec<PostId> {
    items.iter().map(|item| item.id).collect()
}

/// Everything that `reader` was told and still is to be told.
pub async fn check_notifications(cx: &Context, model: &Model, reader: AccountId, authority: &Authority) {
    let mut told = Vec::new();
    let mut window = Window::newest(LIMIT);
    for _ in 0..PAGES_MAX {
        let filter = NotificationFilter::default();
        let page = notification::list(cx, authority, &filter, &window).await.expect("notifications load");
        // What staff decided about them is told too, and no part of this model.
        let by_members = page.items.iter().filter(|it| !matches!(it.kind, Kind::Warning | Kind::Decision));
        told.extend(by_members.map(|it| Told {
            kind: it.kind.word(),
            from: it.account.account.id,
            post: it.post.as_ref().map(|post| post.post.id),
        }));
        match page.older {
            Some(older) => window.below = Some(older),
            None => break,
        }
    }
    assert_eq!(told, model.notifications(reader), "what {reader} is told");
}
