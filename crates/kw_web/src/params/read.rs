//! Reading values by name, as what a handler needs. What has the wrong shape is refused with a sentence that names it.

use kw_app::buckets::{End, Window};

use super::value::{File, Value};
use super::{Params, form};
use crate::error::Problem;

/// What a flag can be besides said.
pub type Flagged = Result<Option<bool>, Problem>;

/// The words for no. Everything else that is said is yes, as in Mastodon.
const NOES: [&str; 7] = ["0", "f", "F", "false", "FALSE", "off", "OFF"];

impl Params {
    /// The value at `name`, whatever its shape.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.find(name)
    }

    /// A plain text; the last one when it was repeated. May be empty.
    pub fn text(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Plain(texts)) => Ok(texts.last().map(String::as_str)),
            Some(other) => Err(wrong(name, "text", other)),
        }
    }

    /// A text that has to be there and not to be empty; 400 otherwise.
    pub fn needed_text(&self, name: &'static str) -> Result<&str, Problem> {
        let text = self.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| {
            let sentence = format!("The parameter `{name}` is missing.");
            Problem { field: Some(name), ..Problem::unreadable(sentence) }
        })
    }

    /// A text that is not empty.
    pub fn word(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        Ok(self.text(name)?.filter(|text| !text.is_empty()))
    }

    /// Yes or no. An empty text was not said.
    pub fn flag(&self, name: &'static str) -> Flagged {
        Ok(self.word(name)?.map(|text| !NOES.contains(&text)))
    }

    /// Yes or no, and no when nothing was said.
    pub fn is_on(&self, name: &'static str) -> Result<bool, Problem> {
        Ok(self.flag(name)?.unwrap_or(false))
    }

    /// A whole number.
    pub fn number(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.word(name)? else { return Ok(None) };
        let number = text.trim().parse().map_err(|_| Problem::invalid(name, format!("`{name}` is not a number.")))?;
        Ok(Some(number))
    }

    /// An id, as a number or a text. What is no id names nothing: 404.
    pub fn id<I: From64>(&self, name: &'static str) -> Result<Option<I>, Problem> {
        let Some(text) = self.word(name)? else { return Ok(None) };
        Ok(Some(text.parse().map(I::from_u64).map_err(|_| Problem::missing())?))
    }

    /// Ids in the order they were said; what is no id is left out, like an unknown one.
    pub fn ids<I: From64>(&self, name: &'static str) -> Result<Vec<I>, Problem> {
        Ok(self.words(name)?.iter().filter_map(|text| text.parse().ok().map(I::from_u64)).collect())
    }

    /// All texts of a list, in order, however it was written.
    pub fn words(&self, name: &'static str) -> Result<Vec<&str>, Problem> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        let mut words = Vec::new();
        for item in items(value) {
            match item {
                Value::Plain(texts) => words.extend(texts.iter().map(String::as_str)),
                other => return Err(wrong(name, "a list of texts", other)),
            }
        }
        Ok(words.into_iter().filter(|word| !word.is_empty()).collect())
    }

    /// The parts of a map or a list of maps, each to be read by name; in order.
    pub fn parts(&self, name: &'static str) -> Result<Vec<Self>, Problem> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        items(value).into_iter().map(|item| Self::of(name, item)).collect()
    }

    /// The map at `name`, to be read by name.
    pub fn part(&self, name: &'static str) -> Result<Self, Problem> {
        self.value(name).map_or_else(|| Ok(Self::default()), |value| Self::of(name, value))
    }

    fn of(name: &'static str, value: &Value) -> Result<Self, Problem> {
        let Value::Map(map) = value else { return Err(wrong(name, "named values", value)) };
        let mut params = Self::default();
        for (name, value) in map {
            params.0.insert(name, value.clone())?;
        }
        Ok(params)
    }

    /// A file. An empty text stands for none; any other text is refused.
    pub fn file(&self, name: &'static str) -> Result<Option<&File>, Problem> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::File(file)) => Ok(Some(file)),
            Some(Value::Plain(texts)) if texts.iter().all(String::is_empty) => Ok(None),
            Some(other) => Err(wrong(name, "a file", other)),
        }
    }

    /// How many are wanted. Too many are cut silently; `0`, negative numbers and text count as not said.
    pub fn limit(&self, default: usize, max: usize) -> usize {
        let said = self.text("limit").ok().flatten().and_then(|text| text.trim().parse::<usize>().ok());
        said.filter(|limit| *limit > 0).unwrap_or(default).min(max)
    }

    /// How many to leave out, of a list without ids to page by.
    pub fn offset(&self) -> usize {
        self.text("offset").ok().flatten().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
    }

    /// The page of a list that is wanted: `max_id`, `since_id`, `min_id`, `limit`.
    ///
    /// `since_id` asks for the newest page above an id, `min_id` for the page next to it: they look alike and are not.
    pub fn window(&self, default: usize, max: usize) -> Result<Window<u64>, Problem> {
        let (since, min) = (self.bound("since_id")?, self.bound("min_id")?);
        let from = if min.is_some() { End::Oldest } else { End::Newest };
        Ok(Window { below: self.bound("max_id")?, above: min.or(since), from, limit: self.limit(default, max) })
    }

    fn bound(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.word(name)? else { return Ok(None) };
        let id = text.trim().parse();
        id.map(Some)
            .map_err(|_| Problem { field: Some(name), ..Problem::unreadable(format!("`{name}` is not an id.")) })
    }

    /// The names and values of a query, decoded, in their order: what is handed on as it is.
    pub fn pairs_of_query(query: &str) -> Result<Vec<(String, String)>, Problem> {
        form::pairs(query.as_bytes()).collect()
    }
}

/// Something that is a 64-bit id.
pub trait From64 {
    /// The id with this number.
    fn from_u64(number: u64) -> Self;
}

macro_rules! from_64 {
    ($($name:ident),*) => {$(
        impl From64 for kw_domain::id::$name {
            fn from_u64(number: u64) -> Self {
                Self(number)
            }
        }
    )*};
}

from_64!(AccountId, AppId, ListId, NotificationId, PostId, RelationId, SessionId, InvitationId);

/// The items of a list, however it was written: `a[]`, a repeated or single `a`, or `a[0]`, `a[1]` in numeric order.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::List(items) => items.iter().collect(),
        Value::Map(map) if map.keys().all(|key| key.parse::<u32>().is_ok()) => {
            let mut items: Vec<_> = map.iter().map(|(key, value)| (key.parse::<u32>().unwrap_or(0), value)).collect();
            items.sort_by_key(|(index, _)| *index);
            items.into_iter().map(|(_, value)| value).collect()
        }
        other => vec![other],
    }
}

fn wrong(name: &'static str, wanted: &str, found: &Value) -> Problem {
    Problem::invalid(name, format!("`{name}` should be {wanted}, not {}.", found.shape()))
}
