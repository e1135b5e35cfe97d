//! The way to older and newer things.

/// Links at the end of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// Path and query of the page with newer things, unless this is the newest.
    pub newer: Option<String>,
    /// Path and query of the page with older things, unless this is the oldest.
    pub older: Option<String>,
}
