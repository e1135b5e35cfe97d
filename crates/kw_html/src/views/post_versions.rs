//! How a post was changed.

use askama::Template;

use crate::html::SafeHtml;
use crate::page::Page;
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// All versions of a post.
#[derive(Debug, Template)]
#[template(path = "views/post_versions.html")]
pub struct PostVersions {
    /// What surrounds it.
    pub page: Page,
    /// The post as it is now.
    pub post: PostCard,
    /// Its versions, newest first, the present one included.
    pub versions: Vec<Version>,
}

/// A post as it once was.
#[derive(Clone, Debug)]
pub struct Version {
    /// When it was written like this, in Unix milliseconds.
    pub at_ms: i64,
    /// The content warning.
    pub spoiler: Option<String>,
    /// The text, rendered and sanitised.
    pub content: SafeHtml,
}

impl View for PostVersions {
    const NAME: &'static str = "post_versions";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("versions-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let post = samples::edited();
        Self {
            page: samples::page(locale, &format!("{}/history", post.url())),
            versions: samples::versions(&post),
            post,
        }
    }
}
