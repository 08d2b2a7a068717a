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

    let role = |email, role| out(eroom(folder.path()).args(["admin", "role", email, role]));
    let (ok, _, error) = role("ada@example.org", "viewer");
    assert!(!ok && error.contains("last owner"), "{error}");
    let (ok, _, error) =
        out(eroom(folder.path()).args(["admin", "create", "--role", "host", "--email", "ben@example.org"]));
    assert!(ok, "{error}");
    let (ok, said, error) = role("ben@example.org", "owner");
    assert!(ok && said == "ben@example.org is owner now.\n", "{said}{error}");
    let (ok, said, error) = role("ada@example.org", "viewer");
    assert!(ok && said.contains("viewer"), "{said}{error}");
    let (ok, _, error) = role("nobody@example.org", "viewer");
    assert!(!ok && error.contains("eroom admin create"), "{error}");
}

#[test]
fn the_doctor_says_what_to_do_first_where_no_account_is_connected() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (ok, said, error) = out(eroom(folder.path()).arg("doctor"));
    assert!(!ok && said.contains("database") && error.contains("/admin/zoom"), "{said}{error}");
    let (_, said, _) = out(eroom(folder.path()).args(["doctor", "--json"]));
    assert_eq!(said, "{\"connections\":[]}\n");
}

#[test]
fn a_file_that_is_no_certificate_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("precious");
    std::fs::write(&file, "somebody's").unwrap();
    let (ok, _, error) = out(eroom(folder.path()).args(["sandbox", "--port", "0", "--ca-out", "precious"]));
    assert!(!ok && error.contains("name another file for --ca-out"), "{error}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "somebody's");
}

#[test]
fn links_made_by_commands_lead_to_where_the_site_was_served_last() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = std::process::Command::new(assert_cmd::cargo::cargo_bin("eroom"));
    serve.current_dir(folder.path()).env_clear().args(["serve", "--json", "--listen", "127.0.0.1:0"]);
    let mut serve = serve.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(serve.stdout.take().unwrap()), &mut told).unwrap();
    serve.kill().unwrap();
    serve.wait().unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let address = told["eroom"].as_str().unwrap();
    let create = ["admin", "create", "--role", "owner", "--email", "ada@example.org"];
    let (ok, link, error) = out(eroom(folder.path()).args(create));
    assert!(ok && link.contains(&format!("{address}/")), "{address} is not in {link}{error}");
    // What is configured goes before what was noted.
    let (ok, link, error) = out(eroom(folder.path()).env("EROOM_PUBLIC_URL", "https://rooms.example.org").args([
        "admin",
        "password",
        "ada@example.org",
    ]));
    assert!(ok && link.contains("https://rooms.example.org/"), "{link}{error}");
}

#[test]
fn whoever_reads_the_output_may_have_read_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mut openapi = std::process::Command::new(assert_cmd::cargo::cargo_bin("eroom"));
    openapi.current_dir(folder.path()).env_clear().arg("openapi");
    openapi.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut openapi = openapi.spawn().unwrap();
    drop(openapi.stdout.take());
    let ended = openapi.wait_with_output().unwrap();
    assert!(ended.status.success() && ended.stderr.is_empty(), "{ended:?}");
}

#[test]
fn a_worker_that_cannot_know_the_sites_address_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (ok, _, error) = out(eroom(folder.path()).arg("worker").timeout(std::time::Duration::from_secs(30)));
    assert!(!ok && error.contains("set public_url"), "{error}");
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
fn a_setting_that_is_none_of_the_choices_is_told_with_its_name_and_the_choices() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value, told) in [
        ("EROOM_TLS__MODE", "letsencrypt", ["tls.mode", "\"letsencrypt\"", "off, files or acme"]),
        ("EROOM_LOG__FORMAT", "xml", ["log.format", "\"xml\"", "text or json"]),
    ] {
        let (ok, _, error) = out(eroom(folder.path()).env(name, value).args(["rooms", "list"]));
        assert!(!ok && told.iter().all(|word| error.contains(word)), "{error}");
        assert!(!error.contains("enum") && !error.contains("variant"), "{error}");
    }
    for (address, told) in [
        ("https://ada:canary@rooms.example.org", "user name or a password"),
        ("https://rooms.example.org/?q=canary", "has a path or more behind https://rooms.example.org"),
    ] {
        let (ok, _, error) = out(eroom(folder.path()).env("EROOM_PUBLIC_URL", address).args(["rooms", "list"]));
        assert!(!ok && error.contains(told) && !error.contains("canary"), "{error}");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_command_for_a_site_that_is_not_there_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        &["doctor"][..],
        &["rooms", "list"],
        &["admin", "token", "ada@example.org"],
        &["zoom", "operations"],
        &["worker"],
    ] {
        let (ok, _, error) = out(eroom(folder.path()).args(command).args(["--data-dir", "nowhere"]));
        assert!(
            !ok && error.contains("no data folder nowhere") && error.contains("--data-dir"),
            "{command:?}: {error}"
        );
        assert!(!folder.path().join("nowhere").exists(), "{command:?}");
    }
}

#[test]
#[cfg(unix)]
fn nobody_else_on_the_machine_reads_a_file_of_the_data_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let (ok, _, error) = out(eroom(folder.path()).args(["rooms", "list"]));
    assert!(ok, "{error}");
    let files: Vec<_> = std::fs::read_dir(&data).unwrap().map(|file| file.unwrap()).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[test]
fn openapi_is_printed_without_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let (ok, document, _) = out(eroom(folder.path()).arg("openapi"));
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert!(ok && document["paths"]["/api/v1/rooms"]["post"].is_object());
}
