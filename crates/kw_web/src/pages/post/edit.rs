//! `/@{handle}/{id}/edit`: changing what a post says.

use axum::extract::Path;
use axum::response::Response;
use kw_app::post::{Edited, edit};
use kw_app::view::PostView;
use kw_html::part::composer::{Composer, Purpose};
use kw_html::part::form::FormErrors;
use kw_html::views::EditPost;

use super::{composer, find, step_up, typed};
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, page};
use crate::pages::form::MemberForm;
use crate::pages::view::post::visibility;
use crate::pages::visit::Member;
use crate::pages::words::{self, Fields};

/// How the inputs are called here and in the client API.
const FIELDS: Fields = &[("status", "text"), ("spoiler_text", "spoiler_text")];

/// The form.
pub async fn show(member: Member, Path((handle, id)): Path<(String, String)>) -> Answer {
    let post = match find(&member, &handle, &id, "/edit").await? {
        Ok(post) => own(&member, post)?,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let composer = step_up::asking(&member, filled(&member, &post)).await?;
    Ok(page(&view(&member, &post, composer)))
}

/// Changes the post, and goes to it.
pub async fn submit(Path((handle, id)): Path<(String, String)>, form: MemberForm) -> Answer {
    let post = match find(&form, &handle, &id, "").await? {
        Ok(post) => own(&form, post)?,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let spoiler_text = form.params.text("spoiler_text")?.unwrap_or_default().to_owned();
    let edited = Edited {
        text: form.params.text("text")?.unwrap_or_default().to_owned(),
        // Without pictures the warning is all that covers anything.
        sensitive: !spoiler_text.trim().is_empty(),
        spoiler_text,
        language: form.params.word("language")?.map(str::to_owned),
    };
    let authority = match step_up::authority(&form).await? {
        Ok(authority) => authority,
        Err(errors) => return again(&form, &post, errors).await,
    };
    match edit(form.cx(), &authority, post.post.id, &edited).await {
        Ok(post) => Ok(go(&format!("/@{}/{}", post.author.account.handle, post.post.id))),
        Err(failure) => {
            let errors = words::form_errors(failure, FIELDS, form.settings().post_characters_max)?;
            again(&form, &post, errors).await
        }
    }
}

/// Whoever may not change a post does not learn more than that this page is not theirs.
fn own(member: &Member, post: PostView) -> Result<PostView, Problem> {
    if member.viewer.is(post.post.author) { Ok(post) } else { Err(Problem::missing()) }
}

fn filled(member: &Member, post: &PostView) -> Composer {
    let action = format!("/@{}/{}/edit", post.author.account.handle, post.post.id);
    let blank = composer(member, Purpose::Edit { action });
    Composer {
        text: post.post.body.text.clone(),
        spoiler_text: post.post.body.spoiler_text.clone(),
        visibility: visibility(post.post.visibility),
        language: post.post.body.language.clone().unwrap_or_else(|| blank.language.clone()),
        ..blank
    }
}

fn view(member: &Member, post: &PostView, composer: Composer) -> EditPost {
    EditPost { post: member.cards().post(post), composer, page: member.page() }
}

async fn again(form: &MemberForm, post: &PostView, errors: FormErrors) -> Result<Response, Problem> {
    let composer = step_up::asking(form, typed(filled(form, post), &form.params, errors)?).await?;
    Ok(form_again(&view(form, post, composer)))
}
