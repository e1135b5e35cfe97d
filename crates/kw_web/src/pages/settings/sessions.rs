//! `/settings/sessions`: browsers that are signed in.

use axum::extract::Path;
use kw_app::session::{SessionView, list, revoke};
use kw_html::views::{SessionRow, SettingsSessions};

use super::browser;
use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::form::MemberForm;
use crate::pages::view::ms;
use crate::pages::visit::Member;

/// The sessions, the present one first.
pub async fn show(member: Member) -> Answer {
    let sessions = list(member.cx(), member.member()).await?;
    let mut rows: Vec<_> = sessions.iter().filter(|session| session.app_name.is_none()).map(row).collect();
    rows.sort_by_key(|row| !row.current);
    Ok(page(&SettingsSessions { sessions: rows, page: member.page() }))
}

/// Ends one.
pub async fn end(Path(id): Path<String>, form: MemberForm) -> Answer {
    revoke(form.cx(), form.member(), id.parse().map_err(|_| Problem::missing())?).await?;
    Ok(go("/settings/sessions"))
}

fn row(session: &SessionView) -> SessionRow {
    SessionRow {
        id: session.id.to_string(),
        browser: browser::name_of(&session.agent),
        // Addresses are not kept.
        address: String::new(),
        created_ms: ms(session.created_at),
        seen_ms: ms(session.used_at),
        current: session.is_current,
    }
}
