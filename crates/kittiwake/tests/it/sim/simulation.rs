//! One seed drives three nodes over one faulty store: latency, conflicts, lost answers, operations that stop between
//! their steps, nodes that stop and start. Afterwards everything is whole, counted and seen as it should be.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join_all;
use kw_app::authority::Authority;
use kw_app::context::{Context, Parts, Stores};
use kw_app::failure::Failure;
use kw_app::feed::{Bus, Tail};
use kw_app::ledger::project;
use kw_app::outside::Outside;
use kw_domain::account::Reach;
use kw_domain::id::{AccountId, PostId};
use kw_store::fault::{FaultStore, Faults};
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::census::{check_counted_rows, check_wholeness, rebuild};
use super::checks::{check_counts, check_reader};
use super::life::{Gone, Life, Lived};
use super::people::join;
use super::staff::Staff;
use super::town::{FOUNDED_MICROS, settings};
use super::turns::TurnStore;

/// Seeds tried by every run of the tests; `KITTIWAKE_SIM_SEED` runs one, `KITTIWAKE_SIM_SEEDS` that many.
const SEEDS: u64 = 60;
/// Everything but waiting, which is done in turns.
const FAULTS: Faults = Faults { latency: 0, ..Faults::USUAL };
const NODES: usize = 3;
const PEOPLE: usize = 6;
const ROUNDS: usize = 6;

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
    gone: Gone,
    standings: BTreeMap<AccountId, Reach>,
    staff: Staff,
}

async fn simulate(seed: u64) {
    let mut world = World::new(seed).await;
    for _ in 0..ROUNDS {
        world.decide_standing().await;
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
        let mut world = Self {
            clock,
            faults,
            store,
            chance,
            nodes: Vec::new(),
            people: Vec::new(),
            acknowledged: Acknowledged::new(),
            gone: Gone::default(),
            standings: BTreeMap::new(),
            staff: Staff::default(),
        };
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
            stores: Stores::in_one(self.store.clone()),
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

    /// Between rounds, staff hide somebody, limit somebody or bring somebody back, on any node. What they decide is durable
    /// before the round begins, so from its first moment on nobody sees who is hidden.
    async fn decide_standing(&mut self) {
        self.faults.set_faults(Faults::NONE);
        let (account, _) = self.people[self.chance.random_range(0..PEOPLE)];
        let wanted = match self.chance.random_range(0..4) {
            0 => Reach::Unavailable { until: None },
            1 => Reach::Limited { until: None },
            _ => Reach::Clear,
        };
        let cx = self.nodes[self.chance.random_range(0..NODES)].cx.clone();
        self.staff.founded(&cx).await.expect("nothing is in the way of founding");
        if self.chance.random_ratio(1, 2) {
            let signed =
                self.staff.decide(&cx, account, wanted).await.expect("one person may, over an ordinary account");
            assert_eq!(project::standing(&cx, account).reach, signed, "what was signed for is in force");
        } else {
            // Whether it is in force, only the ledger says afterwards.
            self.faults.set_faults(FAULTS);
            let others = self.nodes.iter().map(|node| read_along(&node.cx));
            let (_outcome, _) = tokio::join!(self.staff.decide(&cx, account, wanted), join_all(others));
            self.faults.set_faults(Faults::NONE);
            self.faults.settle().await.expect("what was left over is applied");
            cx.ledger().follow(&cx).await.expect("the ledger is read");
            project::catch_up(&cx).await.expect("rows follow the ledger");
        }
        self.standings = self.people.iter().map(|(id, _)| (*id, project::standing(&cx, *id).reach)).collect();
        let is_gone =
            |(account, reach): (&AccountId, &Reach)| matches!(reach, Reach::Unavailable { .. }).then_some(*account);
        self.gone.accounts = self.standings.iter().filter_map(is_gone).collect();
    }

    /// Everybody who can sign in does a few things at the same time, each on some node.
    async fn play_round(&mut self) {
        let mut lives = Vec::new();
        for (me, authority) in self.people.iter().filter(|(id, _)| !self.gone.accounts.contains(id)) {
            let cx = self.nodes[self.chance.random_range(0..NODES)].cx.clone();
            let others = self.people.iter().map(|(id, _)| *id).filter(|id| id != me).collect();
            let posts = self.acknowledged.keys().copied().collect();
            let chance = StdRng::seed_from_u64(self.chance.random());
            let clock = self.clock.clone();
            let (authority, gone) = (authority.clone(), self.gone.clone());
            let life = Life { cx, clock, me: *me, authority, others, posts, gone, chance };
            lives.push(life.live());
        }
        for Lived { me, written, deleted } in join_all(lives).await {
            for id in written {
                self.acknowledged.entry(id).or_insert((me, false));
            }
            for (id, is_acknowledged) in deleted {
                self.acknowledged.entry(id).or_insert((me, true)).1 = true;
                if is_acknowledged {
                    self.gone.posts.insert(id);
                }
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
        let mut model = rebuild(&self.store, self.nodes[0].cx.now()).await;
        model.standings.clone_from(&self.standings);
        check_counted_rows(&self.store).await;
        check_wholeness(&self.store, &model).await;
        for (id, (author, was_deleted)) in &self.acknowledged {
            let is_there = model.posts.get(id).is_some_and(|post| post.author == *author);
            assert!(is_there || *was_deleted, "{id} of {author} was acknowledged and is not there");
        }
        let members: Vec<AccountId> = self.people.iter().map(|(id, _)| *id).collect();
        for node in &self.nodes {
            node.cx.ledger().follow(&node.cx).await.expect("the ledger is read");
            let unexplained = project::list_unexplained(&node.cx).await.expect("rows can be read");
            assert_eq!(unexplained, Vec::<String>::new(), "every standing follows from the ledger");
            for member in &members {
                let reach = project::standing(&node.cx, *member).reach;
                assert_eq!(Some(&reach), self.standings.get(member), "all nodes know one ledger");
            }
            check_counts(&node.cx, &model, &members).await;
            for reader in &members {
                check_reader(&node.cx, &model, *reader, &members).await;
            }
        }
    }
}

/// Follows the ledger while somebody appends to it. That a read fails is no fault; that it is taken for something else is.
async fn read_along(cx: &Context) {
    for _ in 0..20 {
        match cx.ledger().follow(cx).await {
            Ok(()) | Err(Failure::Store(_)) => tokio::task::yield_now().await,
            Err(failure) => panic!("the ledger cannot be followed: {failure}"),
        }
    }
}

fn parts_again(parts: &Parts) -> Parts {
    Parts {
        stores: parts.stores.clone(),
        clock: parts.clock.clone(),
        chance: parts.chance.clone(),
        slot: parts.slot,
        bus: parts.bus.clone(),
        outside: parts.outside.clone(),
        settings: parts.settings.clone(),
    }
}
