//! How long texts may be. Lengths are in characters that people see ([`super::length`]), of cleaned text.
//!
//! Each text has a bound in bytes too, because one visible character can be made of any number of bytes.

use super::length;
use super::{Subject, TextRefusal, clean};

/// The longest display name, in characters.
pub const DISPLAY_NAME_CHARS_MAX: usize = 30;
/// The longest bio, in characters; links and mentions count as in posts.
pub const NOTE_CHARS_MAX: usize = 500;
/// The longest name and the longest value of a profile field, in characters.
pub const FIELD_CHARS_MAX: usize = 255;
/// The longest post where the configuration says nothing else, in characters.
pub const POST_CHARS_DEFAULT: usize = 500;
/// The longest post with its content warning, in bytes, whatever the configuration says.
pub const POST_BYTES_MAX: usize = 32 * 1024;
/// Bytes a character may take on average: above the longest of the standard emoji (35 bytes) no writing needs more.
const CHAR_BYTES_MAX: usize = 36;

/// Whether a display name is short enough. It may be empty: the handle is shown instead.
pub fn check_display_name(name: &str) -> Result<(), TextRefusal> {
    check_line(name, Subject::DisplayName, DISPLAY_NAME_CHARS_MAX)
}

/// Whether a bio is short enough. It may be empty.
pub fn check_note(note: &str) -> Result<(), TextRefusal> {
    check_bytes(note.len(), Subject::Note, POST_BYTES_MAX)?;
    check_chars(length::count(note, ""), Subject::Note, NOTE_CHARS_MAX)
}

/// Whether a profile field is short enough. A value without a name is refused; the other way round is not.
pub fn check_field(name: &str, value: &str) -> Result<(), TextRefusal> {
    if clean::is_blank(name) && !clean::is_blank(value) {
        return Err(TextRefusal::Empty { subject: Subject::FieldName });
    }
    check_line(name, Subject::FieldName, FIELD_CHARS_MAX)?;
    check_line(value, Subject::FieldValue, FIELD_CHARS_MAX)
}

/// Whether a post has something to say, and is at most `chars_max` long with its content warning.
///
/// For a post that may be empty (one with a picture) use [`check_post_length`].
pub fn check_post(text: &str, spoiler: &str, chars_max: usize) -> Result<(), TextRefusal> {
    if clean::is_blank(text) && clean::is_blank(spoiler) {
        return Err(TextRefusal::Empty { subject: Subject::Post });
    }
    check_post_length(text, spoiler, chars_max)
}

/// Whether a post with its content warning is at most `chars_max` long.
pub fn check_post_length(text: &str, spoiler: &str, chars_max: usize) -> Result<(), TextRefusal> {
    check_bytes(text.len() + spoiler.len(), Subject::Post, POST_BYTES_MAX)?;
    check_chars(length::count(text, spoiler), Subject::Post, chars_max)
}

fn check_line(text: &str, subject: Subject, max: usize) -> Result<(), TextRefusal> {
    check_chars(length::graphemes(text), subject, max)?;
    check_bytes(text.len(), subject, max * CHAR_BYTES_MAX)
}

fn check_chars(count: usize, subject: Subject, max: usize) -> Result<(), TextRefusal> {
    if count > max { Err(TextRefusal::TooLong { subject, count, max }) } else { Ok(()) }
}

fn check_bytes(bytes: usize, subject: Subject, bytes_max: usize) -> Result<(), TextRefusal> {
    if bytes > bytes_max { Err(TextRefusal::TooLarge { subject, bytes_max }) } else { Ok(()) }
}
