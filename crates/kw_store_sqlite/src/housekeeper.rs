//! The thread that folds the log into the database, off the writer's time, and asks for a collection now and then.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::mpsc::WeakUnboundedSender;

use crate::connection::{self, Role};
use crate::writer::Request;

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
                    self.checkpoint("PASSIVE");
                    for chore in waiting {
                        self.reset_for(chore);
                    }
                }
                Ok(reset) => self.reset_for(reset),
                Err(RecvTimeoutError::Timeout) => {
                    self.checkpoint("PASSIVE");
                    if let Some(writer) = self.writer.upgrade() {
                        let _ = writer.send(Request::Collect(None));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.checkpoint("TRUNCATE");
    }

    fn reset_for(&mut self, chore: Chore) {
        if let Chore::Reset(reply) = chore {
            let _ = reply.send(self.checkpoint("TRUNCATE"));
        }
    }

    /// Whether the whole log was folded in. A failure changes nothing that was acknowledged: it stays in the log.
    fn checkpoint(&mut self, mode: &str) -> bool {
        let statement = format!("PRAGMA wal_checkpoint({mode})");
        let blocked = self.connection.query_row(&statement, [], |row| row.get::<_, i64>(0));
        match blocked {
            Ok(0) => true,
            Ok(_) => false,
            Err(error) => {
                tracing::error!(path = %self.path.display(), %error, "the log could not be folded into the database");
                false
            }
        }
    }
}
