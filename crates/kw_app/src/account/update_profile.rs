//! What an owner says of their account.

use kw_domain::account::Account;
use kw_domain::refusal::Refusal;
use kw_domain::text::{clean, limit};
use sha2::{Digest, Sha256};

use crate::account::words::{ensure_words, words_of};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, PICTURE};
use crate::feed::Event;
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::picture::{self, Picture, PictureUse};
use crate::rows::{AccountRow, PictureRow};
use crate::session::Member;

/// Fields of a profile.
pub const FIELDS_MAX: usize = 4;
/// Bytes of the hash in a picture's name: enough that no two pictures of one account share it.
const NAME_BYTES: usize = 12;

/// A change of a profile; `None` leaves as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange<'a> {
    /// The name shown; empty for none.
    pub display_name: Option<&'a str>,
    /// The description.
    pub note: Option<&'a str>,
    /// All fields, name and value; those with neither are left out.
    pub fields: Option<&'a [(String, String)]>,
    /// The picture beside posts.
    pub avatar: PictureChange<'a>,
    /// The picture above the profile.
    pub header: PictureChange<'a>,
    /// The switches.
    pub flags: FlagChanges,
}

/// A change of a picture.
#[derive(Debug, Clone, Copy, Default)]
pub enum PictureChange<'a> {
    /// As it is.
    #[default]
    Keep,
    /// None.
    Remove,
    /// The uploaded file.
    New(&'a [u8]),
}

/// Changes of a profile's switches; `None` leaves as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct FlagChanges {
    /// Whether follows must be approved.
    pub locked: Option<bool>,
    /// Whether it posts by itself.
    pub bot: Option<bool>,
    /// Whether it may be suggested and listed.
    pub discoverable: Option<bool>,
    /// Whether its posts may be searched.
    pub indexable: Option<bool>,
    /// Whether followers and following are kept from others.
    pub hide_collections: Option<bool>,
}

/// Changes a member's profile. A new picture gets a new name, and so a new address.
pub async fn update_profile(cx: &Context, member: &Member, change: &ProfileChange<'_>) -> Result<Account, Failure> {
    let words = Words::read(change)?;
    let avatar = convert(change.avatar, PictureUse::Avatar).await?;
    let header = convert(change.header, PictureUse::Header).await?;
    let new = New { words, flags: change.flags, avatar, header };
    retry(|| update_once(cx, member, &new)).await
}

async fn update_once(cx: &Context, member: &Member, new: &New) -> Result<Account, Failure> {
    let id = member.account;
    let row = cx.find(&ACCOUNT, &id, &Only).await?.ok_or_else(Refusal::missing)?;
    let before = row.value;
    let after = new.applied(before.clone());
    if after == before {
        return Ok(after.account(id));
    }
    let mut draft = cx.draft(member.authority());
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &after);
    new.avatar.ensure(&mut draft, member, before.avatar.as_ref());
    new.header.ensure(&mut draft, member, before.header.as_ref());
    let words = |row: &AccountRow| words_of(&row.handle, &row.display_name);
    ensure_words(&mut draft, id, &words(&before), &words(&after));
    draft.tell(Event::account(id));
    cx.perform(draft).await?;
    Ok(after.account(id))
}

/// A checked change.
#[derive(Debug)]
struct New {
    words: Words,
    flags: FlagChanges,
    avatar: NewPicture,
    header: NewPicture,
}

#[derive(Debug)]
struct Words {
    display_name: Option<String>,
    note: Option<String>,
    fields: Option<Vec<(String, String)>>,
}

impl Words {
    fn read(change: &ProfileChange<'_>) -> Result<Self, Refusal> {
        let display_name = change.display_name.map(clean::line);
        let note = change.note.map(clean::body);
        display_name.as_deref().map_or(Ok(()), limit::check_display_name)?;
        note.as_deref().map_or(Ok(()), limit::check_note)?;
        let fields = change.fields.map(read_fields).transpose()?;
        Ok(Self { display_name, note, fields })
    }
}

fn read_fields(written: &[(String, String)]) -> Result<Vec<(String, String)>, Refusal> {
    let cleaned = written.iter().map(|(name, value)| (clean::line(name), clean::line(value)));
    let fields: Vec<_> = cleaned.filter(|(name, value)| !name.is_empty() || !value.is_empty()).collect();
    if fields.len() > FIELDS_MAX {
        let sentence = format!("A profile has at most {FIELDS_MAX} fields.");
        return Err(Refusal::invalid("fields_attributes", "too_many", sentence));
    }
    for (name, value) in &fields {
        limit::check_field(name, value)?;
    }
    Ok(fields)
}

impl New {
    fn applied(&self, mut row: AccountRow) -> AccountRow {
        row.display_name = self.words.display_name.clone().unwrap_or(row.display_name);
        row.note = self.words.note.clone().unwrap_or(row.note);
        if let Some(fields) = &self.words.fields {
            // A field that says the same as before keeps its verification.
            let verified = |(name, value): &(String, String)| {
                let known = row.fields.iter().find(|known| known.0 == *name && known.1 == *value);
                (name.clone(), value.clone(), known.and_then(|known| known.2))
            };
            row.fields = fields.iter().map(verified).collect();
        }
        row.avatar = self.avatar.applied(row.avatar);
        row.header = self.header.applied(row.header);
        row.locked = self.flags.locked.unwrap_or(row.locked);
        row.bot = self.flags.bot.unwrap_or(row.bot);
        row.discoverable = self.flags.discoverable.unwrap_or(row.discoverable);
        row.indexable = self.flags.indexable.unwrap_or(row.indexable);
        row.hide_collections = self.flags.hide_collections.unwrap_or(row.hide_collections);
        row
    }
}

/// A change of a picture, converted.
#[derive(Debug)]
enum NewPicture {
    Keep,
    Remove,
    New { name: String, row: PictureRow },
}

impl NewPicture {
    fn applied(&self, before: Option<String>) -> Option<String> {
        match self {
            Self::Keep => before,
            Self::Remove => None,
            Self::New { name, .. } => Some(name.clone()),
        }
    }

    /// Puts the new picture and takes the old one away.
    fn ensure(&self, draft: &mut Draft, member: &Member, before: Option<&String>) {
        let after = self.applied(before.cloned());
        if let Some(old) = before.filter(|old| after.as_ref() != Some(old)) {
            draft.ensure_gone(&PICTURE, (&member.account, old));
        }
        if let Self::New { name, row } = self {
            draft.ensure(&PICTURE, (&member.account, name), row);
        }
    }
}

async fn convert(change: PictureChange<'_>, purpose: PictureUse) -> Result<NewPicture, Failure> {
    let file = match change {
        PictureChange::Keep => return Ok(NewPicture::Keep),
        PictureChange::Remove => return Ok(NewPicture::Remove),
        PictureChange::New(file) => file.to_vec(),
    };
    let converted = tokio::task::spawn_blocking(move || picture::convert(&file, purpose)).await;
    let picture = converted.map_err(|error| Failure::Outside(format!("converting a picture: {error}")))?;
    let picture = picture.map_err(|refused| refused.of(purpose))?;
    Ok(NewPicture::New { name: name_of(&picture, purpose), row: row_of(picture) })
}

/// What the picture is for stands in its name, so that avatar and header never share a row.
fn name_of(picture: &Picture, purpose: PictureUse) -> String {
    let word = match purpose {
        PictureUse::Avatar => "avatar",
        PictureUse::Header => "header",
    };
    let ending = if picture.content_type == "image/png" { "png" } else { "jpg" };
    let hash = Sha256::digest(&picture.bytes);
    let hash = hash.iter().take(NAME_BYTES).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    format!("{word}-{hash:024x}.{ending}")
}

fn row_of(picture: Picture) -> PictureRow {
    PictureRow { content_type: picture.content_type.to_owned(), bytes: picture.bytes }
}
