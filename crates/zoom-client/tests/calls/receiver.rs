//! Somebody on this computer who receives webhooks and answers address checks.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use zoom_client::{SecretString, webhook};

/// Its address. Events are received and forgotten; `failing` answers them with 500.
pub(crate) fn listen(secret: &str, failing: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let secret = SecretString::from(secret.to_owned());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let body = read(&mut stream);
            let check = webhook::answer_validation(&secret, &body).map(|check| serde_json::to_string(&check).unwrap());
            let status = if failing && check.is_none() { "500 Broken" } else { "200 OK" };
            let body = check.unwrap_or_default();
            let length = body.len();
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    url
}

/// The body of a request.
fn read(stream: &mut TcpStream) -> Vec<u8> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut chunk).unwrap();
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return body.as_bytes().to_vec();
            }
        }
        assert!(read > 0, "the request was cut");
    }
}
