//! What somebody has open.

use std::collections::BTreeMap;

use kw_domain::id::{AppId, SessionId};
use kw_domain::time::Millis;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::SESSION;
use crate::oauth::find_app;
use crate::session::actor::Member;

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Which one.
    pub id: SessionId,
    /// The name of the client; none for a browser on our own pages.
    pub app_name: Option<String>,
    /// The words of its scopes.
    pub scopes: Vec<String>,
    /// What the other end said it is.
    pub agent: String,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to the hour.
    pub used_at: Millis,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The sessions of a member, the last used first.
pub async fn list(cx: &Context, member: &Member) -> Result<Vec<SessionView>, Failure> {
    let rows = cx.list_all(&SESSION, &member.account, 1_000).await?;
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    for app in rows.iter().filter_map(|row| row.value.app) {
        if let (false, Some(found)) = (names.contains_key(&app), find_app(cx, AppId(app)).await?) {
            names.insert(app, found.name);
        }
    }
    let now = cx.now().0;
    let rows = rows.into_iter().filter(|row| row.value.until.is_none_or(|until| until > now));
    let mut views: Vec<SessionView> = rows
        .map(|row| SessionView {
            id: row.key,
            app_name: row.value.app.map(|app| names.get(&app).cloned().unwrap_or_default()),
            scopes: row.value.scopes,
            agent: row.value.agent,
            created_at: Millis(row.value.created_at),
            used_at: Millis(row.value.used_at),
            is_current: row.key == member.session,
        })
        .collect();
    views.sort_by_key(|view| std::cmp::Reverse((view.used_at, view.id)));
    Ok(views)
}
