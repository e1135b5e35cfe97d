//! JSON bodies.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::value::{Tree, Value};
use super::{DEPTH_MAX, VALUES_MAX};
use crate::error::Problem;

/// Reads an object. What is `null` was not said.
pub fn read(bytes: &[u8]) -> Result<Tree, Problem> {
    let json: Json = serde_json::from_slice(bytes)
        .map_err(|error| Problem::unreadable(format!("The body is not valid JSON (line {}).", error.line())))?;
    let members = match json {
        Json::Object(members) => members,
        Json::Null => return Ok(Tree::default()),
        _ => return Err(Problem::unreadable("The body is JSON, but not an object.")),
    };
    let mut tree = Tree::default();
    let mut budget = Budget(VALUES_MAX);
    for (name, json) in members {
        if let Some(value) = budget.value(json, 1)? {
            tree.insert(&name, value)?;
        }
    }
    Ok(tree)
}

/// How many values may still be read.
struct Budget(usize);

impl Budget {
    fn value(&mut self, json: Json, depth: usize) -> Result<Option<Value>, Problem> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| Problem::unreadable("There are too many values in the body."))?;
        if depth > DEPTH_MAX {
            return Err(Problem::unreadable(format!("The body is nested deeper than {DEPTH_MAX} levels.")));
        }
        Ok(Some(match json {
            Json::Null => return Ok(None),
            Json::Bool(flag) => Value::plain(flag.to_string()),
            Json::Number(number) => Value::plain(number.to_string()),
            Json::String(text) => Value::plain(text),
            Json::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.extend(self.value(item, depth + 1)?);
                }
                Value::List(list)
            }
            Json::Object(members) => {
                let mut map = BTreeMap::new();
                for (name, json) in members {
                    if let Some(value) = self.value(json, depth + 1)? {
                        map.insert(name, value);
                    }
                }
                Value::Map(map)
            }
        }))
    }
}
