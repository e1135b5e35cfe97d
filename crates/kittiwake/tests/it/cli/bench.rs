//! Colonies and benches by the real binary: what is loaded is found in order, an interruption changes nothing, and every
//! scenario runs to its end.

use serde_json::Value;

use super::run::Command;

fn rows_of(report: &Value, table: usize) -> usize {
    report["tables"][table]["rows"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_colony_is_loaded_in_parts_and_examined_without_a_finding() {
    let command = Command::new();
    let place = command.path("colony").to_string_lossy().into_owned();
    let at = |arguments: &[&str]| command.run(&[arguments, &["--dir", &place, "--json"]].concat());
    let early = at(&["load", "follows"]).ended_with(1);
    assert!(early.contains("`kittiwake load accounts` comes first"), "{early}");
    let accounts: Value =
        serde_json::from_str(&at(&["load", "accounts", "--members", "300", "--follows", "10"]).out).expect("JSON");
    assert_eq!(accounts["rows"], 900);
    let follows: Value = serde_json::from_str(&at(&["load", "follows"]).out).expect("JSON");
    assert!(follows["rows"].as_u64() > Some(300) && follows["counts"].as_u64() > Some(300), "{follows}");
    let posts: Value = serde_json::from_str(&at(&["load", "posts", "--each", "2"]).out).expect("JSON");
    assert_eq!(posts["rows"], 4 * 600);
    assert_eq!(at(&["load", "posts", "--each", "2"]).out.trim(), "null", "all of it is there already");
    let out = command.process(&["doctor"]).env("KITTIWAKE_DATA", &place).output().expect("the binary can be run");
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
}

#[test]
fn no_colony_gets_into_a_directory_that_holds_something_else() {
    let command = Command::new();
    let place = command.path("used");
    std::fs::create_dir_all(&place).expect("a directory can be made");
    std::fs::write(place.join("network.db"), "what people wrote").expect("a file can be written");
    let said = command.run(&["load", "accounts", "--dir", &place.to_string_lossy()]).ended_with(1);
    assert!(said.contains("is not empty"), "{said}");
}

#[test]
fn every_scenario_runs_to_its_end_and_says_with_which_command() {
    let command = Command::new();
    let (place, json) = (command.path("bench"), command.path("report.json"));
    let (place, json_file) = (place.to_string_lossy(), json.to_string_lossy());
    let drawn = command.path("drawn");
    for scenario in ["load", "start", "standing", "followers", "post", "memory", "home", "day", "soak"] {
        let ran = command.run(&[
            "bench",
            scenario,
            "--quick",
            "--dir",
            &place,
            "--json",
            &json_file,
            "--svg",
            &drawn.to_string_lossy(),
        ]);
        assert_eq!(ran.status, 0, "{scenario}: {}{}", ran.out, ran.err);
        let text = std::fs::read_to_string(&json).expect("the report is written");
        let report: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(report["command"], format!("kittiwake bench {scenario} --quick"));
        assert!(rows_of(&report, 0) > 1, "{scenario}: {text}");
        assert_eq!(report["faults"], serde_json::json!([]), "{scenario}");
    }
    for plot in ["standing", "followers", "post", "home"] {
        assert!(drawn.join(format!("{plot}.svg")).is_file(), "{plot}");
    }
}
