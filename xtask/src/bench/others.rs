//! What else people test against: Prism, which answers from an OpenAPI document, and moto, which plays AWS. Both are
//! installed below the target folder when they are first measured.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{http, running::Running};
use crate::{environment, process};

const PRISM: &str = "@stoplight/prism-cli@5.14.2";
const MOTO: &str = "moto[server]==5.2.5";

/// Under which path either answers with the meeting.
pub(super) const PATH: &str = "/meetings/1";

/// Prism on a document of ours whose one operation has the meeting as its example.
pub(super) fn prism(meeting: &Value, folder: &Path) -> Result<Running> {
    let home = installed("prism", PRISM, |home| {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(home).arg(PRISM);
        npm
    })?;
    let document = folder.join("meeting.json");
    fs::write(&document, openapi(meeting).to_string())?;
    let program = home.join("node_modules/@stoplight/prism-cli/dist/index.js");
    Running::at_port(PATH, |port| {
        let mut node = Command::new("node");
        node.arg(program).args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()]).arg(document);
        node
    })
    .context("Prism did not start")
}

/// A document with one operation.
fn openapi(meeting: &Value) -> Value {
    let number = json!({ "name": "meetingId", "in": "path", "required": true, "schema": { "type": "integer" } });
    let content = json!({ "application/json": { "schema": { "type": "object" }, "example": meeting } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "One meeting", "version": "1" },
        "paths": { "/meetings/{meetingId}": { "get": {
            "operationId": "meeting",
            "parameters": [number],
            "responses": { "200": { "description": "The meeting.", "content": content } },
        } } },
    })
}

/// moto's S3 with the meeting as an object.
pub(super) fn moto(meeting: &Value) -> Result<Running> {
    let home = installed("moto", MOTO, |home| {
        let mut shell = Command::new("sh");
        let line =
            "python3 -m venv --clear \"$0\" && \"$0/bin/pip\" install --quiet --disable-pip-version-check \"$1\"";
        shell.args(["-c", line]).arg(home).arg(MOTO);
        shell
    })?;
    let program = home.join("bin/moto_server");
    let moto = Running::at_port("/", |port| {
        let mut server = Command::new(program);
        server.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        server
    })
    .context("moto_server did not start")?;
    for (path, body) in [("/meetings", String::new()), (PATH, meeting.to_string())] {
        let answer = http::send(
            moto.address(),
            ("PUT", path),
            &["Content-Type: application/json", "x-amz-acl: public-read"],
            &body,
        )?;
        ensure!(answer.status == 200, "moto answered {} to PUT {path}", answer.status);
    }
    Ok(moto)
}

/// The folder where a tool is, installed by `command` unless it was before.
fn installed(name: &str, package: &str, command: impl FnOnce(&Path) -> Command) -> Result<PathBuf> {
    let home = environment::target().join("bench").join(name);
    let stamp = home.join("eroom-installed");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == package) {
        return Ok(home);
    }
    fs::create_dir_all(&home)?;
    let finished = process::run(&mut command(&home))?;
    ensure!(finished.ok, "{package} could not be installed:\n{}", finished.output);
    fs::write(stamp, package)?;
    Ok(home)
}
