//! Posts and boosts as cards.

use kw_app::view::{Item, PostView};
use kw_app::viewer::Viewer;
use kw_domain::post::Visibility as Audience;
use kw_html::SafeHtml;
use kw_html::part::post::{Counts, Marks, PostCard, ReplyTo, Rights, Visibility};

use super::account::chip;
use super::{ms, text};

/// Makes cards for one reader of one site.
#[derive(Debug, Clone, Copy)]
pub struct Cards<'a> {
    /// Who reads.
    pub viewer: &'a Viewer,
    /// Our domain.
    pub domain: &'a str,
}

impl Cards<'_> {
    /// An entry of a timeline.
    pub fn item(&self, item: &Item) -> PostCard {
        PostCard { boosted_by: item.boosted_by.as_ref().map(chip), ..self.post(&item.post) }
    }

    /// The entries of a page.
    pub fn items(&self, items: &[Item]) -> Vec<PostCard> {
        items.iter().map(|item| self.item(item)).collect()
    }

    /// A post.
    pub fn post(&self, view: &PostView) -> PostCard {
        let post = &view.post;
        let marks = view.marks.unwrap_or_default();
        PostCard {
            id: post.id.to_string(),
            author: chip(&view.author),
            boosted_by: None,
            reply_to: reply_to(view),
            created_ms: ms(post.created_at),
            edited_ms: post.edited_at.map(ms),
            visibility: visibility(post.visibility),
            language: post.body.language.clone(),
            spoiler: Some(post.body.spoiler_text.clone()).filter(|warning| !warning.is_empty()),
            content: self.content(view),
            text: post.body.text.clone(),
            counts: Counts {
                replies: view.counts.replies,
                boosts: view.counts.boosts,
                favourites: view.counts.favourites,
            },
            marks: Marks {
                boosted: marks.boosted,
                favourited: marks.favourited,
                bookmarked: marks.bookmarked,
                pinned: marks.pinned,
                muted: marks.muted,
            },
            rights: self.rights(view),
        }
    }

    /// The text as HTML, made once.
    fn content(&self, view: &PostView) -> SafeHtml {
        let make = |view: &PostView| text::post(&view.post.body.text, &view.mentions, self.domain).as_str().to_owned();
        SafeHtml::trusted(&*view.page_piece(make))
    }

    fn rights(&self, view: &PostView) -> Rights {
        if self.viewer.is(view.post.author) {
            Rights::Own
        } else if self.viewer.id.is_some() {
            Rights::Act
        } else {
            Rights::Read
        }
    }
}

fn reply_to(view: &PostView) -> Option<ReplyTo> {
    let answered = view.post.in_reply_to?;
    let handle = view.reply_to_handle.clone()?;
    Some(ReplyTo { url: Some(format!("/@{handle}/{}", answered.post)), handle })
}

/// For whom a post is, as pages call it.
pub const fn visibility(audience: Audience) -> Visibility {
    match audience {
        Audience::Public => Visibility::Public,
        Audience::Unlisted => Visibility::Unlisted,
        Audience::Private => Visibility::Followers,
        Audience::Direct => Visibility::Direct,
    }
}
