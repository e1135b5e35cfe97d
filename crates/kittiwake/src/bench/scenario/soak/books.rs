//! What the server acknowledged, written down by those who asked, and looked at again after restarts.

use std::collections::VecDeque;

use super::json;
use super::mix::{FOLLOWS_KEPT, LIKES_KEPT, Mix, POSTS_KEPT, Said};
use crate::bench::client::{Connection, get};
use crate::cli::progress;
use crate::failure::CommandError;

/// Who did something, and to what.
pub type Pair = (usize, u64);

/// Something that is written down when it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A post with a number in its words.
    Post {
        /// Whose seat.
        seat: usize,
        /// The number.
        number: u64,
    },
    /// A post is deleted.
    Delete(Said),
    /// A favourite.
    Like(Pair),
    /// It is taken back.
    Unlike(Pair),
    /// A follow.
    Follow(Pair),
    /// It ends.
    Unfollow(Pair),
}

/// The books.
#[derive(Debug, Default, Clone)]
pub struct Books {
    scale: f64,
    live: VecDeque<Said>,
    gone: Vec<u64>,
    liked: VecDeque<Pair>,
    followed: VecDeque<Pair>,
    /// Posts that were acknowledged.
    pub posts: u64,
    /// Writes that were neither acknowledged nor refused, because the server was killed.
    pub cut_off: u64,
}

/// What was looked at again.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Posts that had to be there.
    pub live: u64,
    /// Those that were not, or said something else.
    pub lost: Vec<u64>,
    /// Posts that had to be gone.
    pub gone: u64,
    /// Those that were there.
    pub back: Vec<u64>,
}

impl Checked {
    /// Both.
    pub fn add(&mut self, other: Self) {
        self.live += other.live;
        self.lost.extend(other.lost);
        self.gone += other.gone;
        self.back.extend(other.back);
    }
}

impl Books {
    /// Empty ones, which keep so much of what is usually kept.
    pub fn at(scale: f64) -> Self {
        Self { scale, ..Self::default() }
    }

    /// The oldest post, when there are more than are kept. Until the answer is there, it is neither live nor gone.
    pub fn next_to_delete(&mut self) -> Option<Said> {
        take(&mut self.live, self.scale, POSTS_KEPT)
    }

    /// The same for favourites.
    pub fn next_to_unlike(&mut self) -> Option<Pair> {
        take(&mut self.liked, self.scale, LIKES_KEPT)
    }

    /// The same for follows.
    pub fn next_to_unfollow(&mut self) -> Option<Pair> {
        take(&mut self.followed, self.scale, FOLLOWS_KEPT)
    }

    /// Writes down what was acknowledged with this answer.
    pub fn keep(&mut self, deed: Deed, answer: &[u8]) -> Result<(), CommandError> {
        match deed {
            Deed::Post { seat, number } => {
                let post: serde_json::Value = json(answer)?;
                let id = post["id"].as_str().and_then(|id| id.parse().ok());
                let id = id.ok_or_else(|| CommandError::said("a post was acknowledged without an id"))?;
                self.live.push_back(Said { seat, number, id });
                self.posts += 1;
            }
            Deed::Delete(said) => self.gone.push(said.id),
            Deed::Like(pair) => self.liked.push_back(pair),
            Deed::Follow(pair) => self.followed.push_back(pair),
            Deed::Unlike(_) | Deed::Unfollow(_) => {}
        }
        Ok(())
    }

    /// Posts that are to be there now.
    pub fn live(&self) -> usize {
        self.live.len()
    }

    /// Looks at every post that has to be there.
    pub async fn look(&self, port: u16, mix: &Mix) -> Result<Checked, CommandError> {
        let mut connection = Connection::open(port).await?;
        let mut checked = Checked::default();
        for said in &self.live {
            let request = get(&format!("/api/v1/statuses/{}", said.id), Some(&mix.seats[said.seat].token));
            let answer = connection.ask(&request).await?;
            let words = format!("number {} for", said.number);
            checked.live += 1;
            if answer.status != 200 || !String::from_utf8_lossy(answer.body).contains(&words) {
                checked.lost.push(said.id);
            }
        }
        Ok(checked)
    }

    /// Looks for every post that has to be gone.
    pub async fn look_for_gone(&self, port: u16, mix: &Mix) -> Result<Checked, CommandError> {
        let mut connection = Connection::open(port).await?;
        let mut checked = Checked::default();
        let bar = progress::of_things(self.gone.len());
        bar.set_message("deleted posts");
        for id in &self.gone {
            bar.inc(1);
            let answer = connection.ask(&get(&format!("/api/v1/statuses/{id}"), Some(&mix.seats[0].token))).await?;
            checked.gone += 1;
            if answer.status != 404 {
                checked.back.push(*id);
            }
        }
        bar.finish_and_clear();
        Ok(checked)
    }
}

fn take<T>(queue: &mut VecDeque<T>, scale: f64, kept: usize) -> Option<T> {
    if queue.len() as f64 > kept as f64 * scale { queue.pop_front() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_post_is_deleted_once_there_are_more_than_are_kept() {
        let mut books = Books::at(2.0 / POSTS_KEPT as f64);
        for number in 1..=3 {
            assert_eq!(books.next_to_delete(), None);
            let answer = format!("{{\"id\":\"{}\"}}", number * 10);
            books.keep(Deed::Post { seat: 0, number }, answer.as_bytes()).expect("it has an id");
        }
        let oldest = Said { seat: 0, number: 1, id: 10 };
        assert_eq!(books.next_to_delete(), Some(oldest));
        assert_eq!((books.next_to_delete(), books.live(), books.posts), (None, 2, 3));
        books.keep(Deed::Delete(oldest), b"").expect("nothing is read of it");
        assert_eq!(books.gone, [10]);
    }

    #[test]
    fn a_post_that_is_acknowledged_without_an_id_is_an_error() {
        assert!(Books::at(1.0).keep(Deed::Post { seat: 0, number: 1 }, b"{}").is_err());
    }
}
