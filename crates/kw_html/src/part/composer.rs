//! Where posts are written.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::part::form::FormErrors;
use crate::part::post::Visibility;

/// A post that is being written.
#[derive(Clone, Debug)]
pub struct Composer {
    /// Whether this makes a new post or changes one.
    pub purpose: Purpose,
    /// What was written so far.
    pub text: String,
    /// The content warning. Empty when there is none.
    pub spoiler_text: String,
    /// Who will see it.
    pub visibility: Visibility,
    /// Its language, as a BCP 47 tag.
    pub language: String,
    /// The languages to choose from.
    pub languages: Vec<LanguageChoice>,
    /// Most characters, a link counting as 23.
    pub characters_max: u64,
    /// What makes sending twice post once. Fresh for each form.
    pub idempotency_key: String,
    /// That each post needs the owner's passkey for now.
    pub step_up: Option<StepUp>,
    /// What was wrong with it.
    pub errors: FormErrors,
}

/// For half an hour each new post needs the owner's own passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepUp {
    /// When that ends, in Unix milliseconds.
    pub until_ms: i64,
    /// How the owner shows that it is them.
    pub proof: Proof,
}

/// How an owner shows that it is them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// With a passkey: the request options for the browser, as JSON.
    Passkey(String),
    /// With a code of their app.
    Code,
    /// With a code that was sent to their e-mail address.
    Letter,
}

impl StepUp {
    /// The request options of a passkey, where that is the way.
    fn passkey_options(&self) -> Option<&str> {
        match &self.proof {
            Proof::Passkey(options) => Some(options),
            Proof::Code | Proof::Letter => None,
        }
    }

    /// The message that says what is needed.
    fn what_key(&self) -> &'static str {
        match self.proof {
            Proof::Passkey(_) => key("composer-step-up-passkey"),
            Proof::Code => key("composer-step-up-code"),
            Proof::Letter => key("composer-step-up-letter"),
        }
    }
}

impl Composer {
    /// The request options of the passkey that this post needs.
    fn passkey_options(&self) -> Option<&str> {
        self.step_up.as_ref().and_then(StepUp::passkey_options)
    }
}

/// What a composer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new post.
    Post,
    /// An answer.
    Reply {
        /// The id of the post that is answered, in decimal.
        post: String,
        /// The handle of its author.
        handle: String,
    },
    /// Another version of a post.
    Edit {
        /// The path of the form: `/@handle/ID/edit`.
        action: String,
    },
}

/// A language to write in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageChoice {
    /// Its BCP 47 tag.
    pub code: String,
    /// Its own name for itself.
    pub name: String,
}

impl Composer {
    /// The path that the form is sent to.
    pub fn action(&self) -> &str {
        match &self.purpose {
            Purpose::Edit { action } => action,
            Purpose::Post | Purpose::Reply { .. } => "/posts",
        }
    }

    /// The post that is answered.
    pub fn reply_post(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Reply { post, .. } => Some(post),
            Purpose::Post | Purpose::Edit { .. } => None,
        }
    }

    /// Whether it changes a post that exists.
    pub fn is_edit(&self) -> bool {
        matches!(self.purpose, Purpose::Edit { .. })
    }

    /// The name under which the browser keeps a draft.
    pub fn draft_name(&self) -> String {
        match &self.purpose {
            Purpose::Post => "new".to_owned(),
            Purpose::Reply { post, .. } => format!("reply-{post}"),
            Purpose::Edit { action } => format!("edit-{action}"),
        }
    }
}

/// Prints a [`Composer`].
#[derive(Debug, Template)]
#[template(path = "part/composer.html")]
pub struct ComposerPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// What is being written.
    pub composer: &'a Composer,
}

impl askama::filters::HtmlSafe for ComposerPart<'_> {}

impl Page {
    /// The form to write with.
    pub fn composer<'a>(&'a self, composer: &'a Composer) -> ComposerPart<'a> {
        ComposerPart { page: self, composer }
    }
}
