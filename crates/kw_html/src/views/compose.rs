//! Writing a post, changing it, deleting it.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::composer::{Composer, Proof, Purpose, StepUp};
use crate::part::form::{Complaint, FormErrors};
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// A page to write on.
#[derive(Debug, Template)]
#[template(path = "views/compose.html")]
pub struct Compose {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// What is being written.
    pub composer: Composer,
    /// The post that it answers.
    pub reply_to: Option<PostCard>,
}

/// A page to change a post on.
#[derive(Debug, Template)]
#[template(path = "views/edit_post.html")]
pub struct EditPost {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The post as it is.
    pub post: PostCard,
    /// What it will be.
    pub composer: Composer,
}

/// The question before a post is deleted.
#[derive(Debug, Template)]
#[template(path = "views/delete_post.html")]
pub struct DeletePost {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The post.
    pub post: PostCard,
}

impl View for Compose {
    const NAME: &'static str = "compose";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        match &self.composer.purpose {
            Purpose::Reply { handle, .. } => self.page.t1("compose-title-reply", "handle", handle),
            Purpose::Post | Purpose::Edit { .. } => self.page.t("compose-title").to_owned(),
        }
    }

    fn nav(&self) -> Nav {
        Nav::Compose
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/compose"), composer: samples::composer(), reply_to: None }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let post = samples::post();
        let mut reply = Self {
            page: samples::page(locale, "/compose?reply_to=115560000000000001"),
            composer: samples::reply_composer(&post),
            reply_to: Some(post),
        };
        reply.composer.errors = FormErrors::one("text", Complaint::TooLong(500));
        let needing = |proof| {
            let mut needing = Self::sample(locale);
            needing.composer.step_up = Some(StepUp { until_ms: samples::NOW_MS + 25 * 60_000, proof });
            needing
        };
        let options = format!("{{\"publicKey\":{{\"challenge\":\"{}\"}}}}", samples::CHALLENGE);
        vec![
            ("", Self::sample(locale)),
            ("reply", reply),
            ("step-up", needing(Proof::Passkey(options))),
            ("step-up-code", needing(Proof::Letter)),
        ]
    }
}

impl View for EditPost {
    const NAME: &'static str = "edit_post";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("edit-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let post = samples::own();
        let action = format!("{}/edit", post.url());
        let composer = Composer {
            purpose: Purpose::Edit { action: action.clone() },
            text: post.text.clone(),
            visibility: post.visibility,
            ..samples::composer()
        };
        Self { page: samples::page(locale, &action), post, composer }
    }
}

impl View for DeletePost {
    const NAME: &'static str = "delete_post";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("delete-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let post = samples::own();
        Self { page: samples::page(locale, &format!("{}/delete", post.url())), post }
    }
}
