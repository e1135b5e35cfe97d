//! Start, stop, kill, and a second process.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::Server;
use crate::cli::run::Command;

fn place() -> Command {
    Command::new().with("KITTIWAKE_LISTEN", "127.0.0.1:0")
}

#[test]
fn the_first_start_says_where_it_is_and_what_to_do_first() {
    let mut server = Server::start(&place());
    assert!(server.greeting.contains(" is open at http://localhost:"), "{}", server.greeting);
    assert!(server.greeting.contains("sign up"), "{}", server.greeting);
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));
    assert_eq!(server.end_with("-TERM"), Some(0));
}

#[test]
fn ctrl_c_stops_it_cleanly() {
    let mut server = Server::start(&place());
    assert_eq!(server.end_with("-INT"), Some(0));
}

#[test]
fn a_connection_that_says_nothing_does_not_hold_up_the_end() {
    let mut server = Server::start(&place());
    let mut idle = TcpStream::connect(&server.address).expect("the server listens");
    idle.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
    let mut first = [0; 12];
    idle.read_exact(&mut first).expect("it answers");
    assert_eq!(server.end_with("-TERM"), Some(0));
}

#[test]
fn a_second_process_on_the_same_data_is_refused_and_the_first_goes_on() {
    let command = place();
    let mut server = Server::start(&command);
    let said = command.run(&["serve"]).ended_with(1);
    assert!(said.contains("in use by another process"), "{said}");
    let said = command.run(&["account", "create", "ada"]).ended_with(1);
    assert!(said.contains("a server is running") && said.contains("sign-up page"), "{said}");
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));
    assert_eq!(server.end_with("-TERM"), Some(0));
}

#[test]
fn a_port_that_is_taken_is_named_and_changes_nothing_on_disk() {
    let mut first = Server::start(&place());
    let second = Command::new().with("KITTIWAKE_LISTEN", &first.address);
    let said = second.run(&["serve"]).ended_with(1);
    assert!(said.contains(&first.address) && said.contains("something else listens there"), "{said}");
    assert!(!second.path("data").exists());
    assert_eq!(first.end_with("-TERM"), Some(0));
}

#[test]
fn after_kill_9_it_starts_again_with_everything_in_it() {
    let command = place();
    command.run(&["account", "create", "ada"]).well();
    let mut server = Server::start(&command);
    assert_eq!(server.end_with("-KILL"), None);
    let mut again = Server::start(&command);
    assert!(again.get("/health").starts_with("HTTP/1.1 200"));
    assert_eq!(again.end_with("-TERM"), Some(0));
    let listed = command.run(&["account", "list", "--json"]).json();
    assert_eq!(listed[0]["handle"], "ada");
    assert_eq!(command.run(&["doctor", "--json"]).json()["findings"], serde_json::json!([]));
}

#[test]
fn the_data_directory_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let command = place();
    command.run(&["account", "create", "ada"]).well();
    command.run(&["export", "all.kw"]).well();
    for name in ["data", "all.kw"] {
        let mode = std::fs::metadata(command.path(name)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may look into {name}");
    }
}

#[test]
fn a_request_under_way_is_finished_after_the_signal_to_stop() {
    let mut server = Server::start(&place());
    let body = r#"{"client_name":"Spyglass","redirect_uris":"urn:ietf:wg:oauth:2.0:oob"}"#;
    let (first, second) = body.split_at(body.len() / 2);
    let mut stream = TcpStream::connect(&server.address).expect("the server listens");
    write!(
        stream,
        "POST /api/v1/apps HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    )
    .expect("it reads");
    // An answer on another connection shows that the first has been taken.
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));

    server.signal("-TERM");
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    stream.write_all(second.as_bytes()).expect("it still reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers and closes");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(server.wait(), Some(0));
}
