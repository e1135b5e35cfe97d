//! The evening replayed by the real binary: what it says came out, and what is left in its directory.

use serde_json::Value;

use crate::cli::run::Command;

/// How long the account was gone in 2017, in milliseconds.
const ELEVEN_MINUTES: u64 = 11 * 60_000;

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_evening_comes_out_as_claimed_and_leaves_ledgers_that_anybody_can_check() {
    let command = Command::new();
    let (place, page) = (command.path("play"), command.path("evening.html"));
    let (place, file) = (place.to_string_lossy(), page.to_string_lossy());
    let ran = command.run(&["replay", "--followers", "2000", "--json", "--dir", &place, "--html", &file]);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let failed: Vec<_> = list(&report, "claims").iter().filter(|claim| claim["holds"] != true).collect();
    assert!(failed.is_empty(), "{failed:#?}\n{:#?}", report["tried"]);
    assert_eq!((ran.status, &report["holds"], &report["followers"]), (0, &true.into(), &2_000.into()));
    assert!(report["verdict"].as_str().is_some_and(|verdict| verdict.starts_with("HOLDS: ")), "{}", report["verdict"]);

    let [as_in_2017, last_day, colleagues] = list(&report, "acts") else { panic!("three acts") };
    let gone = |act: &Value| (list(act, "gone").len(), act["gone_ms"].as_u64().unwrap_or_default());
    assert!(matches!(gone(as_in_2017), (1, ms) if ms >= ELEVEN_MINUTES), "{as_in_2017:#}");
    assert_eq!(gone(last_day), (0, 0));
    assert_eq!(gone(colleagues).0, 1);
    for act in [as_in_2017, last_day, colleagues] {
        assert_eq!(act["verified"]["whole"], true, "{}", act["verified"]);
        assert_eq!(list(act, "torn").len(), 0, "every surface at once");
    }
    assert_eq!(
        (&as_in_2017["verified"]["made_up_floor"], &last_day["verified"]["made_up_floor"]),
        (&true.into(), &false.into())
    );
    let tried = list(&report, "tried");
    assert!(tried.len() >= 20, "{} things were tried", tried.len());
    assert!(tried.iter().all(|one| one["outcome"] == one["claimed"] && one["is_there"] == true), "{tried:#?}");
    assert!(tried.iter().any(|one| one["entry"].is_u64()), "what somebody who leaves signs is recorded");
    let drawn = std::fs::read_to_string(page).expect("the page was written");
    assert!(drawn.starts_with("<!doctype html>") && drawn.matches("<svg").count() == 3);

    for (act, is_made_up) in [("as-in-2017", true), ("with-kittiwake", false)] {
        let there = format!("{place}/{act}");
        let at = |arguments: &[&str]| {
            let out = command.process(arguments).env("KITTIWAKE_DATA", &there).output().expect("the binary can be run");
            let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
            (out.status.success(), said)
        };
        let (is_whole, said) = at(&["ledger", "verify"]);
        assert!(is_whole && said.contains("MADE-UP FLOOR") == is_made_up, "{said}");
        let (is_served, said) = at(&["account", "invite"]);
        assert_eq!(is_served, !is_made_up, "{said}");
        assert_eq!(said.contains("made-up rules that protect nobody"), is_made_up, "{said}");
    }
    let other = command.run(&["replay", "--followers", "3000", "--dir", &place]).ended_with(1);
    assert!(other.contains("holds a play with 2000 followers"), "{other}");
}
