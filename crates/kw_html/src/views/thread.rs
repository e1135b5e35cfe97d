//! A post with what it answers and what answers it.

use askama::Template;

use crate::page::Page;
use crate::part::composer::Composer;
use crate::part::post::PostCard;
use crate::view::{Card, Indexing, View};
use crate::{Locale, samples};

/// A post in its thread.
#[derive(Debug, Template)]
#[template(path = "views/thread.html")]
pub struct Thread {
    /// What surrounds it.
    pub page: Page,
    /// What it answers, oldest first.
    pub ancestors: Vec<PostCard>,
    /// The post.
    pub post: PostCard,
    /// What answers it, in the order of the tree.
    pub descendants: Vec<PostCard>,
    /// Where to answer it. Nothing when the viewer cannot.
    pub reply: Option<Composer>,
    /// Whether search engines may keep the page: the author's choice, and only of public posts.
    pub discoverable: bool,
}

impl View for Thread {
    const NAME: &'static str = "thread";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t2("thread-title", "name", &self.post.author.name, "text", self.post.excerpt(60))
    }

    fn description(&self) -> String {
        self.post.excerpt(200)
    }

    fn canonical(&self) -> Option<String> {
        Some(self.post.url())
    }

    fn card(&self) -> Card {
        Card::Article
    }

    fn picture(&self) -> Option<String> {
        self.post.author.avatar.clone()
    }

    fn indexing(&self) -> Indexing {
        if self.discoverable { Indexing::Allowed } else { Indexing::Refused }
    }

    fn sample(locale: Locale) -> Self {
        let (ancestors, post, descendants) = samples::thread();
        Self {
            page: samples::page(locale, &post.url()),
            reply: Some(samples::reply_composer(&post)),
            ancestors,
            post,
            descendants,
            discoverable: true,
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut alone = Self::sample(locale);
        alone.page = alone.page.signed_out();
        alone.post = samples::read_only(samples::post());
        alone.ancestors.clear();
        alone.descendants.clear();
        alone.reply = None;
        vec![("", Self::sample(locale)), ("alone", alone)]
    }
}
