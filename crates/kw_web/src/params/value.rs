//! The nested value that a request said, and how names like `a[b][]` put a leaf into it.

use std::collections::BTreeMap;

use super::{DEPTH_MAX, NAME_BYTES_MAX, VALUES_MAX};
use crate::error::Problem;

/// A file of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What the sender calls its type. Not to be trusted.
    pub content_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A value that was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A plain value, as often as its name was repeated; never empty. JSON's numbers and booleans are the same as text.
    Plain(Vec<String>),
    /// A file.
    File(File),
    /// A list: `a[]`, or an array.
    List(Vec<Value>),
    /// Values by name: `a[b]`, or an object.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// A plain value said once.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(vec![text.into()])
    }

    /// What one word calls its shape, for sentences.
    pub fn shape(&self) -> &'static str {
        match self {
            Self::Plain(_) => "text",
            Self::File(_) => "a file",
            Self::List(_) => "a list",
            Self::Map(_) => "a set of named values",
        }
    }
}

/// Everything a request said, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    values: BTreeMap<String, Value>,
    count: usize,
}

impl Tree {
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn find(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Puts a value where `name` (`a`, `a[]`, `a[b][c]`) says.
    pub fn insert(&mut self, name: &str, value: Value) -> Result<(), Problem> {
        self.count += 1;
        if self.count > VALUES_MAX {
            return Err(Problem::unreadable(format!("There are more than {VALUES_MAX} values in this request.")));
        }
        let path = split_name(name)?;
        let Some((first, rest)) = path.split_first() else { return Ok(()) };
        put(&mut self.values, first, rest, value)
    }

    /// Values of `other` take the place of those with the same name.
    pub fn replace_with(&mut self, other: Self) {
        self.values.extend(other.values);
    }
}

/// `a[b][]` is `a`, `b` and an empty name.
fn split_name(name: &str) -> Result<Vec<&str>, Problem> {
    if name.len() > NAME_BYTES_MAX {
        return Err(Problem::unreadable(format!("A parameter's name is longer than {NAME_BYTES_MAX} bytes.")));
    }
    let Some((first, rest)) = name.split_once('[').filter(|(first, _)| !first.is_empty()) else {
        return Ok(vec![name]);
    };
    let mut path = vec![first];
    path.extend(rest.trim_end_matches(']').split("]["));
    if path.len() > DEPTH_MAX {
        return Err(Problem::unreadable(format!("Parameters are nested deeper than {DEPTH_MAX} levels.")));
    }
    Ok(path)
}

fn put(map: &mut BTreeMap<String, Value>, name: &str, rest: &[&str], value: Value) -> Result<(), Problem> {
    let Some(held) = map.get_mut(name) else {
        map.insert(name.to_owned(), grow(rest, value));
        return Ok(());
    };
    merge(held, name, rest, value)
}

/// The value at the end of a path that nothing was put at before.
fn grow(path: &[&str], value: Value) -> Value {
    match path.split_first() {
        None => value,
        Some((&"", rest)) => match value {
            // A list at `"a[]"` in JSON is the list itself.
            Value::List(_) if rest.is_empty() => value,
            value => Value::List(vec![grow(rest, value)]),
        },
        Some((name, rest)) => Value::Map(BTreeMap::from([((*name).to_owned(), grow(rest, value))])),
    }
}

fn merge(held: &mut Value, name: &str, path: &[&str], value: Value) -> Result<(), Problem> {
    match (held, path.split_first()) {
        (Value::Plain(texts), None) => match value {
            Value::Plain(more) => texts.extend(more),
            _ => return Err(contradiction(name)),
        },
        (Value::List(items), Some((&"", rest))) => match (rest.split_first(), items.last_mut()) {
            // `a[][x]=1&a[][y]=2&a[][x]=3` are two things: a name that comes again begins the next one.
            (Some((next, deeper)), Some(Value::Map(last))) if !last.contains_key(*next) => {
                last.insert((*next).to_owned(), grow(deeper, value));
            }
            _ => items.push(grow(rest, value)),
        },
        (Value::Map(map), Some((next, rest))) if !next.is_empty() => put(map, next, rest, value)?,
        _ => return Err(contradiction(name)),
    }
    Ok(())
}

fn contradiction(name: &str) -> Problem {
    Problem::unreadable(format!("The parameter `{name}` is said in two ways that do not fit together."))
}
