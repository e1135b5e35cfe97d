//! Messages of Fluent, parsed once.
//!
//! Messages without variables are resolved at the start: most strings of a page are a look-up. Plurals are chosen by
//! CLDR's rules through ICU4X before Fluent sees them, so that "41,7 M d'abonnés" gets the form that large round numbers
//! have in French; Fluent only selects by the name of the form.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::html::SafeHtml;
use crate::locale::Locale;

/// The files of each language: its tag, the file's name, its text.
pub const SOURCES: [(Locale, &str, &str); 18] = [
    (Locale::En, "site.ftl", include_str!("../../locale/en/site.ftl")),
    (Locale::En, "post.ftl", include_str!("../../locale/en/post.ftl")),
    (Locale::En, "account.ftl", include_str!("../../locale/en/account.ftl")),
    (Locale::En, "settings.ftl", include_str!("../../locale/en/settings.ftl")),
    (Locale::En, "state.ftl", include_str!("../../locale/en/state.ftl")),
    (Locale::En, "power.ftl", include_str!("../../locale/en/power.ftl")),
    (Locale::En, "staff.ftl", include_str!("../../locale/en/staff.ftl")),
    (Locale::En, "ledger.ftl", include_str!("../../locale/en/ledger.ftl")),
    (Locale::En, "refusal.ftl", include_str!("../../locale/en/refusal.ftl")),
    (Locale::Fr, "site.ftl", include_str!("../../locale/fr/site.ftl")),
    (Locale::Fr, "post.ftl", include_str!("../../locale/fr/post.ftl")),
    (Locale::Fr, "account.ftl", include_str!("../../locale/fr/account.ftl")),
    (Locale::Fr, "settings.ftl", include_str!("../../locale/fr/settings.ftl")),
    (Locale::Fr, "state.ftl", include_str!("../../locale/fr/state.ftl")),
    (Locale::Fr, "power.ftl", include_str!("../../locale/fr/power.ftl")),
    (Locale::Fr, "staff.ftl", include_str!("../../locale/fr/staff.ftl")),
    (Locale::Fr, "ledger.ftl", include_str!("../../locale/fr/ledger.ftl")),
    (Locale::Fr, "refusal.ftl", include_str!("../../locale/fr/refusal.ftl")),
];

/// A value for a variable of a message.
#[derive(Clone, Debug)]
pub struct Argument {
    name: String,
    value: String,
}

impl Argument {
    /// A value that is printed as it is.
    pub fn text(name: &str, value: impl Display) -> Self {
        Self { name: name.to_owned(), value: value.to_string() }
    }
}

/// The messages of one language.
pub struct Strings {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<&'static str, String>,
}

/// The messages of a language.
pub fn of(locale: Locale) -> &'static Strings {
    static ALL: OnceLock<[Strings; 2]> = OnceLock::new();
    let all = ALL.get_or_init(|| Locale::ALL.map(Strings::read));
    match locale {
        Locale::En => &all[0],
        Locale::Fr => &all[1],
    }
}

impl Strings {
    fn read(locale: Locale) -> Self {
        let tag = locale.tag().parse().expect("the tags of our languages are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks around each value would confuse those who copy text, and no language here mixes directions.
        bundle.set_use_isolating(false);
        let mut names = Vec::new();
        for (_, file, source) in SOURCES.into_iter().filter(|(of, _, _)| *of == locale) {
            let resource = FluentResource::try_new(source.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("locale/{}/{file} cannot be read: {errors:?}", locale.tag()));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("locale/{}/{file} repeats a message: {errors:?}", locale.tag()));
            names.extend(source.lines().filter_map(message_name));
        }
        let mut strings = Self { bundle, plain: HashMap::new() };
        for name in names {
            let mut errors = Vec::new();
            let words = strings.resolve(name, None, &mut errors);
            if errors.is_empty() {
                strings.plain.insert(name, words.into_owned());
            }
        }
        strings
    }

    /// A message without variables. An unknown one prints its name; tests keep that from happening.
    pub fn plain(&'static self, key: &str) -> &'static str {
        self.plain.get(key).map_or("\u{26a0}", String::as_str)
    }

    /// A message with its variables.
    pub fn format(&self, key: &str, arguments: &[Argument]) -> String {
        let mut values = FluentArgs::with_capacity(arguments.len());
        for argument in arguments {
            values.set(argument.name.as_str(), FluentValue::from(argument.value.as_str()));
        }
        self.resolve(key, Some(&values), &mut Vec::new()).into_owned()
    }

    /// A message with HTML in some of its places. Each such place is held by a control character that no message and no
    /// escaped text contains, until the rest is escaped.
    pub fn format_html(&self, key: &str, html: &[(&str, SafeHtml)], arguments: &[Argument]) -> SafeHtml {
        let mut all = arguments.to_vec();
        for (index, (name, _)) in html.iter().enumerate() {
            all.push(Argument::text(name, placeholder(index)));
        }
        let mut words = SafeHtml::text(&self.format(key, &all)).as_str().to_owned();
        for (index, (_, value)) in html.iter().enumerate() {
            words = words.replace(placeholder(index), value.as_str());
        }
        SafeHtml::trusted(words)
    }

    fn resolve<'a>(
        &'a self,
        key: &str,
        arguments: Option<&'a FluentArgs<'_>>,
        errors: &mut Vec<fluent_bundle::FluentError>,
    ) -> Cow<'a, str> {
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, arguments, errors),
            None => Cow::Owned(format!("\u{26a0} {key}")),
        }
    }
}

fn placeholder(index: usize) -> char {
    if index == 0 { '\u{1}' } else { '\u{2}' }
}

/// The name of the message that begins on this line of a Fluent file.
fn message_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim_end();
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts_well && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).then_some(name)
}
