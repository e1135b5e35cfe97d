//! What the operator decides: one struct a concern, one file, and an environment variable for every key.
//!
//! `concern` declares the keys, `kind` says what their values may be, `source` finds them in the file and in the
//! environment, `document` writes the example file and the reference page from the same declarations. Deliberately
//! absent: standing, powers, anything that decides about somebody's account.

pub mod concern;
pub mod document;
mod kind;
mod source;

use std::path::Path;

pub use concern::Config;
pub use kind::{LogFormat, Secret, Switch};

/// Begins every environment variable of ours.
pub const PREFIX: &str = "KITTIWAKE_";
/// Names the file; the one variable that is no key of it.
pub const FILE_VARIABLE: &str = "KITTIWAKE_CONFIG";

/// Everything that is wrong with a configuration, one sentence a finding.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot be used:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads the file, if one is named, and the environment, which overrides it. Names everything that is wrong.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut source = source::Source::default();
        if let Some(path) = file {
            source.add_file(path);
        }
        source.add_environment(environment);
        let config = Self::gather(&mut source);
        match (config, source.complaints) {
            (Some(config), complaints) if complaints.is_empty() => Ok(config),
            (_, complaints) => Err(ConfigError(complaints)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let mut written = tempfile::Builder::new().suffix(".toml").tempfile().expect("a temporary file can be made");
        written.write_all(file.as_bytes()).expect("it can be written");
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::load(Some(written.path()), environment).map_err(|error| error.to_string())
    }

    #[test]
    fn every_default_is_valid() {
        let config = Config::load(None, []).expect("the defaults are a configuration");
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert!(config.server.origin.is_none());
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let config = load("[site]\ntitle = \"File\"\n", &[("KITTIWAKE_TITLE", "Environment")]);
        assert_eq!(config.expect("both are valid").site.title, "Environment");
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_its_neighbour() {
        let error = load("[server]\nlisen = \"127.0.0.1:1\"\n", &[]).expect_err("there is no such key");
        assert!(error.contains("line 2: `lisen` is not a setting. Did you mean `listen`?"), "{error}");
    }

    #[test]
    fn an_unknown_variable_is_named_with_its_neighbour() {
        let error = load("", &[("KITTIWAKE_ORIGINS", "x")]).expect_err("there is no such variable");
        assert!(error.contains("KITTIWAKE_ORIGINS is not a setting. Did you mean KITTIWAKE_ORIGIN?"), "{error}");
    }

    #[test]
    fn a_key_in_the_wrong_section_is_told_where_it_belongs() {
        let error = load("[server]\ntitle = \"x\"\n", &[]).expect_err("the title is the site's");
        assert!(error.contains("`title` belongs in [site]"), "{error}");
        let error = load("title = \"x\"\n", &[]).expect_err("the title is the site's");
        assert!(error.contains("`title` belongs in [site]"), "{error}");
    }

    #[test]
    fn an_unknown_section_is_named_with_its_neighbour() {
        let error = load("[sight]\n", &[]).expect_err("there is no such section");
        assert!(error.contains("line 1: [sight] is not a section. Did you mean [site]?"), "{error}");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let error = load("[server]\nlisten = \"8080\"\n", &[("KITTIWAKE_REGISTRATIONS", "maybe")]);
        let error = error.expect_err("both are wrong");
        assert!(error.contains("line 2: `listen` is \"8080\", and should be an address and a port"), "{error}");
        assert!(error.contains("KITTIWAKE_REGISTRATIONS is \"maybe\", and should be one of"), "{error}");
    }

    #[test]
    fn a_file_that_is_not_toml_is_refused_with_its_line() {
        let error = load("[server]\nlisten = \n", &[]).expect_err("there is no value");
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn an_origin_is_a_scheme_a_host_and_nothing_else() {
        for wrong in ["example.org", "ftp://example.org", "https://example.org/x", "https://me:pw@example.org"] {
            let error = load("", &[("KITTIWAKE_ORIGIN", wrong)]).expect_err("not an origin");
            assert!(error.contains("KITTIWAKE_ORIGIN"), "{error}");
        }
        let config = load("", &[("KITTIWAKE_ORIGIN", "https://example.org")]).expect("an origin");
        assert_eq!(config.server.origin.expect("it was set").as_str(), "https://example.org/");
    }

    #[test]
    fn secrets_appear_neither_in_errors_nor_in_debug() {
        let error = load("", &[("KITTIWAKE_SMTP_URL", "http://hunter2")]).expect_err("not a mail server");
        assert!(error.contains("KITTIWAKE_SMTP_URL") && !error.contains("hunter2"), "{error}");
        let url = "smtps://me:hunter2@mail.example.org";
        let config = load("", &[("KITTIWAKE_SMTP_URL", url), ("KITTIWAKE_SMTP_FROM", "a@example.org")]);
        assert!(!format!("{:?}", config.expect("valid")).contains("hunter2"));
    }

    #[test]
    fn mail_needs_a_sender() {
        let error = load("", &[("KITTIWAKE_SMTP_URL", "smtps://mail.example.org")]).expect_err("there is no sender");
        assert!(error.contains("`smtp_from`"), "{error}");
    }

    #[test]
    fn no_key_decides_about_anybodys_account() {
        for section in concern::SECTIONS {
            for key in section.keys {
                for word in ["standing", "suspend", "unavailable", "limited", "hidden", "staff", "admin"] {
                    assert!(!key.name.contains(word), "`{}` sounds like a power", key.name);
                }
            }
        }
    }

    #[test]
    fn every_key_has_a_name_of_its_own_and_says_what_it_is_for() {
        let mut names = std::collections::BTreeSet::new();
        for section in concern::SECTIONS {
            for key in section.keys {
                assert!(names.insert(key.name), "`{}` is there twice, and would share its variable", key.name);
                assert!(!key.about.is_empty(), "`{}` says nothing", key.name);
            }
        }
    }
}
