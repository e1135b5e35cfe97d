//! Starting and stopping: the data directory, the engine, the context, the listener. Configuration picks; nothing here
//! decides about anybody's account.

mod founding;
mod greet;
mod listen;
mod log;
mod open;
mod program;
mod serve;
mod unfinished;

pub use founding::{Founding, founding_link};
pub use greet::greet;
pub use listen::{Listener, bind};
pub use log::start as start_log;
pub use open::{
    Engines, House, OriginWanted, check_founded, edge, open, open_engine, open_engine_for_import, open_engines,
    open_play,
};
pub use program::what_starts;
pub use serve::{Shutdown, serve};
pub use unfinished::{LOAD, Unfinished};
