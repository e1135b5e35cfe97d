//! Who asks for what: reads and writes by number, decided by the number and the seed. Which post is deleted next follows from
//! the order in which posts were acknowledged, which is the one thing here that time decides.

use kw_app::colony::{Colony, Shape};

use super::books::{Books, Deed};
use crate::bench::client::{get, post};
use crate::bench::colony::{SEED, Seat};

/// Reads a second; of so many, a hundred are home pages.
pub const READS: f64 = 1_650.0;
const READ_CYCLE: u64 = 110;
/// Writes a second; of so many, six are posts and as many deletions.
pub const WRITES: f64 = 100.0;
const WRITE_CYCLE: u64 = 20;
/// What is there at most before as much is taken back as is added, at the usual pace.
pub const POSTS_KEPT: usize = 1_000;
pub const LIKES_KEPT: usize = 500;
pub const FOLLOWS_KEPT: usize = 200;

/// Everybody and everything that takes part.
pub struct Mix {
    /// Who asks.
    pub seats: Vec<Seat>,
    /// The colony that they are of.
    pub plan: Colony,
    /// Posts that are favourited.
    pub liked: Vec<u64>,
}

/// A post that somebody of the mix wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Whose seat.
    pub seat: usize,
    /// The number in its words.
    pub number: u64,
    /// Its id.
    pub id: u64,
}

impl Mix {
    /// The read of a number.
    pub fn read(&self, number: u64) -> Vec<u8> {
        let seat = &self.seats[self.seat(number)];
        let member = self.plan.account(chance(number, 1) % self.plan.members);
        // Thirty-seven has no divisor in common with the cycle, so the rarer ones come one by one.
        let path = match number * 37 % READ_CYCLE {
            0..100 => "/api/v1/timelines/home?limit=20".to_owned(),
            100..104 => format!("/api/v1/accounts/{member}"),
            104..106 => "/api/v1/notifications?limit=20".to_owned(),
            106..108 => format!("/api/v1/accounts/{member}/statuses?limit=20"),
            108 => format!("/api/v1/statuses/{}", self.liked_post(number)),
            _ => {
                let handle = Colony::handle(chance(number, 2) % self.plan.members);
                format!("/api/v2/search?q={handle}")
            }
        };
        get(&path, Some(&seat.token))
    }

    /// The write of a number, and what is written down when it was acknowledged.
    pub fn write(&self, number: u64, books: &mut Books) -> (Vec<u8>, Deed) {
        match number * 7 % WRITE_CYCLE {
            0..6 => self.post(number),
            6..12 => match books.next_to_delete() {
                Some(said) => (self.act("DELETE", said.seat, &format!("statuses/{}", said.id)), Deed::Delete(said)),
                None => self.post(number),
            },
            12..15 => self.like(number),
            15..18 => match books.next_to_unlike() {
                Some((seat, id)) => {
                    (self.act("POST", seat, &format!("statuses/{id}/unfavourite")), Deed::Unlike((seat, id)))
                }
                None => self.like(number),
            },
            18 => self.follow(number),
            _ => match books.next_to_unfollow() {
                Some((seat, id)) => {
                    (self.act("POST", seat, &format!("accounts/{id}/unfollow")), Deed::Unfollow((seat, id)))
                }
                None => self.follow(number),
            },
        }
    }

    /// Follows of one of the colony, on average.
    pub const fn follows_each(&self) -> u64 {
        match self.plan.shape {
            Shape::Crowd { follows } => follows,
            Shape::Celebrity(_) => 1,
        }
    }

    fn post(&self, number: u64) -> (Vec<u8>, Deed) {
        let seat = self.seat(number);
        (post(&self.seats[seat].token, number), Deed::Post { seat, number })
    }

    fn like(&self, number: u64) -> (Vec<u8>, Deed) {
        let (seat, id) = (self.seat(number), self.liked_post(number));
        (self.act("POST", seat, &format!("statuses/{id}/favourite")), Deed::Like((seat, id)))
    }

    fn follow(&self, number: u64) -> (Vec<u8>, Deed) {
        let seat = self.seat(number);
        let number = chance(number, 3) % self.plan.members;
        let other = self.plan.account(number);
        // Nobody follows themselves.
        let own = self.seats[seat].member.account;
        let other = if other == own { self.plan.account((number + 1) % self.plan.members) } else { other };
        (self.act("POST", seat, &format!("accounts/{other}/follow")), Deed::Follow((seat, other.0)))
    }

    fn act(&self, method: &str, seat: usize, what: &str) -> Vec<u8> {
        let token = &self.seats[seat].token;
        format!(
            "{method} /api/v1/{what} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Length: 0\r\n\r\n"
        )
        .into_bytes()
    }

    fn seat(&self, number: u64) -> usize {
        (chance(number, 0) % self.seats.len() as u64) as usize
    }

    fn liked_post(&self, number: u64) -> u64 {
        self.liked[(chance(number, 4) % self.liked.len() as u64) as usize]
    }
}

/// A number that looks like chance and follows from the seed (`SplitMix64`, Steele, Lea and Flood 2014).
fn chance(number: u64, salt: u64) -> u64 {
    let mut mixed = (SEED << 32 ^ salt << 56).wrapping_add(number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}
