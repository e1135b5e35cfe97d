//! What a post may say: cleaned, bounded, and read for whom it names and which tags it carries.

use crate::language::Language;
use crate::post::Body;
use crate::refusal::Refusal;
use crate::text::{MentionName, clean, limit, parse};

/// How many accounts a post may name: each is told by a row of its own in the one operation that posts.
pub const MENTIONS_MAX: usize = 20;
/// How many tags a post may carry: each lists it by a row of its own.
pub const TAGS_MAX: usize = 12;

/// What somebody wrote, as it came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The content warning; empty for none.
    pub spoiler_text: String,
    /// Whether pictures are covered. A content warning covers them anyway.
    pub sensitive: bool,
    /// A language tag in any usual form; an unknown one counts as none.
    pub language: Option<String>,
}

/// What a post will say, once it is known whom its names name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The body, without its mentions.
    pub body: Body,
    /// The names in the text, folded, in order, each once.
    pub names: Vec<MentionName>,
}

/// Whether `written` can be a post of at most `characters_max`, and what it then says.
pub fn read_words(written: &Written, characters_max: usize) -> Result<Words, Refusal> {
    let (text, spoiler_text) = (clean::body(&written.text), clean::body(&written.spoiler_text));
    limit::check_post(&text, &spoiler_text, characters_max)?;
    let parsed = parse(&text);
    let (names, tags) = (parsed.mentions, parsed.tags);
    if names.len() > MENTIONS_MAX {
        let sentence = format!("This post names {} accounts (at most {MENTIONS_MAX} are possible).", names.len());
        return Err(Refusal::invalid("status", "too_many_mentions", sentence));
    }
    if tags.len() > TAGS_MAX {
        let sentence = format!("This post has {} hashtags (at most {TAGS_MAX} are possible).", tags.len());
        return Err(Refusal::invalid("status", "too_many_tags", sentence));
    }
    let body = Body {
        sensitive: written.sensitive || !spoiler_text.is_empty(),
        language: written.language.as_deref().and_then(Language::parse).map(|language| language.code().to_owned()),
        mentions: Vec::new(),
        text,
        spoiler_text,
        tags,
    };
    Ok(Words { body, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Written {
        Written { text: text.to_owned(), ..Written::default() }
    }

    #[test]
    fn a_blank_post_is_refused() {
        assert_eq!(read_words(&written(" \n\u{200B}"), 500).unwrap_err().code, "empty");
    }

    #[test]
    fn a_long_post_is_refused_and_one_of_just_that_length_is_not() {
        assert_eq!(read_words(&written(&"é".repeat(501)), 500).unwrap_err().code, "too_long");
        assert!(read_words(&written(&"é".repeat(500)), 500).is_ok());
    }

    #[test]
    fn a_content_warning_covers_pictures() {
        let words = read_words(&Written { spoiler_text: "film".to_owned(), ..written("he dies") }, 500);
        assert!(words.expect("it is a fine post").body.sensitive);
    }

    #[test]
    fn an_unknown_language_is_none_and_a_region_is_dropped() {
        let language = |tag: &str| {
            let words = read_words(&Written { language: Some(tag.to_owned()), ..written("x") }, 500);
            words.expect("it is a fine post").body.language
        };
        assert_eq!(language("fr-CA").as_deref(), Some("fr"));
        assert_eq!(language("klingon"), None);
    }

    #[test]
    fn more_names_or_tags_than_one_operation_can_tell_are_refused() {
        let many = |sign: &str, count: usize| (0..count).map(|at| format!("{sign}n{at}")).collect::<Vec<_>>().join(" ");
        assert_eq!(read_words(&written(&many("@", 21)), 500).unwrap_err().code, "too_many_mentions");
        assert_eq!(read_words(&written(&many("#", 13)), 500).unwrap_err().code, "too_many_tags");
        let words = read_words(&written(&format!("{} {}", many("@", 20), many("#", 12))), 500)
            .expect("both are at their bound");
        assert_eq!((words.names.len(), words.body.tags.len()), (20, 12));
    }
}
