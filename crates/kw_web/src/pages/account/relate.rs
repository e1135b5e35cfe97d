//! `POST /accounts/{id}/{verb}`: follow, block, mute, note, remove, and the ways back.

use axum::extract::Path;
use axum::response::Response;
use kw_app::relationship::{self, FollowChoices, MuteChoices};
use serde_json::json;

use super::id_of;
use crate::pages::answer::{self, Answer, go};
use crate::pages::form::MemberForm;

/// The longest mute with an end, in seconds: ten years.
const MUTE_S_MAX: u64 = 10 * 365 * 24 * 3_600;

/// Follows somebody, or asks to.
pub async fn follow(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::follow(form.cx(), form.authority(), id_of(&id)?, &FollowChoices::default()).await?;
    Ok(done(&form))
}

/// Follows somebody no longer, or takes the request back.
pub async fn unfollow(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::unfollow(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Blocks somebody.
pub async fn block(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::block(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Blocks somebody no longer.
pub async fn unblock(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::unblock(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Mutes somebody, for `duration` seconds or, with 0, without an end.
pub async fn mute(Path(id): Path<String>, form: MemberForm) -> Answer {
    let seconds = form.params.number("duration")?.filter(|seconds| *seconds > 0);
    let choices =
        MuteChoices { notifications: true, duration_ms: seconds.map(|seconds| seconds.min(MUTE_S_MAX) * 1_000) };
    relationship::mute(form.cx(), form.authority(), id_of(&id)?, choices).await?;
    Ok(done(&form))
}

/// Mutes somebody no longer.
pub async fn unmute(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::unmute(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Ends somebody's follow of the member.
pub async fn remove_follower(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::remove_follower(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Writes a note about somebody that nobody else sees; an empty one takes it back.
pub async fn note(Path(id): Path<String>, form: MemberForm) -> Answer {
    let comment = form.params.text("comment")?.unwrap_or_default();
    relationship::note(form.cx(), form.authority(), id_of(&id)?, comment).await?;
    Ok(done(&form))
}

/// Lets somebody who asked follow the member.
pub async fn authorize(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::accept_request(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

/// Declines somebody's request.
pub async fn reject(Path(id): Path<String>, form: MemberForm) -> Answer {
    relationship::reject_request(form.cx(), form.authority(), id_of(&id)?).await?;
    Ok(done(&form))
}

fn done(form: &MemberForm) -> Response {
    if form.is_script { answer::json(json!({ "ok": true })) } else { go(form.back_or("/home")) }
}
