//! `/@{handle}/{id}/delete`: the question before a post is deleted, and the deletion.

use axum::extract::Path;
use kw_app::post::delete;
use kw_html::page::Said;
use kw_html::views::DeletePost;

use super::find;
use crate::error::Problem;
use crate::pages::answer::{Answer, go_saying, page};
use crate::pages::form::MemberForm;
use crate::pages::visit::Member;

/// The question.
pub async fn show(member: Member, Path((handle, id)): Path<(String, String)>) -> Answer {
    let post = match find(&member, &handle, &id, "/delete").await? {
        Ok(post) if member.viewer.is(post.post.author) => post,
        Ok(_) => return Err(Problem::missing()),
        Err(elsewhere) => return Ok(elsewhere),
    };
    Ok(page(&DeletePost { post: member.cards().post(&post), page: member.page() }))
}

/// Deletes the post, and goes to its author's profile: the page that the question stood on is gone.
pub async fn submit(Path((handle, id)): Path<(String, String)>, form: MemberForm) -> Answer {
    let post = match find(&form, &handle, &id, "").await? {
        Ok(post) => post,
        Err(elsewhere) => return Ok(elsewhere),
    };
    delete(form.cx(), form.authority(), post.post.id).await?;
    Ok(go_saying(&format!("/@{}", post.author.account.handle), Said::Deleted))
}
