//! Founding: the origin is written at the first start. Links, sign-ins and passkeys depend on it, so that a server which
//! is configured to another one does not start.

use kw_domain::refusal::{Kind, Refusal};
use kw_store::SharedStore;
use url::Url;

use super::fact;
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::SECRET;
use crate::key::{Key, Only};
use crate::operation::Before;
use crate::rows::SecretRow;

/// What a start found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founding {
    /// Nothing: the origin has just been written.
    New,
    /// The origin that it was configured to.
    Known,
}

/// The origin in a store, before there is a context. `None` in a new one.
pub async fn find_origin(store: &SharedStore) -> Result<Option<Url>, Failure> {
    let found = store.get(&SECRET.partition(&Only), &[fact::ORIGIN.to_bytes()]).await?;
    let Some(Some(row)) = found.first() else { return Ok(None) };
    read(&SECRET.decode(row)?.value).map(Some)
}

/// Writes the origin at the first start; at every other, refuses to go on under a different one.
pub async fn found(cx: &Context) -> Result<Founding, Failure> {
    retry(|| found_once(cx)).await
}

async fn found_once(cx: &Context) -> Result<Founding, Failure> {
    let configured = &cx.settings().origin;
    let Some(stored) = cx.find(&SECRET, &Only, &fact::ORIGIN).await? else {
        let mut draft = cx.draft(&Authority::system(Job::Founding));
        let row = SecretRow { bytes: configured.as_str().into() };
        draft.decide(&SECRET, (&Only, &fact::ORIGIN), Before::Absent, &row);
        cx.perform(draft).await?;
        return Ok(Founding::New);
    };
    let founded = read(&stored.value)?;
    if founded == *configured {
        return Ok(Founding::Known);
    }
    let sentence = format!(
        "this data directory belongs to {} and the configuration says {}",
        bare(&founded),
        bare(configured),
    );
    Err(Refusal::new(Kind::Conflict, "another_origin", sentence).into())
}

fn read(row: &SecretRow) -> Result<Url, Failure> {
    let damaged = |why: String| Failure::Damaged { family: SECRET.family.name, why };
    let text = std::str::from_utf8(&row.bytes).map_err(|error| damaged(error.to_string()))?;
    Url::parse(text).map_err(|error| damaged(format!("its origin cannot be read: {error}")))
}

fn bare(origin: &Url) -> &str {
    origin.as_str().trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kw_store::ManualClock;
    use kw_store::mem::MemStore;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::context::Parts;
    use crate::feed::Bus;
    use crate::outside::Outside;
    use crate::settings::Settings;

    async fn start(store: &SharedStore, clock: &Arc<ManualClock>, origin: &str) -> Context {
        let parts = Parts {
            store: store.clone(),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(1),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: Settings::at(Url::parse(origin).expect("a test's origin can be parsed")),
        };
        Context::start(parts).await.expect("a new store can be used")
    }

    #[tokio::test]
    async fn the_origin_is_written_once_and_another_one_is_refused() {
        let clock = Arc::new(ManualClock::at_micros(1_700_000_000_000_000));
        let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
        assert_eq!(find_origin(&store).await.expect("the store answers"), None);

        let first = start(&store, &clock, "https://bay.example").await;
        assert_eq!(found(&first).await.expect("it is new"), Founding::New);
        assert_eq!(found(&first).await.expect("it is the same"), Founding::Known);

        let other = start(&store, &clock, "https://elsewhere.example").await;
        let refusal = found(&other).await.expect_err("it belongs to another origin").to_string();
        assert!(refusal.contains("https://bay.example") && refusal.contains("https://elsewhere.example"), "{refusal}");
        let kept = find_origin(&store).await.expect("the store answers").expect("it was founded");
        assert_eq!(kept.as_str(), "https://bay.example/");
    }
}
