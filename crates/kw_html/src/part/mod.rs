//! Parts that several pages share: an account, a post, a form. Each is a struct with a template or a small value that
//! prints itself.

pub mod account;
pub mod action;
pub mod composer;
pub mod desk;
pub mod form;
pub mod icon;
pub mod ledger;
pub mod matrix;
pub mod pager;
pub mod post;
pub mod power;
pub mod profile;
pub mod refusal;
pub mod signing;
pub mod staff;
