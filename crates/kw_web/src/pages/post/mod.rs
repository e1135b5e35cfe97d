//! Pages and forms about posts.

pub mod compose;
pub mod create;
pub mod delete;
pub mod edit;
pub mod history;
pub mod people;
pub mod react;
pub mod show;
pub mod step_up;

use kw_app::view::PostView;
use kw_app::view::post::load_item;
use kw_domain::id::PostId;
use kw_html::part::composer::{Composer, LanguageChoice, Purpose};
use kw_html::part::form::FormErrors;

use super::absent;
use super::answer::go;
use super::view::post::visibility;
use super::visit::Visit;
use crate::error::Problem;
use crate::params::Params;
use axum::response::Response;
use kw_domain::language::{self, Language};

/// The number in a path as an id; what is no number names nothing.
pub fn id_of(text: &str) -> Result<PostId, Problem> {
    text.parse().map_err(|_| Problem::missing())
}

/// The post of `/@{handle}/{id}…`, or what is answered in its place: why it cannot be shown, or the way to where it is, under
/// its author's handle as that is spelt. `rest` is what
/// follows the id in the path.
pub async fn find(visit: &Visit, handle: &str, id: &str, rest: &str) -> Result<Result<PostView, Response>, Problem> {
    let item = match load_item(visit.cx(), &visit.viewer, id_of(id)?).await {
        Ok(item) => item,
        Err(failure) => return absent::of_post(visit, handle, failure).await.map(Err),
    };
    let post = item.post;
    let author = &post.author.account;
    // Of a boost the subject's page is the page.
    if author.handle != handle || item.boosted_by.is_some() {
        return Ok(Err(go(&format!("/@{}/{}{rest}", author.handle, post.post.id))));
    }
    Ok(Ok(post))
}

/// An empty form to write with, as its writer likes it.
pub fn composer(visit: &Visit, purpose: Purpose) -> Composer {
    let settings = visit.settings();
    let own_language = visit.preferences.language.clone();
    Composer {
        purpose,
        text: String::new(),
        spoiler_text: String::new(),
        visibility: visibility(visit.preferences.visibility),
        language: own_language.unwrap_or_else(|| visit.locale().tag().to_owned()),
        languages: languages(),
        characters_max: settings.post_characters_max as u64,
        idempotency_key: new_key(visit),
        step_up: None,
        errors: FormErrors::default(),
    }
}

/// The same form with what was typed into it.
pub fn typed(composer: Composer, params: &Params, errors: FormErrors) -> Result<Composer, Problem> {
    let chosen = params.word("visibility")?.and_then(kw_domain::post::Visibility::from_word);
    Ok(Composer {
        text: params.text("text")?.unwrap_or_default().to_owned(),
        spoiler_text: params.text("spoiler_text")?.unwrap_or_default().to_owned(),
        visibility: chosen.map_or(composer.visibility, visibility),
        language: params.word("language")?.unwrap_or(&composer.language).to_owned(),
        idempotency_key: params.word("idempotency_key")?.unwrap_or(&composer.idempotency_key).to_owned(),
        errors,
        ..composer
    })
}

/// The languages to write in.
pub fn languages() -> Vec<LanguageChoice> {
    let choice = |it: Language| LanguageChoice { code: it.code().to_owned(), name: it.native_name().to_owned() };
    language::common().map(choice).collect()
}

/// What makes sending a form twice post once.
fn new_key(visit: &Visit) -> String {
    format!("{:032x}", u128::from_be_bytes(visit.cx().random_bytes()))
}
