//! `kittiwake staff`: the one thing it does, and everything that it does not.

use super::Command;
use crate::boot::server::Server;

/// The link to the founding that is in what somebody printed.
fn link_in(said: &str) -> Option<String> {
    let mut words = said.split_whitespace();
    words.find(|word| word.contains("/staff/found?code=")).map(str::to_owned)
}

/// The path and query of a link.
fn path_of(link: &str) -> &str {
    &link[link.find("/staff").expect("a link to staff's pages")..]
}

#[test]
fn the_first_start_prints_the_link_to_the_founding_and_later_ones_leave_it_good() {
    let command = Command::new().with("KITTIWAKE_LISTEN", "127.0.0.1:0");
    let mut server = Server::start(&command);
    let first = link_in(&server.greeting).expect("a server that nobody has founded prints a link");
    let page = server.get(path_of(&first));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("/staff/found/people"), "{page}");
    server.end_with("-TERM");

    let mut server = Server::start(&command);
    assert!(link_in(&server.greeting).is_none() && server.greeting.contains("kittiwake staff found"));
    assert!(server.get(path_of(&first)).starts_with("HTTP/1.1 200"));
    server.end_with("-TERM");
}

#[test]
fn a_new_link_is_made_while_no_server_runs_and_asked_for_elsewhere_while_one_does() {
    let command = Command::new().with("KITTIWAKE_LISTEN", "127.0.0.1:0");
    let made = command.run(&["staff", "found", "--json"]).json();
    let earlier = made["link"].as_str().expect("a link").to_owned();
    let said = command.run(&["staff", "found"]).well();
    let newer = link_in(&said).expect("a link");
    assert!(said.contains("Start the server"), "{said}");

    let mut server = Server::start(&command);
    let refused = command.run(&["staff", "found"]).ended_with(1);
    assert!(refused.contains("Stop it to get another one"), "{refused}");
    assert!(link_in(&server.greeting).is_none(), "{}", server.greeting);
    assert!(server.get(path_of(&newer)).starts_with("HTTP/1.1 200"), "the start has not changed it");
    assert!(server.get(path_of(&earlier)).starts_with("HTTP/1.1 404"), "the newer one took its place");
    server.end_with("-TERM");
}

#[test]
fn nothing_else_about_staff_is_done_at_the_command_line() {
    let command = Command::new();
    for words in [
        &["add", "ada"][..],
        &["remove", "ada"],
        &["promote", "ada", "--role", "trust_lead"],
        &["hide", "@ada"],
        &["sign-in"],
        &["founds"],
    ] {
        let said = command.run(&[&["staff"], words].concat()).ended_with(1);
        assert!(said.contains("no power over staff") && said.contains("/staff"), "{words:?}: {said}");
    }
    assert!(!command.path("data").exists(), "nothing was even opened");
    command.run(&["staff"]).ended_with(2);
}
