//! Accounts: signing up, profiles, settings, and leaving.

mod activate;
mod approve;
mod change_email;
mod change_password;
mod confirm;
mod create;
mod deactivate;
mod erase;
mod erase_rows;
mod find;
mod letter;
mod list;
mod rename;
mod reserve;
mod search;
mod settings;
mod sign_up;
mod update_profile;
mod verify_links;
mod words;

pub use approve::{approve, reject};
pub use change_email::{EmailChange, change_email};
pub use change_password::{change_password, request_reset, reset_password};
pub use confirm::{confirm, resend};
pub use create::{NewAccount, create};
pub use deactivate::{deactivate, reactivate};
pub use erase::erase_due;
pub use find::{find, find_by_handle, find_email, find_id, find_picture};
pub(crate) use letter::{Course, Decided, decision as decision_letter, step_up as step_up_letter};
pub use list::{Listed, count, list, list_waiting};
pub(crate) use rename::{Reserved, is_free, release, rename, reserve};
pub use search::search_by_prefix;
pub use settings::{Settings, SettingsChange, find_settings, update_settings};
pub use sign_up::{SignUp, SignedUp, sign_up};
pub use update_profile::{FIELDS_MAX, FlagChanges, PictureChange, ProfileChange, update_profile};
pub use verify_links::verify_links;
