//! Reads a whole store, row by row, and rebuilds the model from what is there; and checks that what belongs together is
//! there together.

use std::collections::{BTreeMap, BTreeSet};

use kw_app::buckets::{Bucket, List, Timed};
use kw_app::families::{
    BOOSTS, DIRECT, FOLLOWERS, FOLLOWING, LIKES, MARK, MARKED, OUTBOX, POST, RELATIONS, REPLIES, THREAD, catalogue,
};
use kw_app::family::{Rows, Value};
use kw_app::key::Key;
use kw_app::rows::{MarkKind, RelationKey};
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_domain::time::Millis;
use kw_store::{SharedStore, SweptRow};

use super::model::{Model, ModelPost};

/// The rows of a family, with their partitions.
async fn sweep<P: Key, K: Key, V: Value>(store: &SharedStore, rows: &Rows<P, K, V>) -> Vec<(P, K, V)> {
    let mut all = Vec::new();
    let mut token = None;
    loop {
        let page = store.sweep(rows.family, token.as_deref(), 1_000).await.expect("a sweep answers");
        for SweptRow { partition, row } in page.rows.into_iter().filter(|swept| !swept.row.key.is_empty()) {
            let partition = P::from_bytes(&partition).expect("a partition key decodes");
            let stored = rows.decode(&row).expect("a row decodes");
            all.push((partition, stored.key, stored.value));
        }
        match page.next {
            Some(next) => token = Some(next),
            None => return all,
        }
    }
}

async fn sweep_list<P: Key, K: Timed, V: Value>(store: &SharedStore, list: &List<P, K, V>) -> Vec<(P, K, V)> {
    let rows: Vec<((P, Bucket), K, V)> = sweep(store, &list.rows).await;
    rows.into_iter().map(|((list, _), key, value)| (list, key, value)).collect()
}

/// The model that the rows tell of.
pub async fn rebuild(store: &SharedStore, now: Millis) -> Model {
    let mut model = Model { now, ..Model::default() };
    for (id, _, row) in sweep(store, &POST).await {
        let boost_of = row.boost_of.map(|(subject, author)| (PostId(subject), AccountId(author)));
        let post = row.post(id);
        let reply_to = post.in_reply_to.map(|reply| (reply.post, reply.author));
        let (text, mentions) = (post.body.text, post.body.mentions.into_iter().collect());
        let post = ModelPost { author: post.author, visibility: post.visibility, text, mentions, reply_to, boost_of };
        model.posts.insert(id, post);
    }
    for (reader, followee, _) in sweep(store, &FOLLOWING).await {
        model.follows.insert((reader, followee));
    }
    for (reader, key, row) in sweep(store, &RELATIONS).await {
        match key {
            RelationKey::Block(other) => _ = model.blocks.insert((reader, other)),
            RelationKey::Mute(other) => _ = model.mutes.insert((reader, other), row.until.map(Millis)),
            _ => {}
        }
    }
    for (post, _, row) in sweep_list(store, &LIKES).await {
        model.favourites.insert((AccountId(row.id), post));
    }
    model
}

/// Every operation is whole: what it wrote in several places is in all of them or in none.
pub async fn check_wholeness(store: &SharedStore, model: &Model) {
    check_posts(store, model).await;
    check_follows(store, model).await;
    check_marks(store, model).await;
}

async fn check_posts(store: &SharedStore, model: &Model) {
    let mut shelved = BTreeSet::new();
    for (author, id, _) in sweep_list(store, &OUTBOX).await {
        let post =
            model.posts.get(&id).unwrap_or_else(|| panic!("the outbox of {author} holds {id}, which is not there"));
        assert_eq!(post.author, author, "the author of {id}");
        shelved.insert(id);
    }
    for (account, id, _) in sweep_list(store, &DIRECT).await {
        let post =
            model.posts.get(&id).unwrap_or_else(|| panic!("{account} has the direct post {id}, which is not there"));
        assert_eq!(post.visibility, Visibility::Direct, "{id} is in a list of direct posts");
        shelved.insert(id);
    }
    assert_eq!(shelved, model.posts.keys().copied().collect(), "every post stands in its author's list");

    let threaded: BTreeSet<_> = sweep_list(store, &THREAD).await.into_iter().map(|(_, id, _)| id).collect();
    let written: BTreeSet<_> =
        model.posts.iter().filter(|(_, post)| post.boost_of.is_none()).map(|(id, _)| *id).collect();
    assert_eq!(threaded, written, "every post stands in its conversation");

    for (parent, id, _) in sweep_list(store, &REPLIES).await {
        let reply_to = model.posts.get(&id).and_then(|post| post.reply_to).map(|(post, _)| post);
        assert_eq!(reply_to, Some(parent), "{id} is listed as a reply to {parent}");
    }
}

async fn check_follows(store: &SharedStore, model: &Model) {
    let followers = sweep_list(store, &FOLLOWERS).await;
    let pairs: BTreeSet<_> = followers.iter().map(|(followee, _, row)| (AccountId(row.id), *followee)).collect();
    assert_eq!(pairs.len(), followers.len(), "nobody follows anybody twice");
    assert_eq!(pairs, model.follows, "followers and following agree");
    for (reader, other) in &model.blocks {
        assert!(!model.follows.contains(&(*reader, *other)), "{reader} follows {other}, whom they block");
    }
    // A follow whose node died before it looked for a block, and that is finished by another after the block was made, stays.
    // It shows nothing: what is seen is decided by the block. More than one in a run would be more than that chance.
    let strays = model.blocks.iter().filter(|(reader, other)| model.follows.contains(&(*other, *reader)));
    assert!(strays.count() <= 1, "somebody follows who is blocked");
}

async fn check_marks(store: &SharedStore, model: &Model) {
    let mut marks: BTreeMap<MarkKind, BTreeSet<(AccountId, PostId)>> = BTreeMap::new();
    for (reader, (post, kind), _) in sweep_list(store, &MARK).await {
        marks.entry(kind).or_default().insert((reader, post));
    }
    let favourites = marks.remove(&MarkKind::Favourite).unwrap_or_default();
    assert_eq!(favourites, model.favourites, "favourites and those who favourited agree");
    let marked: BTreeSet<_> = sweep_list(store, &MARKED)
        .await
        .into_iter()
        .filter(|((_, kind), _, _)| *kind == MarkKind::Favourite)
        .map(|((reader, _), _, row)| (reader, PostId(row.id)))
        .collect();
    assert_eq!(marked, favourites, "favourites and lists of favourites agree");

    let boosts = model.posts.values().filter_map(|post| Some((post.author, post.boost_of?.0)));
    assert_eq!(marks.remove(&MarkKind::Boost).unwrap_or_default(), boosts.collect(), "boosts and marks agree");
    let listed: BTreeSet<_> = sweep_list(store, &BOOSTS).await.into_iter().map(|(_, id, _)| id).collect();
    let made: BTreeSet<_> = model.posts.iter().filter(|(_, post)| post.boost_of.is_some()).map(|(id, _)| *id).collect();
    assert_eq!(listed, made, "boosts and lists of boosts agree");
}

/// `#n` of every counted partition is the number of its rows.
pub async fn check_counted_rows(store: &SharedStore) {
    for (family, _) in catalogue().into_iter().filter(|(family, _)| family.counted) {
        let (mut rows, mut counts) = (BTreeMap::<Vec<u8>, u64>::new(), BTreeMap::<Vec<u8>, u64>::new());
        let mut token = None;
        loop {
            let page = store.sweep(family, token.as_deref(), 1_000).await.expect("a sweep answers");
            for SweptRow { partition, row } in page.rows {
                if row.key.is_empty() {
                    let count = <[u8; 8]>::try_from(&row.value[..]).expect("a count has eight bytes");
                    counts.insert(partition.to_vec(), u64::from_be_bytes(count));
                } else {
                    *rows.entry(partition.to_vec()).or_default() += 1;
                }
            }
            match page.next {
                Some(next) => token = Some(next),
                None => break,
            }
        }
        counts.retain(|_, count| *count > 0);
        assert_eq!(counts, rows, "counts of `{}`", family.name);
    }
}
