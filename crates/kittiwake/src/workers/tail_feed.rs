//! Follows the feed, so that an event which the bus lost reaches the caches after all.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::feed::Tail;

use super::{Stop, report};

const EVERY: Duration = Duration::from_secs(1);

/// Follows the feed until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    let mut tail = Tail::from(cx.now());
    while stop.pause(EVERY).await {
        report("feed", tail.advance(&cx).await);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kw_app::account::{self, NewAccount};
    use kw_app::authority::Authority;
    use kw_app::context::{Parts, Stores};
    use kw_app::feed::Bus;
    use kw_app::heads::load_head;
    use kw_app::outside::Outside;
    use kw_app::post::{self, NewPost};
    use kw_app::session::{self, Actor, Agent, Member, SignIn, SignInForm};
    use kw_app::settings::{PasswordCost, Settings};
    use kw_domain::post::Visibility;
    use kw_store::mem::MemStore;
    use kw_store::{ManualClock, SharedStore, limit};
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    const NOON_MICROS: u64 = 1_777_032_000_000_000;
    const PASSWORD: &str = "three gulls on a bollard";

    /// A node of its own: it shares the store, and nobody tells it anything.
    async fn node(store: &SharedStore, slot: u64) -> (Context, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let origin = url::Url::parse("https://bay.example").expect("it is an address");
        let cx = Context::start(Parts {
            stores: Stores::in_one(store.clone()),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(slot),
            slot,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) },
        });
        (cx.await.expect("the store can be used"), clock)
    }

    async fn two_nodes() -> [(Context, Arc<ManualClock>); 2] {
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(MemStore::new(clock));
        [node(&store, 0).await, node(&store, 1).await]
    }

    async fn join(cx: &Context) -> Member {
        let new = NewAccount { handle: "ada", email: None, password: PASSWORD, locale: "" };
        account::create(cx, &Authority::operator(), &new).await.expect("the handle is free");
        let form = SignInForm { identifier: "ada", password: PASSWORD, agent: Agent::default() };
        let Ok(SignIn::Done(issued)) = session::sign_in(cx, &form).await else { panic!("the password is right") };
        let Ok(Actor::Member(member)) = session::authenticate(cx, &issued.token).await else { panic!("it is hers") };
        member
    }

    async fn say(cx: &Context, member: &Member) {
        let new = NewPost {
            text: "hello".to_owned(),
            spoiler_text: String::new(),
            visibility: Visibility::Public,
            language: None,
            sensitive: false,
            in_reply_to: None,
            idempotency_key: None,
            application: None,
        };
        post::create(cx, member.authority(), &new).await.expect("anyone may post");
    }

    async fn entries(cx: &Context, member: &Member) -> usize {
        load_head(cx, member.account).await.expect("the store answers").entries.len()
    }

    #[tokio::test]
    async fn what_the_bus_did_not_bring_the_feed_brings() {
        let [(here, _), (there, _)] = two_nodes().await;
        let ada = join(&here).await;
        let mut tail = Tail::from(there.now());
        assert_eq!(entries(&there, &ada).await, 0);

        say(&here, &ada).await;
        assert_eq!(entries(&there, &ada).await, 0, "the head was cached, and nobody told this node");
        tail.advance(&there).await.expect("the store answers");
        assert_eq!(entries(&there, &ada).await, 1);
    }

    #[tokio::test]
    async fn an_operation_that_shows_late_is_not_passed() {
        let [(here, _), (there, there_clock)] = two_nodes().await;
        let ada = join(&here).await;
        let mut tail = Tail::from(there.now());
        // The operation below carries a stamp that is five seconds old when it shows.
        there_clock.advance_millis(limit::NOT_AFTER_MS);
        tail.advance(&there).await.expect("the store answers");
        assert_eq!(entries(&there, &ada).await, 0);

        say(&here, &ada).await;
        tail.advance(&there).await.expect("the store answers");
        assert_eq!(entries(&there, &ada).await, 1);
    }
}
