//! `/settings/apps`: apps that may act for the member.

use axum::extract::Path;
use kw_app::session::{SessionView, list, revoke};
use kw_html::views::{AppRow, SettingsApps};

use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::form::MemberForm;
use crate::pages::view::ms;
use crate::pages::visit::Member;

/// The apps, the one that was let in last first.
pub async fn show(member: Member) -> Answer {
    let sessions = list(member.cx(), member.member()).await?;
    let mut apps: Vec<_> = sessions.iter().filter_map(row).collect();
    apps.sort_by_key(|app| std::cmp::Reverse(app.created_ms));
    Ok(page(&SettingsApps { apps, page: member.page() }))
}

/// Lets one in no longer.
pub async fn end(Path(id): Path<String>, form: MemberForm) -> Answer {
    revoke(form.cx(), form.member(), id.parse().map_err(|_| Problem::missing())?).await?;
    Ok(go("/settings/apps"))
}

fn row(session: &SessionView) -> Option<AppRow> {
    Some(AppRow {
        id: session.id.to_string(),
        name: session.app_name.clone()?,
        website: None,
        scopes: session.scopes.clone(),
        created_ms: ms(session.created_at),
        used_ms: Some(ms(session.used_at)),
    })
}
