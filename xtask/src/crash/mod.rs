//! `cargo xtask crash`: kill -9 of the real server under load, again and again.
//!
//! Several accounts post as fast as they can, half of it replies to one common post. At a random moment the process is
//! killed. After the restart whatever was not acknowledged is sent again with its idempotency key; then every post must
//! be there exactly once, and every count must equal the rows that are listed.

mod check;
mod writer;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use crate::client::{Client, text};
use crate::failure::{Outcome, While};
use crate::place::Places;
use crate::server::{self, PASSWORD, Site};
use writer::Writer;

/// How often to kill, and how hard to write.
#[derive(Debug, Args)]
pub struct Plan {
    /// How many times to kill the server
    #[arg(long, default_value_t = 50)]
    rounds: u32,
    /// How many accounts write at the same time
    #[arg(long, default_value_t = 6)]
    writers: usize,
    /// Where the random moments begin; printed, so that a run can be repeated
    #[arg(long)]
    seed: Option<u64>,
}

/// A round runs between these times before the kill.
const ROUND_MS: std::ops::Range<u64> = 150..1_200;

/// Runs all rounds; the first thing that is lost, doubled or miscounted ends it.
pub fn run(places: &Places, plan: &Plan) -> Outcome {
    let binary = server::build(places)?;
    let site = Site::new(&binary, &places.output.join("crash"))?;
    let mut moments = Moments::new(plan.seed);
    println!("crash: seed {}, data in {}", moments.seed, site.data().display());

    let (mut server, first_start) = site.start()?;
    let (mut writers, root) = enlist(&site, plan.writers)?;
    let mut restarts = Vec::new();
    for round in 1..=plan.rounds {
        let stop = AtomicBool::new(false);
        let pause = Duration::from_millis(moments.next(ROUND_MS));
        let killed = std::thread::scope(|scope| {
            for writer in &mut writers {
                scope.spawn(|| writer.write_until_cut(&root, &stop));
            }
            std::thread::sleep(pause);
            let killed = server.kill();
            stop.store(true, Ordering::Relaxed);
            killed
        });
        killed?;
        let (restarted, took) = site.start()?;
        server = restarted;
        restarts.push(took);
        for writer in &mut writers {
            writer.settle(&root)?;
        }
        check::round(&mut writers, &root)?;
        let posts: usize = writers.iter().map(Writer::acknowledged).sum();
        println!(
            "round {round:>2}: killed after {:>4} ms, {posts} posts so far, serving again after {} ms",
            pause.as_millis(),
            took.as_millis()
        );
    }
    check::everything(&writers, &root)?;
    report(first_start, restarts);
    println!("{} crashes survived", plan.rounds);
    Ok(())
}

/// Signs up the writers, and posts what they reply to.
fn enlist(site: &Site, count: usize) -> Outcome<(Vec<Writer>, String)> {
    let mut writers = Vec::new();
    for number in 0..count {
        let handle = format!("writer{number}");
        let client = Client::sign_up(&site.origin(), &handle, PASSWORD).doing(format_args!("signing up {handle}"))?;
        let account = client.get("/api/v1/accounts/verify_credentials").doing("reading the own account")?;
        writers.push(Writer::new(client, handle, text(&account, "id")));
    }
    let first = writers.first_mut().ok_or_else(|| crate::failure::Failure::new("at least one writer is needed"))?;
    let root = first.post_root()?;
    Ok((writers, root))
}

fn report(first_start: Duration, mut restarts: Vec<Duration>) {
    restarts.sort();
    let at = |part: usize| restarts.get((restarts.len().saturating_sub(1)) * part / 100).copied().unwrap_or_default();
    println!(
        "serving after: empty directory {} ms; after kill -9 median {} ms, slowest {} ms",
        first_start.as_millis(),
        at(50).as_millis(),
        at(100).as_millis()
    );
}

/// A reproducible source of moments (`SplitMix64`). Not for secrets.
struct Moments {
    seed: u64,
    state: u64,
}

impl Moments {
    fn new(seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(|| u64::from(std::process::id()) << 20 | first_start_nanos());
        Self { seed, state: seed }
    }

    fn next(&mut self, within: std::ops::Range<u64>) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        within.start + (mixed ^ (mixed >> 31)) % (within.end - within.start)
    }
}

fn first_start_nanos() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| u64::from(since.subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_moments_within_the_range() {
        let draw = || {
            let mut moments = Moments::new(Some(7));
            (0..100).map(|_| moments.next(ROUND_MS)).collect::<Vec<_>>()
        };
        assert_eq!(draw(), draw());
        assert!(draw().iter().all(|moment| ROUND_MS.contains(moment)));
        assert!(draw().windows(2).any(|pair| pair[0] != pair[1]));
    }
}
