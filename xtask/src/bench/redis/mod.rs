//! `cargo xtask bench redis`: what fan-out on write costs, as the Redis commands of Mastodon's feed manager on a Redis of our
//! own, beside what a post and a page of home cost Kittiwake in the same run.
//!
//! It is here and not in the program, which shall not grow by a peer that only we measure. What is derived says so.
//! Deliberately absent: everything of Mastodon that is not Redis, which costs more than Redis does.

mod mix;
mod server;
mod spoken;

use std::time::Duration;

use serde_json::{Value, json};

use self::mix::{ENTRIES, Script, Writing, home, post_id};
use self::server::{Redis, Took};
use self::spoken::{bytes, grouped, time};
use crate::failure::{Failure, Outcome};

/// Followers of the post whose cost is derived.
const FOLLOWERS: [u64; 4] = [1, 1_000, 1_000_000, 41_700_000];
/// Clients that wait for each answer. How many threads Sidekiq has is each deployment's choice.
const WAITING_CLIENTS: u64 = 16;

/// Pages that are read of each timeline in a stretch.
const PAGES: u64 = 10;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Full timelines.
    pub timelines: u64,
    /// Posts that are delivered to all of them in one stretch.
    pub posts: u64,
    /// Stretches of each kind.
    pub runs: usize,
}

/// What Kittiwake said of itself in the same run.
#[derive(Debug)]
pub struct Ours {
    /// The report of `kittiwake bench post`.
    pub post: Value,
    /// The report of `kittiwake bench home`.
    pub home: Value,
}

/// How the deliveries of one kind went.
struct Kind {
    name: String,
    clients: u64,
    writing: Writing,
    took: Vec<Took>,
}

/// Measures Redis, and puts it beside Kittiwake: a report as `kittiwake bench` makes them.
pub fn measure(size: Size, ours: &Ours) -> Outcome<Value> {
    let redis = Redis::start()?;
    let entry_bytes = fill(&redis, size)?;
    let mut kinds = [
        kind("1, without waiting for answers", 1, Writing::Protocol),
        kind("4, the same", 4, Writing::Protocol),
        kind("16, each waits for each answer, as the feed manager does", WAITING_CLIENTS, Writing::Lines),
    ];
    let mut reads = Vec::new();
    let mut next = ENTRIES;
    for _ in 0..size.runs {
        for kind in &mut kinds {
            kind.took.push(deliver(&redis, size, kind, next)?);
            next += size.posts;
            confirm(&redis, size, next - 1)?;
        }
        let mut script = Script::new(Writing::Protocol);
        for _ in 0..PAGES {
            script.read(0..size.timelines);
        }
        reads.push(redis.perform(vec![script], Writing::Protocol)?);
    }
    let deliveries = size.timelines * size.posts;
    let least = |of: &dyn Fn(&Kind) -> f64| kinds.iter().map(of).fold(f64::INFINITY, f64::min);
    let costs = Costs {
        busy: least(&|kind| kind.busy(deliveries)),
        seconds: least(&|kind| kind.seconds(deliveries)),
        entry_bytes,
    };
    let tables = [delivering(size, &kinds), posting(&costs, ours)?, reading(size.timelines * PAGES, &reads, ours)?];
    let machine = ours.post["machine"].as_str().unwrap_or_default();
    let version = redis.info("server", "redis_version")?;
    let machine = format!("{machine}, Redis {version}");
    Ok(json!({ "machine": machine, "command": "cargo xtask bench redis", "plots": [], "tables": tables }))
}

fn kind(name: &str, clients: u64, writing: Writing) -> Kind {
    Kind { name: name.to_owned(), clients, writing, took: Vec::new() }
}

/// Fills all timelines; how many bytes an entry takes.
fn fill(redis: &Redis, size: Size) -> Outcome<f64> {
    let before = redis.memory_bytes()?;
    let mut script = Script::new(Writing::Protocol);
    script.fill(0..size.timelines, 0..ENTRIES);
    redis.perform(vec![script], Writing::Protocol)?;
    confirm(redis, size, ENTRIES - 1)?;
    let taken = redis.memory_bytes()?.saturating_sub(before);
    Ok(taken as f64 / (size.timelines * ENTRIES) as f64)
}

/// Delivers the next posts to all timelines; each client serves a share of them.
fn deliver(redis: &Redis, size: Size, kind: &Kind, first: u64) -> Outcome<Took> {
    let share = size.timelines / kind.clients;
    let script = |client: u64| {
        let mut script = Script::new(kind.writing);
        let end = if client + 1 == kind.clients { size.timelines } else { (client + 1) * share };
        for number in first..first + size.posts {
            script.deliver(number, client * share..end);
        }
        script
    };
    redis.perform((0..kind.clients).map(script).collect(), kind.writing)
}

/// All was delivered: no job waits, and the first and the last timeline are full and show the newest post.
fn confirm(redis: &Redis, size: Size, newest: u64) -> Outcome {
    let waiting = redis.ask(&["LLEN", "queue:default"])?;
    let mut whole = waiting.trim() == "0";
    for member in [0, size.timelines - 1] {
        let entries = redis.ask(&["ZCARD", &home(member)])?;
        let first = redis.ask(&["ZREVRANGE", &home(member), "0", "0"])?;
        whole &= entries.trim() == ENTRIES.to_string() && first.trim() == post_id(newest).to_string();
    }
    if whole { Ok(()) } else { Err(Failure::new("Redis did not take all that was delivered")) }
}

impl Kind {
    /// Of the server's processor, for one delivery, in seconds.
    fn busy(&self, deliveries: u64) -> f64 {
        middle(&self.took, |took| took.busy) / deliveries as f64
    }

    fn seconds(&self, deliveries: u64) -> f64 {
        middle(&self.took, |took| took.time) / deliveries as f64
    }
}

/// The middle one, in seconds.
fn middle(took: &[Took], of: impl Fn(&Took) -> Duration) -> f64 {
    let mut times: Vec<Duration> = took.iter().map(of).collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default().as_secs_f64()
}

fn delivering(size: Size, kinds: &[Kind]) -> Value {
    let deliveries = size.timelines * size.posts;
    let rows: Vec<Value> = kinds
        .iter()
        .map(|kind| {
            let rate = (1.0 / kind.seconds(deliveries)).round() as u64;
            json!([kind.name, grouped(rate), time(kind.busy(deliveries))])
        })
        .collect();
    let title = format!("Delivering to home timelines in Redis: {} of {ENTRIES} entries each", grouped(size.timelines));
    json!({ "title": title, "columns": ["clients", "deliveries a second", "processor of Redis a delivery"], "rows": rows })
}

/// What Redis takes for one delivery, at its best.
struct Costs {
    /// Seconds of its processor, where it was busy least.
    busy: f64,
    /// Seconds on the clock, where it was fastest.
    seconds: f64,
    /// Bytes of an entry in a full timeline.
    entry_bytes: f64,
}

fn posting(costs: &Costs, ours: &Ours) -> Outcome<Value> {
    let mut rows = Vec::new();
    for followers in FOLLOWERS {
        let count = followers as f64;
        let (at, micros) = nearest(&ours.post, count)?;
        rows.push(json!([
            grouped(followers),
            time(costs.busy * count),
            time(costs.seconds * count),
            bytes(costs.entry_bytes * count * ENTRIES as f64),
            format!("{} (measured with {})", time(micros / 1e6), grouped(at as u64)),
        ]));
    }
    let columns = [
        "followers",
        "processor of Redis (derived)",
        "time at the best rate (derived)",
        "memory of their timelines (derived)",
        "processor of Kittiwake",
    ];
    let title = format!("One post; an entry of a full timeline takes {:.0} bytes of Redis", costs.entry_bytes);
    Ok(json!({ "title": title, "columns": columns, "rows": rows }))
}

/// What a post cost Kittiwake with about so many followers: with how many, and microseconds.
fn nearest(report: &Value, followers: f64) -> Outcome<(f64, f64)> {
    let points = report["plots"][0]["lines"][0][1].as_array().map_or(&[][..], Vec::as_slice);
    let points = points.iter().filter_map(|point| Some((point[0].as_f64()?, point[1].as_f64()?)));
    let distance = |at: f64| (at.max(1.0) / followers).ln().abs();
    let found = points.min_by(|a, b| distance(a.0).total_cmp(&distance(b.0)));
    found.ok_or_else(|| Failure::new("`kittiwake bench post` does not say what a post costs"))
}

/// The processor alone: `redis-cli` reads answers slower than Redis gives them, so a rate would be the client's.
fn reading(pages: u64, reads: &[Took], ours: &Ours) -> Outcome<Value> {
    let busy = middle(reads, |took| took.busy) / pages as f64;
    let rows = json!([
        ["Redis: 20 ids, without their posts, authors and counts", time(busy)],
        ["Kittiwake: the whole page, over HTTP", warm_page(&ours.home)?],
    ]);
    Ok(json!({ "title": "Reading home", "columns": ["what", "processor each"], "rows": rows }))
}

/// The processor time of a warm page, from the first row of the table that has it.
fn warm_page(report: &Value) -> Outcome<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let find = |table: &Value| {
        let at = list(&table["columns"]).iter().position(|column| column == "processor a page")?;
        table["rows"][0][at].as_str().map(str::to_owned)
    };
    let found = list(&report["tables"]).iter().find_map(find);
    found.ok_or_else(|| Failure::new("`kittiwake bench home` does not say what a page costs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Ours {
        let post = json!({ "plots": [{ "lines": [["median", [[100.0, 250.0], [100_000.0, 270.0]]]] }] });
        let columns = ["server", "pages a second", "processor a page"];
        let home = json!({ "tables": [{ "columns": ["a"], "rows": [["b"]] }, { "columns": columns, "rows": [["Kittiwake", "900", "40 µs"]] }] });
        Ours { post, home }
    }

    #[test]
    fn a_post_to_millions_is_derived_from_one_delivery_and_said_to_be() {
        let costs = Costs { busy: 5e-6, seconds: 1e-5, entry_bytes: 100.0 };
        let table = posting(&costs, &ours()).expect("a post was measured");
        let rows = table["rows"].as_array().expect("there are rows");
        assert_eq!(rows.len(), FOLLOWERS.len());
        assert_eq!(rows[0][4], "250 µs (measured with 100)");
        let expected = ["1,000,000", "5.0 s", "10.0 s", "74.5 GiB", "270 µs (measured with 100,000)"];
        assert_eq!(rows[2], json!(expected));
        assert!(table["columns"].to_string().matches("(derived)").count() == 3, "{table}");
    }

    #[test]
    fn a_page_is_found_by_its_columns_and_missed_aloud() {
        assert_eq!(warm_page(&ours().home).ok().as_deref(), Some("40 µs"));
        assert!(warm_page(&json!({})).is_err());
        assert!(nearest(&json!({}), 1.0).is_err());
    }

    #[test]
    fn the_middle_of_several_runs_counts() {
        let took = |ms: u64| Took { time: Duration::from_millis(ms), busy: Duration::ZERO };
        assert!((middle(&[took(9), took(1), took(3)], |took| took.time) - 0.003).abs() < 1e-9);
    }
}
