//! A naive model of the network: sets and loops, no rows, no caches, no paging. What it says is what people should see.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::account::Reach;
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_domain::time::Millis;

/// A post or a boost that was not deleted.
#[derive(Debug, Clone)]
pub struct ModelPost {
    pub author: AccountId,
    pub visibility: Visibility,
    pub text: String,
    pub mentions: BTreeSet<AccountId>,
    /// The post it replies to, and that post's author.
    pub reply_to: Option<(PostId, AccountId)>,
    /// Of a boost: its subject and that post's author.
    pub boost_of: Option<(PostId, AccountId)>,
}

/// What somebody was told, in the client API's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub kind: &'static str,
    pub from: AccountId,
    pub post: Option<PostId>,
}

/// The network.
#[derive(Debug, Default)]
pub struct Model {
    pub posts: BTreeMap<PostId, ModelPost>,
    pub follows: BTreeSet<(AccountId, AccountId)>,
    pub blocks: BTreeSet<(AccountId, AccountId)>,
    pub mutes: BTreeMap<(AccountId, AccountId), Option<Millis>>,
    pub standings: BTreeMap<AccountId, Reach>,
    pub favourites: BTreeSet<(AccountId, PostId)>,
    pub told: BTreeMap<AccountId, Vec<Told>>,
    pub now: Millis,
}

/// By which way somebody comes to a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Direct,
    ComeUpon,
}

impl Model {
    fn reach(&self, account: AccountId) -> Reach {
        match self.standings.get(&account) {
            Some(Reach::Limited { until: Some(until) } | Reach::Unavailable { until: Some(until) })
                if *until <= self.now =>
            {
                Reach::Clear
            }
            Some(reach) => *reach,
            None => Reach::Clear,
        }
    }

    /// Whether an account is there at all.
    pub fn is_present(&self, account: AccountId) -> bool {
        !matches!(self.reach(account), Reach::Unavailable { .. })
    }

    /// Whether `reader` mutes `other` at this moment.
    pub fn mutes(&self, reader: AccountId, other: AccountId) -> bool {
        self.mutes.get(&(reader, other)).is_some_and(|until| until.is_none_or(|until| until > self.now))
    }

    fn meets(&self, viewer: AccountId, author: AccountId, way: Way) -> bool {
        if !self.is_present(author) {
            return false;
        }
        if viewer == author || way == Way::Direct {
            return true;
        }
        let is_limited = matches!(self.reach(author), Reach::Limited { .. });
        let is_blocked = self.blocks.contains(&(viewer, author)) || self.blocks.contains(&(author, viewer));
        !is_blocked && (!is_limited || self.follows.contains(&(viewer, author)))
    }

    /// Whether `viewer` may see a post or a boost.
    pub fn may_see(&self, viewer: AccountId, id: PostId, way: Way) -> bool {
        let Some(post) = self.posts.get(&id) else { return false };
        if let Some((subject, _)) = post.boost_of {
            let is_for_viewer = post.visibility != Visibility::Private
                || viewer == post.author
                || self.follows.contains(&(viewer, post.author));
            return is_for_viewer
                && self.meets_without_limits(viewer, post.author, way)
                && self.may_see(viewer, subject, way);
        }
        let is_author = viewer == post.author;
        let is_kept_out = !is_author && self.blocks.contains(&(post.author, viewer));
        let is_for_viewer = match post.visibility {
            Visibility::Public | Visibility::Unlisted => true,
            Visibility::Private => {
                is_author || post.mentions.contains(&viewer) || self.follows.contains(&(viewer, post.author))
            }
            Visibility::Direct => is_author || post.mentions.contains(&viewer),
        };
        self.meets(viewer, post.author, way) && !is_kept_out && is_for_viewer
    }

    /// A booster is not come upon for what they boost: only presence and blocks count.
    fn meets_without_limits(&self, viewer: AccountId, booster: AccountId, way: Way) -> bool {
        let blocks = way == Way::ComeUpon && self.blocks.contains(&(viewer, booster));
        self.is_present(booster) && !self.blocks.contains(&(booster, viewer)) && !blocks
    }

    fn is_silenced(&self, reader: AccountId, other: AccountId) -> bool {
        self.blocks.contains(&(reader, other)) || self.mutes(reader, other)
    }

    /// Everything in `reader`'s home, newest first.
    pub fn home(&self, reader: AccountId) -> Vec<PostId> {
        let is_source = |author| author == reader || self.follows.contains(&(reader, author));
        let merged: Vec<(PostId, &ModelPost)> = self
            .posts
            .iter()
            .rev()
            .filter(|(_, post)| is_source(post.author) && post.visibility != Visibility::Direct)
            .map(|(id, post)| (*id, post))
            .collect();
        let is_shown = |place: usize| {
            let (id, post) = merged[place];
            let below = &merged[place + 1..(place + 41).min(merged.len())];
            self.wants(reader, post) && !repeats(post, below) && self.may_see(reader, id, Way::Direct)
        };
        (0..merged.len()).filter(|place| is_shown(*place)).map(|place| merged[place].0).collect()
    }

    fn wants(&self, reader: AccountId, post: &ModelPost) -> bool {
        if self.is_silenced(reader, post.author) {
            return false;
        }
        match (post.reply_to, post.boost_of) {
            (_, Some((_, subject_author))) => !self.is_silenced(reader, subject_author),
            (Some((_, to)), None) => to == reader || to == post.author || self.follows.contains(&(reader, to)),
            (None, None) => true,
        }
    }

    /// What `viewer` sees on `author`'s profile, newest first.
    pub fn profile(&self, viewer: AccountId, author: AccountId) -> Vec<PostId> {
        let theirs = self.posts.iter().rev().filter(|(_, post)| post.author == author);
        theirs
            .filter(|(id, post)| post.visibility != Visibility::Direct && self.may_see(viewer, **id, Way::Direct))
            .map(|(id, _)| *id)
            .collect()
    }

    /// What a post answers, oldest first, and what answers it, depth first.
    pub fn thread(&self, viewer: AccountId, id: PostId) -> (Vec<PostId>, Vec<PostId>) {
        let mut above = Vec::new();
        let mut next = self.posts[&id].reply_to;
        while let Some((parent, _)) = next {
            let Some(post) = self.posts.get(&parent) else { break };
            above.push(parent);
            next = post.reply_to;
        }
        above.reverse();
        let mut below = Vec::new();
        self.answers(id, &mut below);
        let is_shown =
            |id: &PostId| self.may_see(viewer, *id, Way::ComeUpon) && !self.mutes(viewer, self.posts[id].author);
        (above.into_iter().filter(is_shown).collect(), below.into_iter().filter(is_shown).collect())
    }

    fn answers(&self, id: PostId, into: &mut Vec<PostId>) {
        for (answer, post) in &self.posts {
            if post.reply_to.is_some_and(|(parent, _)| parent == id) {
                into.push(*answer);
                self.answers(*answer, into);
            }
        }
    }

    /// How many follow `account`, how many it follows, how many posts and boosts it has.
    pub fn counts(&self, account: AccountId) -> (u64, u64, u64) {
        let followers = self.follows.iter().filter(|(_, followee)| *followee == account).count();
        let following = self.follows.iter().filter(|(reader, _)| *reader == account).count();
        let is_counted = |post: &&ModelPost| post.author == account && post.visibility != Visibility::Direct;
        let posts = self.posts.values().filter(is_counted).count();
        (followers as u64, following as u64, posts as u64)
    }

    /// How many replies, boosts and favourites a post has.
    pub fn post_counts(&self, id: PostId) -> (u64, u64, u64) {
        // Replies that whoever sees the post may see.
        let is_open = |post: &&ModelPost| matches!(post.visibility, Visibility::Public | Visibility::Unlisted);
        let answers = |post: &&ModelPost| post.reply_to.is_some_and(|(parent, _)| parent == id);
        let replies = self.posts.values().filter(answers).filter(is_open).count();
        let boosts = self.posts.values().filter(|post| post.boost_of.is_some_and(|(subject, _)| subject == id)).count();
        let favourites = self.favourites.iter().filter(|(_, post)| *post == id).count();
        (replies as u64, boosts as u64, favourites as u64)
    }

    /// What `reader` is told now, newest first.
    pub fn notifications(&self, reader: AccountId) -> Vec<Told> {
        let told = self.told.get(&reader).cloned().unwrap_or_default();
        told.into_iter().rev().filter(|it| self.still_tells(reader, it)).collect()
    }

    /// What somebody did before they blocked the reader stays told, unless it was a post of theirs.
    fn still_tells(&self, reader: AccountId, told: &Told) -> bool {
        self.is_present(told.from)
            && !self.is_silenced(reader, told.from)
            && told.post.is_none_or(|post| self.may_see(reader, post, Way::Direct))
    }

    /// Tells `to` of something, unless they do not want to hear of it.
    pub fn tell(&mut self, to: AccountId, told: Told) {
        if to == told.from || self.is_silenced(to, told.from) {
            return;
        }
        self.told.entry(to).or_default().push(told);
    }

    /// Takes back what somebody was told.
    pub fn untell(&mut self, to: AccountId, told: &Told) {
        if let Some(list) = self.told.get_mut(&to) {
            list.retain(|it| it != told);
        }
    }

    /// Ends a follow, if there is one, and what was said of it.
    pub fn end_follow(&mut self, reader: AccountId, followee: AccountId) {
        if self.follows.remove(&(reader, followee)) {
            self.untell(followee, &Told { kind: "follow", from: reader, post: None });
        }
    }
}

fn repeats(boost: &ModelPost, below: &[(PostId, &ModelPost)]) -> bool {
    let Some((subject, _)) = boost.boost_of else { return false };
    below.iter().any(|(id, post)| *id == subject || post.boost_of.is_some_and(|(other, _)| other == subject))
}
