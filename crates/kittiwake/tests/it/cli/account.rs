//! `kittiwake account`.

use super::Command;

#[test]
fn a_created_account_gets_a_password_that_is_printed_once() {
    let command = Command::new();
    let made = command.run(&["account", "create", "ada", "--email", "ada@bay.example", "--json"]).json();
    assert!(made["password"].as_str().is_some_and(|password| password.len() >= 20), "{made}");
    let listed = command.run(&["account", "list", "--json"]).json();
    assert_eq!(listed[0]["handle"], "ada");
    assert_eq!(listed[0]["email"], "ada@bay.example");
    assert_eq!(listed[0]["state"], "present");
    assert!(!listed.to_string().contains(made["password"].as_str().unwrap_or_default()));
}

#[test]
fn a_given_password_is_not_printed() {
    let command = Command::new();
    let arguments = ["account", "create", "ada", "--password-stdin"];
    let said = command.run_with_input(&arguments, "three gulls on a bollard\n").well();
    assert!(said.contains("@ada can sign in") && !said.contains("gulls"), "{said}");
}

#[test]
fn a_handle_is_given_once() {
    let command = Command::new();
    command.run(&["account", "create", "ada"]).well();
    let said = command.run(&["account", "create", "Ada"]).ended_with(1);
    assert!(said.to_lowercase().contains("taken"), "{said}");
}

#[test]
fn a_password_that_anyone_guesses_is_refused() {
    let said = Command::new().run_with_input(&["account", "create", "ada", "--password-stdin"], "ada\n").ended_with(1);
    assert!(said.to_lowercase().contains("password"), "{said}");
}

#[test]
fn an_invitation_is_a_link_to_the_sign_up_page() {
    let made = Command::new().run(&["account", "invite", "--uses", "3", "--json"]).json();
    let (link, code) = (made["link"].as_str().unwrap_or_default(), made["code"].as_str().unwrap_or_default());
    assert!(!code.is_empty() && link == format!("http://localhost:8080/sign-up?invitation={code}"), "{made}");
    assert_eq!(made["uses"], 3);
}

#[test]
fn approving_somebody_who_does_not_wait_says_so() {
    let command = Command::new();
    command.run(&["account", "create", "ada"]).well();
    let said = command.run(&["account", "approve", "ada"]).ended_with(1);
    assert!(said.contains("nobody called @ada waits"), "{said}");
}
