//! What a proposal says beside its prose, for the statement of reasons that its owner reads: against what, how the house came
//! to know, whether a machine found it. Together with the prose it is the facts to which the statement commits.

use kw_ledger::jcs::Value;

/// What stands beside the prose. The words are those of the page's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Against the rules or the law.
    pub against: String,
    /// How the house came to know.
    pub source: String,
    /// Whether a machine found it.
    pub found_by_machine: bool,
}

/// Facts as a statement commits to them: text where nothing stands beside it, else a map.
pub(super) fn write(prose: &str, details: Option<&Details>) -> Vec<u8> {
    let Some(details) = details else { return Value::text(prose).to_bytes() };
    let by_machine = if details.found_by_machine { "yes" } else { "no" };
    Value::map([
        ("against", Value::text(&details.against)),
        ("facts", Value::text(prose)),
        ("found_by_machine", Value::text(by_machine)),
        ("source", Value::text(&details.source)),
    ])
    .to_bytes()
}

/// The prose and what stands beside it; none where it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Option<(String, Option<Details>)> {
    let value = Value::parse(bytes).ok()?;
    if let Some(prose) = value.as_text() {
        return Some((prose.to_owned(), None));
    }
    let map = value.as_map()?;
    let text = |name: &str| map.get(name).and_then(Value::as_text).map(str::to_owned);
    let details = Details {
        against: text("against")?,
        source: text("source")?,
        found_by_machine: text("found_by_machine")? == "yes",
    };
    Some((text("facts")?, Some(details)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_as_they_were_written() {
        let details = Details { against: "law".to_owned(), source: "notice".to_owned(), found_by_machine: true };
        for details in [None, Some(details)] {
            let read = read(&write("Two posts.", details.as_ref()));
            assert_eq!(read, Some(("Two posts.".to_owned(), details)));
        }
        assert_eq!(read(b"[]"), None);
    }
}
