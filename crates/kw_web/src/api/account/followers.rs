//! `GET /api/v1/accounts/:id/{followers,following}`

use axum::Json;
use http::HeaderMap;
use kw_app::relationship::{list_followers, list_following};
use kw_domain::id::AccountId;

use super::{Found, find};
use crate::api::entity::Account;
use crate::api::{Call, Id, Listed};
use crate::params::Params;

/// Who follows an account; nobody, where its owner keeps that to themselves or it is taken down.
pub async fn followers(call: Call, Id(id): Id<AccountId>, params: Params) -> Listed<Account> {
    if matches!(find(&call, id).await?, Found::TakenDown(_)) {
        return Ok((HeaderMap::new(), Json(Vec::new())));
    }
    let window = params.window(40, 80)?;
    Ok(call.accounts(&list_followers(&call.cx, &call.viewer().await?, id, &window).await?))
}

/// Whom an account follows; nobody, where its owner keeps that to themselves or it is taken down.
pub async fn following(call: Call, Id(id): Id<AccountId>, params: Params) -> Listed<Account> {
    if matches!(find(&call, id).await?, Found::TakenDown(_)) {
        return Ok((HeaderMap::new(), Json(Vec::new())));
    }
    let window = params.window(40, 80)?;
    Ok(call.accounts(&list_following(&call.cx, &call.viewer().await?, id, &window).await?))
}
