//! `GET /api/v2/search`

use axum::Json;
use kw_app::search::{self, Slice, Wanted};

use crate::api::entity::Found;
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::Params;

/// What a query finds, of one sort or of all. All three lists are there either way.
pub async fn find(call: Call, params: Params) -> Answer<Found> {
    let wanted = match params.word("type")? {
        None => Wanted::All,
        Some("accounts") => Wanted::Accounts,
        Some("statuses") => Wanted::Posts,
        Some("hashtags") => Wanted::Tags,
        Some(_) => {
            return Err(Problem::invalid("type", "Validation failed: `type` is accounts, statuses or hashtags"));
        }
    };
    let slice = Slice { offset: params.offset(), limit: params.limit(20, 40) };
    let query = params.text("q")?.unwrap_or_default();
    let found = search::search(&call.cx, &call.viewer().await?, query, wanted, slice).await?;
    Ok(Json(call.writer().found(&found)))
}
