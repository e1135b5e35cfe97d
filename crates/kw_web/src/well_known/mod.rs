//! How others find out what is here: `WebFinger`, host metadata, `NodeInfo`, health.

pub mod health;
pub mod host_meta;
pub mod nodeinfo;
pub mod oauth_server;
pub mod uri;
pub mod webfinger;
