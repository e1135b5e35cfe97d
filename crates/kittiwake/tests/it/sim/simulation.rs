//! One seed drives three nodes over one faulty store: latency, conflicts, lost answers, operations that stop between
//! their steps, nodes that stop and start. Afterwards everything is whole, counted and seen as it should be.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join_all;
use kw_app::authority::Authority;
use kw_app::context::{Context, Parts};
use kw_app::failure::Failure;
use kw_app::feed::{Bus, Tail};
use kw_app::outside::Outside;
use kw_app::post::NewPost;
use kw_app::relationship::FollowChoices;
use kw_app::{post, relationship};
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_store::fault::{FaultStore, Faults};
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::census::{check_counted_rows, check_wholeness, rebuild};
use super::checks::{check_counts, check_reader};
use super::people::join;
use super::town::{FOUNDED_MICROS, settings};
use super::turns::TurnStore;

/// Seeds tried by every run of the tests; `KITTIWAKE_SIM_SEED` runs one, `KITTIWAKE_SIM_SEEDS` that many.
const SEEDS: u64 = 60;
/// Everything but waiting, which is done in turns.
const FAULTS: Faults = Faults { latency: 0, ..Faults::USUAL };
const NODES: usize = 3;
const PEOPLE: usize = 6;
const ROUNDS: usize = 6;
const CALLS_A_ROUND: usize = 5;

#[test]
fn several_nodes_over_a_faulty_store_agree_with_what_was_acknowledged() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("KITTIWAKE_SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("KITTIWAKE_SIM_SEEDS").unwrap_or(SEEDS),
    };
    for seed in seeds {
        let run = std::panic::catch_unwind(|| simulate_alone(seed));
        if let Err(panic) = run {
            eprintln!("seed {seed} fails; run it alone with KITTIWAKE_SIM_SEED={seed}");
            std::panic::resume_unwind(panic);
        }
    }
}

fn simulate_alone(seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime starts").block_on(simulate(seed));
}

/// A post that was acknowledged, and whether its author tried to delete it.
type Acknowledged = BTreeMap<PostId, (AccountId, bool)>;

struct Node {
    cx: Context,
    tail: Tail,
}

/// Everything that one seed decides.
struct World {
    clock: Arc<ManualClock>,
    faults: Arc<FaultStore>,
    store: SharedStore,
    nodes: Vec<Node>,
    people: Vec<(AccountId, Authority)>,
    chance: StdRng,
    acknowledged: Acknowledged,
}

async fn simulate(seed: u64) {
    let mut world = World::new(seed).await;
    for _ in 0..ROUNDS {
        world.faults.set_faults(FAULTS);
        world.play_round().await;
        world.restart_some().await;
    }
    world.settle().await;
    world.check().await;
}

impl World {
    async fn new(seed: u64) -> Self {
        let clock = Arc::new(ManualClock::at_micros(FOUNDED_MICROS));
        let mem: SharedStore = Arc::new(MemStore::new(clock.clone()));
        let faults = Arc::new(FaultStore::new(mem, seed, Faults::NONE));
        let store: SharedStore = Arc::new(TurnStore::new(faults.clone(), seed));
        let chance = StdRng::seed_from_u64(seed);
        let acknowledged = Acknowledged::new();
        let mut world = Self { clock, faults, store, nodes: Vec::new(), people: Vec::new(), chance, acknowledged };
        for slot in 0..NODES {
            let node = world.start_node(slot).await;
            world.nodes.push(node);
        }
        for number in 0..PEOPLE {
            world.clock.advance_millis(5);
            let cx = world.nodes[number % NODES].cx.clone();
            world.people.push(join(&cx, &format!("p{number}")).await);
        }
        world
    }

    async fn start_node(&mut self, slot: usize) -> Node {
        let parts = Parts {
            store: self.store.clone(),
            clock: self.clock.clone(),
            chance: StdRng::seed_from_u64(self.chance.random()),
            slot: slot as u64,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: settings(),
        };
        let cx = loop {
            // A node that cannot reach the store at its start is started again.
            match Context::start(parts_again(&parts)).await {
                Ok(cx) => break cx,
                Err(Failure::Store(_)) => {}
                Err(failure) => panic!("a node does not start: {failure}"),
            }
        };
        let tail = Tail::from(cx.now());
        Node { cx, tail }
    }

    /// Everybody does a few things at the same time, each on some node.
    async fn play_round(&mut self) {
        let mut lives = Vec::new();
        for (me, authority) in &self.people {
            let cx = self.nodes[self.chance.random_range(0..NODES)].cx.clone();
            let others = self.people.iter().map(|(id, _)| *id).filter(|id| id != me).collect();
            let posts = self.acknowledged.keys().copied().collect();
            let chance = StdRng::seed_from_u64(self.chance.random());
            let clock = self.clock.clone();
            let life = Life { cx, clock, me: *me, authority: authority.clone(), others, posts, chance };
            lives.push(life.live());
        }
        for (me, written, deleted) in join_all(lives).await {
            for id in written {
                self.acknowledged.entry(id).or_insert((me, false));
            }
            for id in deleted {
                self.acknowledged.entry(id).or_insert((me, true)).1 = true;
            }
        }
        for node in &mut self.nodes {
            // Losing this is no fault: the next round tails on.
            let _heard = node.tail.advance(&node.cx).await;
        }
    }

    async fn restart_some(&mut self) {
        for slot in 0..NODES {
            if self.chance.random_ratio(1, 3) {
                self.nodes[slot] = self.start_node(slot).await;
            }
        }
    }

    /// The faults end, what was left over is applied, every node catches up.
    async fn settle(&mut self) {
        self.faults.set_faults(Faults::NONE);
        self.faults.settle().await.expect("what was left over is applied");
        for node in &mut self.nodes {
            node.tail.advance(&node.cx).await.expect("the feed is read");
        }
        self.clock.advance_millis(60_000);
    }

    async fn check(&self) {
        let model = rebuild(&self.store, self.nodes[0].cx.now()).await;
        check_counted_rows(&self.store).await;
        check_wholeness(&self.store, &model).await;
        for (id, (author, was_deleted)) in &self.acknowledged {
            let is_there = model.posts.get(id).is_some_and(|post| post.author == *author);
            assert!(is_there || *was_deleted, "{id} of {author} was acknowledged and is not there");
        }
        let members: Vec<AccountId> = self.people.iter().map(|(id, _)| *id).collect();
        for node in &self.nodes {
            check_counts(&node.cx, &model, &members).await;
            for reader in &members {
                check_reader(&node.cx, &model, *reader, &members).await;
            }
        }
    }
}

fn parts_again(parts: &Parts) -> Parts {
    Parts {
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        chance: parts.chance.clone(),
        slot: parts.slot,
        bus: parts.bus.clone(),
        outside: parts.outside.clone(),
        settings: parts.settings.clone(),
    }
}

/// One person's round.
struct Life {
    cx: Context,
    clock: Arc<ManualClock>,
    me: AccountId,
    authority: Authority,
    others: Vec<AccountId>,
    posts: Vec<PostId>,
    chance: StdRng,
}

impl Life {
    /// What was written and acknowledged, and what was tried to be deleted.
    async fn live(mut self) -> (AccountId, Vec<PostId>, Vec<PostId>) {
        let (mut written, mut deleted) = (Vec::new(), Vec::new());
        for number in 0..CALLS_A_ROUND {
            self.clock.advance_millis(self.chance.random_range(1..40));
            let outcome = match self.chance.random_range(0..12) {
                0..4 => self.write(number, &mut written).await,
                4 => self.delete(&mut deleted).await,
                5 => self.favourite().await,
                6 => self.boost().await,
                7..10 => self.follow().await,
                10 => self.unfollow().await,
                _ => self.block_or_unblock().await,
            };
            match outcome {
                // An expected no, trouble with the store, or too much at the same time: people try something else.
                Ok(()) | Err(Failure::Refused(_) | Failure::Store(_) | Failure::Conflict) => {}
                Err(failure) => panic!("{} met {failure}", self.me),
            }
        }
        (self.me, written, deleted)
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

    async fn delete(&mut self, deleted: &mut Vec<PostId>) -> Result<(), Failure> {
        let Some(id) = self.pick_post() else { return Ok(()) };
        let outcome = post::delete(&self.cx, &self.authority, id).await;
        if !matches!(outcome, Err(Failure::Refused(_))) {
            deleted.push(id);
        }
        outcome.map(drop)
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
