//! The command line from outside: what a person or a script sees of the built binary.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use assert_cmd::Command;

/// The binary, away from this shell's settings and folder.
fn eroom(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("eroom").unwrap();
    command.current_dir(folder).env_clear();
    command
}

fn out(command: &mut Command) -> (bool, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_names_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let (ok, help, _) = out(eroom(folder.path()).arg("--help"));
    assert!(ok);
    insta::assert_snapshot!("help", help);
}

#[test]
fn the_first_owner_can_be_made_from_the_shell_and_gets_a_link_and_a_token() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (ok, link, error) =
        out(eroom(folder.path()).args(["admin", "create", "--role", "owner", "--email", "Ada@Example.org"]));
    assert!(ok, "{error}");
    assert!(link.contains("ada@example.org is owner now") && link.contains("http://127.0.0.1:8080/"), "{link}");
    let (ok, token, error) = out(eroom(folder.path()).args(["admin", "token", "ada@example.org"]));
    assert!(ok && token.trim().len() > 30, "{error}");
    let (ok, _, error) =
        out(eroom(folder.path()).args(["admin", "create", "--role", "viewer", "--email", "ada@example.org"]));
    assert!(!ok && error.contains("ada@example.org"), "{error}");
}

#[test]
fn an_empty_site_says_how_to_make_a_room_and_which_hosts_there_are() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (ok, list, _) = out(eroom(folder.path()).args(["rooms", "list"]));
    assert!(ok && list.contains("eroom rooms create"), "{list}");
    let (ok, json, _) = out(eroom(folder.path()).args(["rooms", "list", "--json"]));
    assert!(ok && json.trim() == r#"{"items":[]}"#, "{json}");
    let create = [
        "rooms",
        "create",
        "Clinic",
        "--starts-at",
        "2027-01-01T10:00",
        "--zone",
        "UTC",
        "--host",
        "nobody@example.org",
    ];
    let (ok, _, error) = out(eroom(folder.path()).args(create));
    assert!(!ok && error.contains("nobody@example.org"), "{error}");
    let (ok, _, error) = out(eroom(folder.path()).args(["rooms", "show", "clinic"]));
    assert!(!ok && error.contains("rooms list"), "{error}");
}

#[test]
fn a_wrong_setting_stops_the_program_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("eroom.toml"), "public_url = \"https://rooms.example.org/zoom\"\n").unwrap();
    let (ok, _, error) = out(eroom(folder.path()).args(["rooms", "list"]));
    assert!(!ok && error.contains("served at the root of its host"), "{error}");
    assert!(!folder.path().join("data").exists());
    let (ok, _, error) =
        out(eroom(folder.path()).env("EROOM_KEY", "not a key").args(["rooms", "list", "--data-dir", "."]));
    assert!(!ok && !error.contains("not a key"), "{error}");
}

#[test]
fn openapi_is_printed_without_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let (ok, document, _) = out(eroom(folder.path()).arg("openapi"));
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert!(ok && document["paths"]["/api/v1/rooms"]["post"].is_object());
}
