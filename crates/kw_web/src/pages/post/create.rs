//! `POST /posts`: a post or an answer is sent.

use axum::response::Response;
use kw_app::post::{NewPost, create};
use kw_app::view::post::load_post;
use kw_domain::id::PostId;
use kw_domain::post::Visibility;
use kw_html::part::composer::Purpose;
use kw_html::part::form::FormErrors;
use kw_html::views::Compose;

use super::compose::reply_composer;
use super::{composer, step_up, typed};
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go};
use crate::pages::form::MemberForm;
use crate::pages::visit::Member;
use crate::pages::words::{self, Fields};
use crate::params::Params;

/// How the inputs are called here and in the client API.
const FIELDS: Fields =
    &[("status", "text"), ("spoiler_text", "spoiler_text"), ("visibility", ""), ("in_reply_to_id", "")];

/// Posts, and goes back to where it was written.
pub async fn submit(form: MemberForm) -> Answer {
    let params = &form.params;
    let new = NewPost {
        text: params.text("text")?.unwrap_or_default().to_owned(),
        spoiler_text: params.text("spoiler_text")?.unwrap_or_default().to_owned(),
        visibility: visibility_of(&form)?,
        language: params.word("language")?.map(str::to_owned),
        in_reply_to: params.id("in_reply_to_id")?,
        idempotency_key: params.word("idempotency_key")?.map(str::to_owned),
        sensitive: false,
        application: None,
    };
    let authority = match step_up::authority(&form).await? {
        Ok(authority) => authority,
        Err(errors) => return again(&form, params, new.in_reply_to, errors).await,
    };
    match create(form.cx(), &authority, &new).await {
        Ok(post) if new.in_reply_to.is_some() => Ok(go(&format!("/@{}/{}", post.author.account.handle, post.post.id))),
        Ok(_) => Ok(go(after_writing(form.back_or("/home")))),
        Err(failure) => {
            let errors = words::form_errors(failure, FIELDS, form.settings().post_characters_max)?;
            again(&form, params, new.in_reply_to, errors).await
        }
    }
}

/// Where it was written, so that the post is seen there; the page that is only for writing would be empty again.
fn after_writing(back: &str) -> &str {
    if back.starts_with("/compose") { "/home" } else { back }
}

fn visibility_of(form: &MemberForm) -> Result<Visibility, Problem> {
    let Some(word) = form.params.word("visibility")? else { return Ok(form.preferences.visibility) };
    Visibility::from_word(word).ok_or_else(|| Problem::invalid("visibility", "This is not one of the choices."))
}

async fn again(
    member: &Member,
    params: &Params,
    in_reply_to: Option<PostId>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let answered = match in_reply_to {
        Some(id) => load_post(member.cx(), &member.viewer, id).await.ok(),
        None => None,
    };
    let blank = match &answered {
        Some(post) => reply_composer(member, post),
        None => composer(member, Purpose::Post),
    };
    let reply_to = answered.as_ref().map(|post| member.cards().post(post));
    let composer = step_up::asking(member, typed(blank, params, errors)?).await?;
    Ok(form_again(&Compose { composer, reply_to, page: member.page() }))
}
