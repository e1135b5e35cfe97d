//! Finding values: in the file, with the line they stand on, and in the environment. What nobody knows is refused with
//! its nearest neighbour.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::concern::{Key, SECTIONS, Section};
use super::kind::{Kind, Raw, Shape};
use super::{FILE_VARIABLE, PREFIX};

/// What was found, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Source {
    found: BTreeMap<String, Found>,
    /// One sentence for everything that is wrong.
    pub complaints: Vec<String>,
}

/// A value and how to name it in a sentence: "`listen`" with its line, or its variable.
#[derive(Debug)]
struct Found {
    raw: Raw,
    name: String,
}

impl Source {
    /// Takes note of something that is wrong.
    pub fn complain(&mut self, what: impl Into<String>) {
        self.complaints.push(what.into());
    }

    /// Reads a TOML file.
    pub fn add_file(&mut self, path: &Path) {
        match std::fs::read_to_string(path) {
            Ok(text) => self.add_text(&path.display().to_string(), &text),
            Err(error) => self.complain(format!("{} cannot be read: {error}", path.display())),
        }
    }

    fn add_text(&mut self, path: &str, text: &str) {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                return self.complain(format!("{path}, line {line}: this is not TOML: {}", error.message()));
            }
        };
        for (name, value) in table.get_ref() {
            let place = format!("{path}, line {}", line_of(text, name.span().start));
            let name: &str = name.get_ref();
            match (value.get_ref(), SECTIONS.iter().find(|section| section.name == name)) {
                (DeValue::Table(keys), Some(section)) => self.add_section(path, text, section, keys),
                (DeValue::Table(_), None) => {
                    let nearest = nearest(name, SECTIONS.iter().map(|section| section.name.to_owned()));
                    self.complain(format!("{place}: [{name}] is not a section. Did you mean [{nearest}]?"));
                }
                (_, _) => self.complain(format!("{place}: {}", misplaced(name, None))),
            }
        }
    }

    fn add_section(&mut self, path: &str, text: &str, section: &Section, keys: &DeTable<'_>) {
        for (name, value) in keys {
            let place = format!("{path}, line {}", line_of(text, name.span().start));
            let name: &str = name.get_ref();
            if !section.keys.iter().any(|key| key.name == name) {
                self.complain(format!("{place}: {}", misplaced(name, Some(section))));
                continue;
            }
            match raw_of(value) {
                Some(raw) => self.add(name, raw, format!("{place}: `{name}`")),
                None => self.complain(format!("{place}: `{name}` should be a text, a number or a list of texts")),
            }
        }
    }

    /// Reads every variable that begins as ours do.
    pub fn add_environment(&mut self, environment: impl IntoIterator<Item = (String, String)>) {
        let mut ours: Vec<_> = environment.into_iter().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        ours.sort();
        for (variable, value) in ours {
            if variable == FILE_VARIABLE {
                continue;
            }
            if let Some(key) = keys().find(|key| key.variable() == variable) {
                self.add(key.name, Raw::Text(value), variable);
            } else {
                let nearest = nearest(&variable, keys().map(Key::variable).chain([FILE_VARIABLE.to_owned()]));
                self.complain(format!("{variable} is not a setting. Did you mean {nearest}?"));
            }
        }
    }

    fn add(&mut self, key: &str, raw: Raw, name: String) {
        self.found.insert(key.to_owned(), Found { raw, name });
    }

    /// The value of a key; complains when it is none of its kind.
    pub fn read<K: Kind>(&mut self, key: &str, default: &str) -> Option<K::Value> {
        let Some(Found { raw, name }) = self.found.remove(key) else {
            return K::read(&Raw::Text(default.to_owned()));
        };
        let value = K::read(&raw);
        if value.is_none() {
            let shown = match (&raw, K::SHAPE) {
                (_, Shape::Secret) => "not a value it can have (it is not shown here)".to_owned(),
                (Raw::Text(text), _) => format!("{text:?}"),
                (Raw::List(items), _) => format!("{items:?}"),
            };
            self.complain(format!("{name} is {shown}, and should be {}", K::expected()));
        }
        value
    }
}

fn keys() -> impl Iterator<Item = &'static Key> {
    SECTIONS.iter().flat_map(|section| section.keys)
}

/// What to say of a key that does not stand where it was found.
fn misplaced(name: &str, here: Option<&Section>) -> String {
    let holds = |section: &&Section| section.keys.iter().any(|key| key.name == name);
    if let Some(section) = SECTIONS.iter().find(holds) {
        return format!("`{name}` belongs in [{}]", section.name);
    }
    // Sections do not matter to whoever mistyped: the nearest key of this section first, else of all.
    let nearest = match here {
        Some(section) => nearest(name, section.keys.iter().map(|key| key.name.to_owned())),
        None => nearest(name, keys().map(|key| key.name.to_owned())),
    };
    format!("`{name}` is not a setting. Did you mean `{nearest}`?")
}

fn nearest(name: &str, all: impl Iterator<Item = String>) -> String {
    let name = name.to_lowercase();
    all.min_by_key(|other| strsim::damerau_levenshtein(&name, &other.to_lowercase())).unwrap_or_default()
}

fn raw_of(value: &Spanned<DeValue<'_>>) -> Option<Raw> {
    match value.get_ref() {
        DeValue::String(text) => Some(Raw::Text(text.to_string())),
        DeValue::Integer(number) => Some(Raw::Text(number.as_str().to_owned())),
        DeValue::Float(number) => Some(Raw::Text(number.as_str().to_owned())),
        DeValue::Boolean(value) => Some(Raw::Text(value.to_string())),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
            Some(Raw::List(items.collect::<Option<_>>()?))
        }
        DeValue::Datetime(_) | DeValue::Table(_) => None,
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
