//! The thread that folds the log into the database, off the writer's time, and asks for a collection now and then.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::mpsc::WeakUnboundedSender;

use crate::connection::{self, Role};
use crate::writer::Request;

/// Moves what can be moved without waiting for anybody.
const FOLD: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// Moves everything and cuts the log, once no reader is in it.
const CUT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// How often the log is folded before it is cut, and the pause between: two seconds in all, twice the longest read.
const RESET_TRIES_MAX: u32 = 1_000;
const RESET_PAUSE: Duration = Duration::from_millis(2);

/// What the writer asks the housekeeper for.
#[derive(Debug)]
pub enum Chore {
    /// Move what can be moved from the log into the database, while others read and write.
    Fold,
    /// Move everything and begin the log anew, while the writer waits for the answer: whether that was possible.
    Reset(Sender<bool>),
}

/// The housekeeper's state.
#[derive(Debug)]
pub struct Housekeeper {
    path: PathBuf,
    connection: Connection,
    writer: WeakUnboundedSender<Request>,
    every: Duration,
}

impl Housekeeper {
    /// A housekeeper for the database at `path`, which asks `writer` for a collection after `every` quiet period.
    pub fn new(path: PathBuf, writer: WeakUnboundedSender<Request>, every: Duration) -> rusqlite::Result<Self> {
        let connection = connection::open(&path, Role::Checkpointer)?;
        Ok(Self { path, connection, writer, every })
    }

    /// Works until the writer has gone; then folds the whole log in.
    pub fn run(mut self, chores: &Receiver<Chore>) {
        loop {
            match chores.recv_timeout(self.every) {
                Ok(Chore::Fold) => {
                    // One fold does for all that were asked for in the meantime.
                    let waiting: Vec<Chore> = chores.try_iter().collect();
                    self.checkpoint(FOLD);
                    for chore in waiting {
                        self.reset_for(chore);
                    }
                }
                Ok(reset) => self.reset_for(reset),
                Err(RecvTimeoutError::Timeout) => {
                    self.checkpoint(FOLD);
                    if let Some(writer) = self.writer.upgrade() {
                        let _ = writer.send(Request::Collect(None));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.reset();
    }

    fn reset_for(&mut self, chore: Chore) {
        if let Chore::Reset(reply) = chore {
            let _ = reply.send(self.reset());
        }
    }

    /// Whether the whole log was folded in and cut to nothing.
    ///
    /// Not by the second statement alone: it waits for the place in the log that an older reader holds, and newer readers
    /// take that place over for as long as they come. The first one never waits, and looks again where readers are; once
    /// it has folded everything in, new readers leave the log alone and the second one finds it free.
    fn reset(&mut self) -> bool {
        for _ in 0..RESET_TRIES_MAX {
            if self.checkpoint(FOLD) {
                break;
            }
            thread::sleep(RESET_PAUSE);
        }
        self.checkpoint(CUT)
    }

    /// Whether all of the log is in the database now. A failure changes nothing that was acknowledged: it stays in the log.
    fn checkpoint(&mut self, statement: &str) -> bool {
        let counts = self.connection.query_row(statement, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        match counts {
            Ok((blocked, in_log, folded)) => {
                let (blocked, in_log, folded): (i64, i64, i64) = (blocked, in_log, folded);
                blocked == 0 && in_log == folded
            }
            Err(error) => {
                tracing::error!(path = %self.path.display(), %error, "the log could not be folded into the database");
                false
            }
        }
    }
}
