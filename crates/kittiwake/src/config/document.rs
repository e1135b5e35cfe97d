//! The example file and the reference page, written from the declarations. A test compares both with the copies that
//! people read.

use std::fmt::Write as _;

use super::concern::{Key, SECTIONS};
use super::kind::Shape;

/// A file with every key at its default, commented out.
pub fn example() -> String {
    let mut out = String::from(
        "# Kittiwake's configuration. Everything here is optional; what is commented out is the default.\n\
         # Start with: kittiwake --config kittiwake.toml\n\
         # Every key can also be set by an environment variable, which overrides this file: its name in capitals\n\
         # behind KITTIWAKE_, so `listen` is KITTIWAKE_LISTEN.\n",
    );
    for section in SECTIONS {
        out.push('\n');
        push_comment(&mut out, section.about);
        let _ = writeln!(out, "[{}]", section.name);
        for key in section.keys {
            out.push('\n');
            push_comment(&mut out, key.about);
            let _ = writeln!(out, "# {}.", sentence(&(key.expected)()));
            let _ = writeln!(out, "# {} = {}", key.name, toml_of(key));
        }
    }
    out
}

/// The reference page, in Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# Configuration\n\n\
         <!-- Written by `kittiwake config reference`. Change crates/kittiwake/src/config/concern.rs instead. -->\n\n\
         Kittiwake runs without any configuration. What you want to change goes into one TOML file, named with\n\
         `--config FILE` or `KITTIWAKE_CONFIG`, or into environment variables, which override the file. Every key has its\n\
         variable. `kittiwake config example` prints a file with every key; `kittiwake config check` says whether yours can\n\
         be used, without starting anything.\n\n\
         A key, section or `KITTIWAKE_` variable that Kittiwake does not know is an error, and so is a value that it cannot\n\
         use: the server does not start, and names each of them.\n\n\
         In the environment a list is written one item a line.\n",
    );
    for section in SECTIONS {
        let _ = writeln!(out, "\n## [{}]\n\n{}", section.name, joined(section.about));
        for key in section.keys {
            let _ = writeln!(out, "\n### `{}`\n\n{}\n", key.name, joined(key.about));
            let _ = writeln!(out, "- Variable: `{}`", key.variable());
            let _ = writeln!(out, "- Default: {}", shown_default(key));
            let _ = writeln!(out, "- Expected: {}", (key.expected)());
        }
    }
    out
}

fn push_comment(out: &mut String, lines: &[&str]) {
    for line in lines {
        let _ = writeln!(out, "#{}", line.trim_end());
    }
}

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn toml_of(key: &Key) -> String {
    match key.shape {
        Shape::Text | Shape::Secret => format!("{:?}", key.default),
        Shape::Number => key.default.to_owned(),
        Shape::List => format!("{:?}", key.default.lines().collect::<Vec<_>>()),
    }
}

fn shown_default(key: &Key) -> String {
    if key.default.is_empty() { "not set".to_owned() } else { format!("`{}`", toml_of(key)) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn kept(path: &str) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        std::fs::read_to_string(root.join(path)).unwrap_or_default()
    }

    #[test]
    fn the_kept_example_is_what_the_declarations_say() {
        assert_eq!(kept("kittiwake.example.toml"), example(), "run: kittiwake config example > kittiwake.example.toml");
    }

    #[test]
    fn the_kept_reference_is_what_the_declarations_say() {
        assert_eq!(
            kept("docs/configuration.md"),
            reference(),
            "run: kittiwake config reference > docs/configuration.md"
        );
    }

    #[test]
    fn the_example_with_every_key_uncommented_is_a_configuration() {
        let is_key = |line: &&str| {
            SECTIONS.iter().flat_map(|it| it.keys).any(|key| line.starts_with(&format!("# {} = ", key.name)))
        };
        let text: String = example()
            .lines()
            .map(|line| if is_key(&line) { line.trim_start_matches("# ") } else { line })
            .flat_map(|line| [line, "\n"])
            .collect();
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        std::fs::write(file.path(), &text).expect("it can be written");
        super::super::Config::load(Some(file.path()), []).expect("the example is valid");
        assert_eq!(text.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).count(), keys_count());
    }

    fn keys_count() -> usize {
        SECTIONS.iter().map(|section| section.keys.len()).sum()
    }
}
