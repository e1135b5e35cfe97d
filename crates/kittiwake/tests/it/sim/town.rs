//! A small town of members who do things through the use cases, beside the model that is told the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use kw_app::authority::Authority;
use kw_app::context::{Context, Parts, Stores};
use kw_app::failure::Failure;
use kw_app::feed::Bus;
use kw_app::outside::Outside;
use kw_app::post::{Edited, NewPost};
use kw_app::relationship::{FollowChoices, MuteChoices};
use kw_app::settings::{PasswordCost, Settings};
use kw_app::{post, relationship};
use kw_domain::account::Reach;
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_domain::time::Millis;
use kw_store::mem::MemStore;
use kw_store::{Clock, ManualClock, SharedStore};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::model::{Model, ModelPost, Told, Way};
use super::people::join;
use super::staff::Staff;

/// The moment at which every town is founded: 3 November 2017, 00:00 UTC.
pub const FOUNDED_MICROS: u64 = 1_509_667_200_000_000;

/// Something that somebody does.
#[derive(Debug, Clone)]
pub enum Call {
    Post { visibility: Visibility, mention: Option<AccountId> },
    Reply { to: PostId, visibility: Visibility },
    Boost(PostId, Visibility),
    Unboost(PostId),
    Favourite(PostId),
    Unfavourite(PostId),
    Edit(PostId),
    Delete(PostId),
    Follow(AccountId),
    Unfollow(AccountId),
    Block(AccountId),
    Unblock(AccountId),
    Mute(AccountId, Option<u64>),
    Unmute(AccountId),
    Standing(AccountId, Reach),
    Wait(u64),
}

/// The town.
pub struct Town {
    pub cx: Context,
    pub model: Model,
    clock: Arc<ManualClock>,
    people: Vec<(AccountId, Authority)>,
    staff: Staff,
    texts: u64,
}

/// The settings of a town: nothing is hashed for long.
pub fn settings() -> Settings {
    let origin = "http://localhost:8080".parse().expect("this is a URL");
    Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) }
}

impl Town {
    /// A town of `members` people called `p0`, `p1`, ….
    pub async fn new(members: usize) -> Self {
        let clock = Arc::new(ManualClock::at_micros(FOUNDED_MICROS));
        let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
        let parts = Parts {
            stores: Stores::in_one(store),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(1),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: settings(),
        };
        let cx = Context::start(parts).await.expect("a context starts");
        let mut people = Vec::new();
        for number in 0..members {
            clock.advance_millis(2);
            people.push(join(&cx, &format!("p{number}")).await);
        }
        let model = Model { now: cx.now(), ..Model::default() };
        Self { cx, model, clock, people, staff: Staff::default(), texts: 0 }
    }

    /// Everybody, in the order in which they joined.
    pub fn members(&self) -> Vec<AccountId> {
        self.people.iter().map(|(id, _)| *id).collect()
    }

    /// The seat of a member.
    pub fn authority_of(&self, account: AccountId) -> &Authority {
        &self.people.iter().find(|(id, _)| *id == account).expect("everybody is known").1
    }

    /// Lets time pass.
    pub fn wait_ms(&mut self, millis: u64) {
        self.clock.advance_millis(millis);
        self.model.now = Millis(self.clock.now_millis());
    }

    /// Lets member number `who` do something, both in the town and in the model, and checks that both allow it or both
    /// refuse.
    pub async fn make(&mut self, who: usize, call: &Call) {
        let (me, authority) = self.people[who].clone();
        match call {
            Call::Wait(millis) => return self.wait_ms(*millis),
            Call::Standing(account, reach) => return self.set_standing(*account, *reach).await,
            // Nobody can do anything through an account that is unavailable: it cannot be signed in to.
            _ if !self.model.is_present(me) => return,
            _ => {}
        }
        let is_allowed = self.allows(me, call);
        let outcome = self.perform(&authority, call).await;
        match &outcome {
            Ok(made) => {
                assert!(is_allowed, "{me} could {call:?} and should not");
                self.note(me, call, *made);
            }
            Err(Failure::Refused(refusal)) => assert!(!is_allowed, "{me} could not {call:?}: {refusal}"),
            Err(failure) => panic!("{call:?} failed: {failure}"),
        }
    }

    fn allows(&self, me: AccountId, call: &Call) -> bool {
        let model = &self.model;
        let blocks = |other: AccountId| model.blocks.contains(&(me, other));
        match call {
            Call::Boost(id, _) | Call::Favourite(id) => {
                model.may_see(me, *id, Way::Direct) && !blocks(model.posts[id].author)
            }
            Call::Reply { to, .. } => model.may_see(me, *to, Way::Direct),
            Call::Follow(other) => model.is_present(*other) && !blocks(*other) && !model.blocks.contains(&(*other, me)),
            Call::Block(other) | Call::Mute(other, _) => model.is_present(*other),
            _ => true,
        }
    }

    /// Does it in the town; answers the id of what was made.
    async fn perform(&mut self, authority: &Authority, call: &Call) -> Result<Option<PostId>, Failure> {
        self.texts += 1;
        let cx = &self.cx;
        let text = |mention: Option<AccountId>| match mention {
            Some(account) => format!("text {} for @{}", self.texts, self.handle(account)),
            None => format!("text {}", self.texts),
        };
        match call {
            Call::Post { visibility, mention } => {
                let new = new_post(text(*mention), *visibility, None);
                return Ok(Some(post::create(cx, authority, &new).await?.post.id));
            }
            Call::Reply { to, visibility } => {
                let new = new_post(text(None), *visibility, Some(*to));
                return Ok(Some(post::create(cx, authority, &new).await?.post.id));
            }
            Call::Boost(id, asked) => return Ok(Some(post::boost(cx, authority, *id, Some(*asked)).await?.id)),
            Call::Unboost(id) => _ = post::unboost(cx, authority, *id).await?,
            Call::Favourite(id) => _ = post::favourite(cx, authority, *id).await?,
            Call::Unfavourite(id) => _ = post::unfavourite(cx, authority, *id).await?,
            Call::Edit(id) => {
                let text = format!("{} again", self.model.posts[id].text);
                let edited = Edited { text, spoiler_text: String::new(), sensitive: false, language: None };
                post::edit(cx, authority, *id, &edited).await?;
            }
            Call::Delete(id) => _ = post::delete(cx, authority, *id).await?,
            Call::Follow(other) => {
                relationship::follow(cx, authority, *other, &FollowChoices::default()).await?;
            }
            Call::Unfollow(other) => _ = relationship::unfollow(cx, authority, *other).await?,
            Call::Block(other) => _ = relationship::block(cx, authority, *other).await?,
            Call::Unblock(other) => _ = relationship::unblock(cx, authority, *other).await?,
            Call::Mute(other, duration_ms) => {
                let choices = MuteChoices { notifications: true, duration_ms: *duration_ms };
                relationship::mute(cx, authority, *other, choices).await?;
            }
            Call::Unmute(other) => _ = relationship::unmute(cx, authority, *other).await?,
            Call::Standing(..) | Call::Wait(_) => {}
        }
        Ok(None)
    }

    /// Tells the model.
    fn note(&mut self, me: AccountId, call: &Call, made: Option<PostId>) {
        let text = format!("text {}", self.texts);
        match (call, made) {
            (Call::Post { visibility, mention }, Some(id)) => {
                let text = mention.map_or_else(|| text.clone(), |it| format!("{text} for @{}", self.handle(it)));
                let mentions = mention.iter().copied().filter(|it| self.model.is_present(*it)).collect();
                self.note_post(id, ModelPost::new(me, *visibility, text, mentions));
            }
            (Call::Reply { to, visibility }, Some(id)) => {
                let reply_to = Some((*to, self.model.posts[to].author));
                let post = ModelPost { reply_to, ..ModelPost::new(me, *visibility, text, BTreeSet::new()) };
                self.note_post(id, post);
            }
            (Call::Boost(subject, asked), Some(id)) => self.note_boost(me, (*subject, *asked), id),
            (Call::Edit(id), _) => self.note_edit(*id),
            (Call::Delete(id), _) => _ = self.model.posts.remove(id),
            (Call::Unboost(subject), _) => self.note_unboost(me, *subject),
            (Call::Favourite(id), _) => {
                if self.model.favourites.insert((me, *id)) {
                    self.model.tell(self.model.posts[id].author, Told { kind: "favourite", from: me, post: Some(*id) });
                }
            }
            (Call::Unfavourite(id), _) => {
                self.model.favourites.remove(&(me, *id));
                let author = self.model.posts[id].author;
                self.model.untell(author, &Told { kind: "favourite", from: me, post: Some(*id) });
            }
            _ => self.note_relation(me, call),
        }
    }

    fn note_relation(&mut self, me: AccountId, call: &Call) {
        let model = &mut self.model;
        match *call {
            Call::Follow(other) if model.follows.insert((me, other)) => {
                model.tell(other, Told { kind: "follow", from: me, post: None });
            }
            Call::Unfollow(other) => model.end_follow(me, other),
            Call::Block(other) => {
                model.blocks.insert((me, other));
                model.end_follow(me, other);
                model.end_follow(other, me);
            }
            Call::Unblock(other) => _ = model.blocks.remove(&(me, other)),
            Call::Mute(other, duration_ms) => {
                let until = duration_ms.map(|millis| Millis(model.now.0 + millis));
                model.mutes.insert((me, other), until);
            }
            Call::Unmute(other) => _ = model.mutes.remove(&(me, other)),
            _ => {}
        }
    }

    fn note_post(&mut self, id: PostId, post: ModelPost) {
        let (from, mentions) = (post.author, post.mentions.clone());
        self.model.posts.insert(id, post);
        for named in mentions {
            self.model.tell(named, Told { kind: "mention", from, post: Some(id) });
        }
    }

    fn note_boost(&mut self, me: AccountId, (subject, asked): (PostId, Visibility), id: PostId) {
        let is_there = self.model.posts.contains_key(&id);
        let author = self.model.posts[&subject].author;
        let visibility = match self.model.posts[&subject].visibility {
            Visibility::Private => Visibility::Private,
            _ => asked,
        };
        let boost = ModelPost::new(me, visibility, String::new(), BTreeSet::new());
        if !is_there {
            self.model.posts.insert(id, ModelPost { boost_of: Some((subject, author)), ..boost });
            self.model.tell(author, Told { kind: "reblog", from: me, post: Some(subject) });
        }
    }

    fn note_unboost(&mut self, me: AccountId, subject: PostId) {
        let author = self.model.posts[&subject].author;
        self.model
            .posts
            .retain(|_, post| post.author != me || post.boost_of.is_none_or(|(boosted, _)| boosted != subject));
        self.model.untell(author, &Told { kind: "reblog", from: me, post: Some(subject) });
    }

    /// The text names whom it named before, as far as they are there now.
    fn note_edit(&mut self, id: PostId) {
        let members = self.members();
        let post = &self.model.posts[&id];
        let (from, before, text) = (post.author, post.mentions.clone(), format!("{} again", post.text));
        let is_named = |account: &AccountId| text.contains(&format!("@{} ", self.handle(*account)));
        let now: BTreeSet<_> = members.into_iter().filter(|it| is_named(it) && self.model.is_present(*it)).collect();
        for named in now.difference(&before) {
            self.model.tell(*named, Told { kind: "mention", from, post: Some(id) });
        }
        let post = self.model.posts.get_mut(&id).expect("it was just looked at");
        post.text = text;
        post.mentions = now;
    }

    fn handle(&self, account: AccountId) -> String {
        let number = self.people.iter().position(|(id, _)| *id == account).expect("everybody is known");
        format!("p{number}")
    }

    /// Lets staff decide, and tells the model what they signed for.
    async fn set_standing(&mut self, account: AccountId, reach: Reach) {
        let signed =
            self.staff.decide(&self.cx, account, reach).await.expect("one person may, over an ordinary account");
        self.model.standings.insert(account, signed);
    }
}

impl ModelPost {
    fn new(author: AccountId, visibility: Visibility, text: String, mentions: BTreeSet<AccountId>) -> Self {
        Self { author, visibility, text, mentions, reply_to: None, boost_of: None }
    }
}

fn new_post(text: String, visibility: Visibility, in_reply_to: Option<PostId>) -> NewPost {
    NewPost {
        text,
        spoiler_text: String::new(),
        visibility,
        language: None,
        sensitive: false,
        in_reply_to,
        idempotency_key: None,
        application: None,
    }
}
