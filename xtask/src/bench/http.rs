//! One GET over a socket: xtask is compiled first and carries no HTTP library.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result};

/// What came back.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Asks `address` (host and port) for `path` and reads to the end.
pub(super) fn get(address: &str, path: &str) -> Result<Answer> {
    send(address, ("GET", path), &["Accept: text/html"], "")
}

/// Sends a request with these header lines and this body, and reads to the end.
pub(super) fn send(address: &str, (method, path): (&str, &str), headers: &[&str], body: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address).with_context(|| format!("could not connect to {address}"))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let headers: String = headers.iter().flat_map(|line| [*line, "\r\n"]).collect();
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    // HTTP/1.0: the answer comes in one piece and ends with the connection. In one piece, too, so that it is one packet.
    let request = format!("{method} {path} HTTP/1.0\r\nHost: {address}\r\n{headers}{length}\r\n{body}");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").context("an answer without a head")?;
    let (head, body) = bytes.split_at(end);
    let head = String::from_utf8_lossy(head);
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("an answer without a status")?;
    Ok(Answer { status, body: body.get(4..).unwrap_or_default().to_vec() })
}
