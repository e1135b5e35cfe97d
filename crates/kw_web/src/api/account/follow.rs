//! `POST /api/v1/accounts/:id/{follow,unfollow,remove_from_followers}`

use axum::Json;
use kw_app::relationship::{self, FollowChoices, remove_follower};
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::Relationship;
use crate::api::{Answer, Call, Id};
use crate::params::Params;

/// Follows an account, or asks to. A second call changes what is wanted of the follow.
pub async fn follow(call: Call, actor: Actor, Id(id): Id<AccountId>, params: Params) -> Answer<Relationship> {
    let languages = params.value("languages").is_some().then(|| params.words("languages")).transpose()?;
    let choices = FollowChoices {
        boosts: params.flag("reblogs")?,
        notify: params.flag("notify")?,
        languages: languages.map(|words| words.into_iter().map(str::to_owned).collect()),
    };
    let view = relationship::follow(&call.cx, actor.authority(), id, &choices).await?;
    Ok(Json(Relationship::of(view)))
}

/// Ends a follow, or takes a request back.
pub async fn unfollow(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = relationship::unfollow(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}

/// Removes a follower.
pub async fn remove_from_followers(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = remove_follower(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}
