//! What one person does in a round of the simulation, and what they see meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;

use kw_app::authority::Authority;
use kw_app::buckets::Window;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::post::NewPost;
use kw_app::relationship::FollowChoices;
use kw_app::timeline::load_home;
use kw_app::viewer::Viewer;
use kw_app::{post, relationship};
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_store::ManualClock;
use rand::Rng;
use rand::rngs::StdRng;

/// Calls that somebody makes in a round.
const CALLS_A_ROUND: usize = 5;
/// Posts on a page of home.
const LIMIT: usize = 20;

/// One person's round.
pub struct Life {
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    pub me: AccountId,
    pub authority: Authority,
    pub others: Vec<AccountId>,
    pub posts: Vec<PostId>,
    pub gone: Gone,
    pub chance: StdRng,
}

/// What was invisible before the round began, and stays so until it ends.
#[derive(Debug, Clone, Default)]
pub struct Gone {
    /// Whom staff made unavailable.
    pub accounts: BTreeSet<AccountId>,
    /// Posts whose deletion was acknowledged.
    pub posts: BTreeSet<PostId>,
}

/// What somebody did in a round.
pub struct Lived {
    pub me: AccountId,
    /// Posts that were acknowledged.
    pub written: Vec<PostId>,
    /// Posts that were to be deleted, and whether that was acknowledged.
    pub deleted: Vec<(PostId, bool)>,
}

impl Life {
    /// Does a few things, one after the other.
    pub async fn live(mut self) -> Lived {
        let (mut written, mut deleted) = (Vec::new(), Vec::new());
        for number in 0..CALLS_A_ROUND {
            self.clock.advance_millis(self.chance.random_range(1..40));
            let outcome = match self.chance.random_range(0..15) {
                0..4 => self.write(number, &mut written).await,
                4 => self.delete(&mut deleted).await,
                5 => self.favourite().await,
                6 => self.boost().await,
                7..10 => self.follow().await,
                10 => self.unfollow().await,
                11 => self.block_or_unblock().await,
                _ => self.look_home().await,
            };
            match outcome {
                // An expected no, trouble with the store, or too much at the same time: people try something else.
                Ok(()) | Err(Failure::Refused(_) | Failure::Store(_) | Failure::Conflict) => {}
                Err(failure) => panic!("{} met {failure}", self.me),
            }
        }
        Lived { me: self.me, written, deleted }
    }

    async fn write(&mut self, number: usize, written: &mut Vec<PostId>) -> Result<(), Failure> {
        let reply_to = self.chance.random_bool(0.4).then(|| self.pick_post()).flatten();
        let key = format!("{}-{number}-{}", self.me, self.chance.random::<u64>());
        let visibility = match self.chance.random_range(0..6) {
            0 => Visibility::Private,
            1 => Visibility::Direct,
            _ => Visibility::Public,
        };
        let new = NewPost {
            text: format!("number {number} of {}", self.me),
            spoiler_text: String::new(),
            visibility,
            language: None,
            sensitive: false,
            in_reply_to: reply_to,
            idempotency_key: self.chance.random_bool(0.5).then_some(key),
            application: None,
        };
        let post = post::create(&self.cx, &self.authority, &new).await?;
        written.push(post.post.id);
        Ok(())
    }

    async fn delete(&mut self, deleted: &mut Vec<(PostId, bool)>) -> Result<(), Failure> {
        let Some(id) = self.pick_post() else { return Ok(()) };
        let outcome = post::delete(&self.cx, &self.authority, id).await;
        if !matches!(outcome, Err(Failure::Refused(_))) {
            deleted.push((id, outcome.is_ok()));
        }
        outcome.map(drop)
    }

    /// Whatever fails around them: nobody sees a post twice, a message to somebody else, or what was gone before.
    async fn look_home(&self) -> Result<(), Failure> {
        // A node follows the ledger before it serves.
        self.cx.ledger().follow(&self.cx).await?;
        let viewer = Viewer::member(&self.cx, self.me).await?;
        let page = load_home(&self.cx, &viewer, &Window::newest(LIMIT)).await?;
        let mut seen = BTreeSet::new();
        for item in &page.items {
            let post = &item.post.post;
            let people = [Some(post.author), item.boosted_by.as_ref().map(|by| by.account.id)];
            assert!(seen.insert(item.id), "{} sees {} twice", self.me, item.id);
            assert_ne!(post.visibility, Visibility::Direct, "{} sees {}", self.me, item.id);
            assert!(!self.gone.posts.contains(&post.id), "{} sees {}, which was deleted", self.me, post.id);
            for person in people.into_iter().flatten() {
                assert!(!self.gone.accounts.contains(&person), "{} sees {person}, who is unavailable", self.me);
            }
        }
        Ok(())
    }

    async fn favourite(&mut self) -> Result<(), Failure> {
        let Some(id) = self.pick_post() else { return Ok(()) };
        match self.chance.random_bool(0.7) {
            true => post::favourite(&self.cx, &self.authority, id).await.map(drop),
            false => post::unfavourite(&self.cx, &self.authority, id).await.map(drop),
        }
    }

    async fn boost(&mut self) -> Result<(), Failure> {
        let Some(id) = self.pick_post() else { return Ok(()) };
        match self.chance.random_bool(0.7) {
            true => post::boost(&self.cx, &self.authority, id, None).await.map(drop),
            false => post::unboost(&self.cx, &self.authority, id).await.map(drop),
        }
    }

    async fn follow(&mut self) -> Result<(), Failure> {
        let other = self.pick_other();
        relationship::follow(&self.cx, &self.authority, other, &FollowChoices::default()).await.map(drop)
    }

    async fn unfollow(&mut self) -> Result<(), Failure> {
        let other = self.pick_other();
        relationship::unfollow(&self.cx, &self.authority, other).await.map(drop)
    }

    async fn block_or_unblock(&mut self) -> Result<(), Failure> {
        let other = self.pick_other();
        match self.chance.random_bool(0.4) {
            true => relationship::block(&self.cx, &self.authority, other).await.map(drop),
            false => relationship::unblock(&self.cx, &self.authority, other).await.map(drop),
        }
    }

    fn pick_other(&mut self) -> AccountId {
        self.others[self.chance.random_range(0..self.others.len())]
    }

    fn pick_post(&mut self) -> Option<PostId> {
        let count = self.posts.len();
        (count > 0).then(|| self.posts[self.chance.random_range(0..count)])
    }
}
