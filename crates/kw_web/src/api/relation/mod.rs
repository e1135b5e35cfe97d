//! Lists of one's own relations: blocks, mutes, requests to follow, blocked domains.

pub mod blocks;
pub mod domain_blocks;
pub mod follow_requests;
pub mod mutes;
