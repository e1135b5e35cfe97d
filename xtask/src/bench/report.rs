//! What `kittiwake bench` wrote as JSON, put into BENCHMARKS.md: between the marks of its scenario, and nowhere else.

use std::fmt::Write;

use serde_json::Value;

/// Puts `words` between the marks of a scenario; `None` where the text has lost them.
pub fn replace(text: &str, scenario: &str, words: &str) -> Option<String> {
    let (opening, closing) = (format!("<!-- measured: {scenario} -->"), format!("<!-- end: {scenario} -->"));
    let (before, rest) = text.split_once(&opening)?;
    let (_, after) = rest.split_once(&closing)?;
    Some(format!("{before}{opening}\n\n{}\n\n{closing}{after}", words.trim()))
}

/// A report as Markdown: its tables, its plots, the machine and the one command behind all of it.
pub fn words(report: &Value) -> String {
    let mut out = String::new();
    for table in list(&report["tables"]) {
        let line = |cells: &[Value]| {
            let cells: Vec<&str> = cells.iter().filter_map(Value::as_str).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let columns = list(&table["columns"]);
        let _infallible = write!(out, "**{}**\n\n{}", text(&table["title"]), line(columns));
        let _infallible = writeln!(out, "|{}", "---|".repeat(columns.len()));
        out.extend(list(&table["rows"]).iter().map(|row| line(list(row))));
        out.push('\n');
    }
    for plot in list(&report["plots"]) {
        let _infallible =
            write!(out, "![{}](docs/pictures/bench/{}.svg)\n\n", text(&plot["title"]), text(&plot["name"]));
    }
    out + &format!("{} · `{}`\n", text(&report["machine"]), text(&report["command"]))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_of_a_scenario_is_replaced() {
        let old = "a\n<!-- measured: home -->\nold\n<!-- end: home -->\nb\n<!-- measured: post -->\nkept\n<!-- end: post -->\n";
        let new = replace(old, "home", "new\n").expect("the marks are there");
        assert!(
            new.starts_with("a\n") && new.contains("\nnew\n") && !new.contains("old") && new.contains("kept"),
            "{new}"
        );
        assert_eq!(replace(old, "day", "new"), None);
    }

    #[test]
    fn a_report_becomes_tables_with_their_command() {
        let report = serde_json::json!({
            "machine": "2 cores", "command": "kittiwake bench home", "plots": [{"name": "home", "title": "Home"}],
            "tables": [{"title": "Warm", "columns": ["a", "b"], "rows": [["1", "2"]]}],
        });
        let expected = "**Warm**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Home](docs/pictures/bench/home.svg)\n\n2 cores · `kittiwake bench home`\n";
        assert_eq!(words(&report), expected);
    }
}
