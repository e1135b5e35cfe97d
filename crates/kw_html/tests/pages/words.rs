//! What the files of words must keep to: nothing missing, nothing unused, the same in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kw_html::Locale;
use kw_html::locale::SOURCES;
use kw_html::samples::all;

/// The messages of a language: name and variables.
fn messages(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, file, source) in SOURCES.into_iter().filter(|(of, _, _)| *of == locale) {
        let mut name = None;
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (key, _) = line.split_once('=').expect("a message has a value");
                let key = key.trim().to_owned();
                assert!(!messages.contains_key(&key), "{key} is twice in {file}");
                messages.insert(key.clone(), BTreeSet::new());
                name = Some(key);
            }
            let Some(name) = &name else { continue };
            let variables = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect::<String>()
            });
            messages.get_mut(name).expect("it was just put in").extend(variables);
        }
    }
    messages
}

/// The text of all files below a folder.
fn texts(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            texts(&path, all);
        } else {
            all.push_str(&fs::read_to_string(&path).expect("sources are text"));
        }
    }
}

/// The names of messages that code and templates ask for, by the ways there are to ask.
fn used() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    texts(&root.join("src"), &mut sources);
    texts(&root.join("templates"), &mut sources);
    let ways =
        ["t", "t1", "t2", "tn", "count", "count_long", "count_exact", "count_bold", "rich1", "rich2", "count_rich1"];
    let calls = ways.iter().map(|way| format!(".{way}(")).chain(["key(".to_owned()]);
    let mut used = BTreeSet::new();
    for call in calls {
        for rest in sources.split(&call).skip(1) {
            if let Some(name) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                used.insert(name.to_owned());
            }
        }
    }
    used
}

#[test]
fn every_message_that_is_asked_for_exists_in_each_language() {
    for locale in Locale::ALL {
        let known = messages(locale);
        let missing: Vec<_> = used().into_iter().filter(|name| !known.contains_key(name)).collect();
        assert!(missing.is_empty(), "missing in {}: {missing:?}", locale.tag());
    }
}

#[test]
fn every_message_is_asked_for() {
    let used = used();
    let unused: Vec<_> = messages(Locale::En).into_keys().filter(|name| !used.contains(name)).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

#[test]
fn the_languages_have_the_same_messages_with_the_same_variables() {
    let english = messages(Locale::En);
    for locale in Locale::ALL {
        assert_eq!(messages(locale), english, "{}", locale.tag());
    }
}

#[test]
fn no_page_shows_a_missing_word_or_an_unfilled_variable() {
    for locale in Locale::ALL {
        for page in all(locale) {
            let spot = page.html.find('\u{26a0}').or_else(|| page.html.find("{$")).or_else(|| page.html.find("{ $"));
            let around = spot.map(|at| &page.html[at.saturating_sub(60)..(at + 20).min(page.html.len())]);
            assert!(around.is_none(), "{} ({}): {around:?}", page.name, locale.tag());
        }
    }
}

#[test]
fn french_has_its_spaces_and_quotation_marks() {
    for (_, file, source) in SOURCES.into_iter().filter(|(locale, _, _)| *locale == Locale::Fr) {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            for mark in [" ?", " !", " ;", " :", " »", "« ", "'"] {
                assert!(!line.contains(mark), "{file}: {mark:?} in {line:?}");
            }
        }
    }
}

#[test]
fn pages_differ_between_the_languages() {
    let pairs = all(Locale::En).into_iter().zip(all(Locale::Fr));
    for (english, french) in pairs {
        assert_eq!(english.name, french.name);
        assert!(french.html.contains("<html lang=\"fr\""), "{}", french.name);
        assert_ne!(english.html, french.html);
    }
}
