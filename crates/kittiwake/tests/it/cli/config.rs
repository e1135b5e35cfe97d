//! Help and configuration.

use super::Command;

#[test]
fn help_names_every_command_and_shows_examples() {
    let help = Command::new().run(&["--help"]).well();
    for command in ["serve", "demo", "account", "export", "import", "doctor", "config", "kittiwake account create ada"]
    {
        assert!(help.contains(command), "`{command}` is not in the help:\n{help}");
    }
}

#[test]
fn a_command_that_does_not_exist_is_refused_with_what_to_do() {
    let said = Command::new().run(&["acount"]).ended_with(2);
    assert!(said.contains("acount") && said.contains("account"), "{said}");
}

#[test]
fn an_unknown_key_stops_the_start_before_anything_is_created() {
    let command = Command::new().with("KITTIWAKE_LISEN", "127.0.0.1:1");
    let said = command.run(&[]).ended_with(2);
    assert!(said.contains("KITTIWAKE_LISEN is not a setting. Did you mean KITTIWAKE_LISTEN?"), "{said}");
    assert!(!command.path("data").exists());
}

#[test]
fn an_unknown_key_of_the_file_is_named_with_its_line() {
    let command = Command::new();
    std::fs::write(command.path("k.toml"), "# ours\n[site]\ntitel = \"Bay\"\n").expect("the place can be written to");
    let said = command.run(&["--config", "k.toml", "config", "check"]).ended_with(2);
    assert!(said.contains("k.toml, line 3: `titel` is not a setting. Did you mean `title`?"), "{said}");
}

#[test]
fn a_value_that_cannot_be_used_is_named_with_what_is_expected() {
    let command = Command::new().with("KITTIWAKE_POST_CHARACTERS_MAX", "many");
    let said = command.run(&["config", "check"]).ended_with(2);
    assert!(said.contains("KITTIWAKE_POST_CHARACTERS_MAX is \"many\", and should be a whole number"), "{said}");
}

#[test]
fn the_printed_example_can_be_used_as_it_is() {
    let command = Command::new();
    let example = command.run(&["config", "example"]).well();
    std::fs::write(command.path("k.toml"), example).expect("the place can be written to");
    assert_eq!(command.run(&["--config", "k.toml", "config", "check"]).well(), "The configuration can be used.\n");
}

#[test]
fn a_command_that_only_looks_makes_no_data_directory() {
    let command = Command::new();
    for arguments in [&["doctor"][..], &["account", "list"], &["export", "x.kw"]] {
        let said = command.run(arguments).ended_with(1);
        assert!(said.contains("there is no data in ./data"), "{said}");
        assert!(!command.path("data").exists() && !command.path("x.kw").exists());
    }
}

#[test]
fn another_origin_is_refused_and_changes_nothing() {
    let command = Command::new();
    command.run(&["account", "create", "ada"]).well();
    let elsewhere = command.with("KITTIWAKE_ORIGIN", "https://elsewhere.example");
    let said = elsewhere.run(&["account", "create", "ben"]).ended_with(1);
    assert!(said.contains("http://localhost:8080") && said.contains("https://elsewhere.example"), "{said}");
    let kept = elsewhere.with("KITTIWAKE_ORIGIN", "http://localhost:8080").run(&["account", "list", "--json"]).json();
    assert_eq!(kept.as_array().map(Vec::len), Some(1));
}
