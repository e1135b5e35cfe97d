//! Parts that several pages share: an account, a post, a form. Each is a struct with a template or a small value that
//! prints itself.

pub mod account;
pub mod composer;
pub mod form;
pub mod icon;
pub mod pager;
pub mod post;
pub mod profile;
