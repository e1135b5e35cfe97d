//! What fan-out on write asks of Redis for each follower of a post, as Mastodon's feed manager and Sidekiq ask it.
//!
//! The commands were read in Mastodon (`app/lib/feed_manager.rb`, `app/services/fan_out_on_write_service.rb`) and in Sidekiq's
//! `client.rb` and `fetch.rb`. Wherever theirs vary, the cheapest case stands here: a post that is no boost, nobody streaming,
//! no boosts to forget, one queue. Deliberately absent: SQL, Ruby, and what happens for lists, mentions and filters.

use std::io::Write as _;
use std::ops::Range;

/// Entries that a home timeline holds at most.
pub const ENTRIES: u64 = 800;
/// Places from the top of a timeline down to which boosts are remembered.
const FALLOFF: u64 = 40;
/// Jobs that Sidekiq is handed at a time.
const BATCH: usize = 1_000;
/// Posts that a page of home shows.
const PAGE: &str = "20";
/// Ids like Mastodon's: milliseconds since 1970, shifted by 16 bits.
const FIRST_POST: u64 = 1_750_000_000_000 << 16;

/// How commands are written down for `redis-cli`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// As Redis reads them: `redis-cli --pipe` sends them without waiting for answers.
    /// <https://redis.io/docs/latest/develop/reference/protocol-spec/>
    Protocol,
    /// One a line: `redis-cli` waits for each answer.
    Lines,
}

/// Commands in their order.
#[derive(Debug)]
pub struct Script {
    writing: Writing,
    /// The bytes for `redis-cli`.
    pub bytes: Vec<u8>,
}

/// The id of a post, from its number.
pub const fn post_id(number: u64) -> u64 {
    // One a minute.
    FIRST_POST + ((number * 60_000) << 16)
}

/// Where a member's home timeline is kept.
pub fn home(member: u64) -> String {
    format!("feed:home:{}", FIRST_POST + member)
}

impl Script {
    /// An empty one.
    pub const fn new(writing: Writing) -> Self {
        Self { writing, bytes: Vec::new() }
    }

    fn add(&mut self, words: &[&str]) {
        let out = &mut self.bytes;
        let written = match self.writing {
            Writing::Protocol => write!(out, "*{}\r\n", words.len())
                .and_then(|()| words.iter().try_for_each(|word| write!(out, "${}\r\n{word}\r\n", word.len()))),
            // Jobs hold double quotes, and nothing here holds a single one.
            Writing::Lines => words.iter().try_for_each(|word| write!(out, "'{word}' ")).and_then(|()| writeln!(out)),
        };
        written.expect("bytes in memory grow");
    }

    /// Fills home timelines with the posts of these numbers.
    pub fn fill(&mut self, members: Range<u64>, posts: Range<u64>) {
        let ids: Vec<String> = posts.map(|number| post_id(number).to_string()).collect();
        for member in members {
            let key = home(member);
            let mut words = vec!["ZADD", &key];
            words.extend(ids.iter().flat_map(|id| [id.as_str(), id.as_str()]));
            self.add(&words);
        }
    }

    /// Delivers the post of a number to members who follow its author.
    pub fn deliver(&mut self, number: u64, followers: Range<u64>) {
        let (post, falloff) = (post_id(number).to_string(), post_id(number.saturating_sub(FALLOFF)).to_string());
        let followers: Vec<u64> = followers.collect();
        for batch in followers.chunks(BATCH) {
            let jobs: Vec<String> = batch.iter().map(|follower| job(&post, *follower)).collect();
            self.add(&["SADD", "queues", "default"]);
            let push = ["LPUSH", "queue:default"].into_iter().chain(jobs.iter().map(String::as_str));
            self.add(&push.collect::<Vec<_>>());
            for follower in batch {
                self.deliver_one((&post, &falloff), *follower);
            }
        }
    }

    /// What a worker asks for one job.
    fn deliver_one(&mut self, (post, falloff): (&str, &str), follower: u64) {
        let home = home(follower);
        let boosts = format!("{home}:reblogs");
        let place = FALLOFF.to_string();
        self.add(&["BRPOP", "queue:default", "2"]);
        self.add(&["ZSCORE", &boosts, post]);
        self.add(&["ZADD", &home, post, post]);
        self.add(&["ZREMRANGEBYRANK", &home, "0", &format!("-{}", ENTRIES + 1)]);
        self.add(&["ZREVRANGE", &home, &place, &place, "WITHSCORES"]);
        // The feed manager takes the score from the answer before; here it is known, so that nobody has to wait for it.
        self.add(&["ZRANGEBYSCORE", &boosts, "0", falloff]);
        self.add(&["EXISTS", &format!("subscribed:timeline:{}", FIRST_POST + follower)]);
    }

    /// Reads the ids of a page of home, for each of these members.
    pub fn read(&mut self, members: Range<u64>) {
        for member in members {
            self.add(&["ZREVRANGEBYSCORE", &home(member), "(+inf", "(-inf", "WITHSCORES", "LIMIT", "0", PAGE]);
        }
    }
}

/// A job as Sidekiq keeps it: about as long as one of Mastodon's.
fn job(post: &str, follower: u64) -> String {
    let follower = FIRST_POST + follower;
    format!(
        r#"{{"retry":true,"queue":"default","args":[{post},{follower},"home",{{"update":false}}],"class":"FeedInsertWorker","jid":"{follower:024x}","created_at":1750000000000,"enqueued_at":1750000000000}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(script: &Script) -> Vec<String> {
        let text = String::from_utf8_lossy(&script.bytes);
        text.lines().map(|line| line.split(' ').next().unwrap_or_default().trim_matches('\'').to_owned()).collect()
    }

    #[test]
    fn a_follower_costs_a_job_taken_and_six_commands_and_a_batch_is_pushed_at_once() {
        let mut script = Script::new(Writing::Lines);
        script.deliver(900, 0..1_001);
        let names = names(&script);
        let count = |name: &str| names.iter().filter(|found| *found == name).count();
        for name in ["BRPOP", "ZSCORE", "ZADD", "ZREMRANGEBYRANK", "ZREVRANGE", "ZRANGEBYSCORE", "EXISTS"] {
            assert_eq!(count(name), 1_001, "{name}");
        }
        assert_eq!((count("LPUSH"), count("SADD")), (2, 2));
        assert_eq!(names.len(), 7 * 1_001 + 4);
    }

    #[test]
    fn commands_are_written_with_the_length_of_each_word() {
        let mut script = Script::new(Writing::Protocol);
        script.add(&["ZSCORE", "a:b", "12"]);
        assert_eq!(script.bytes, b"*3\r\n$6\r\nZSCORE\r\n$3\r\na:b\r\n$2\r\n12\r\n");
    }

    #[test]
    fn what_fills_a_timeline_is_older_than_what_is_delivered_to_it() {
        let mut script = Script::new(Writing::Lines);
        script.fill(3..4, 0..2);
        let expected = format!("'ZADD' '{}' '{1}' '{1}' '{2}' '{2}' \n", home(3), post_id(0), post_id(1));
        assert_eq!(String::from_utf8_lossy(&script.bytes), expected);
        assert!(post_id(2) > post_id(1));
    }
}
