//! `/follow-requests`: who asks to follow the member.

use kw_app::relationship::list_requests;
use kw_html::views::FollowRequests;

use super::rows;
use crate::pages::answer::{Answer, page};
use crate::pages::list;
use crate::pages::visit::Member;
use crate::params::Params;

/// A page of requests.
pub async fn show(member: Member, params: Params) -> Answer {
    let window = list::window(&params, list::ROWS)?;
    let shown = list_requests(member.cx(), member.authority(), &window).await?;
    let view = FollowRequests {
        accounts: rows(&member, &shown.items).await?,
        pager: list::pager("/follow-requests", &window, &shown),
        page: member.page(),
    };
    Ok(page(&view))
}
