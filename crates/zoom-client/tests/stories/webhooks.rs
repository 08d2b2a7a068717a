//! The sandbox's webhooks are taken for Zoom's: signed as Zoom signs, over the same bytes.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

use zoom_client::{NewMeeting, SecretString, UserId, webhook};

use crate::world::World;

/// A webhook as it came: timestamp, signature, body.
struct Came(String, String, Vec<u8>);

/// Answers address checks and passes everything on.
fn receiver(secret: SecretString) -> (String, mpsc::Receiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (tell, came) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let hook = read(&mut stream);
            let body =
                webhook::answer_validation(&secret, &hook.2).map(|answer| serde_json::to_string(&answer).unwrap());
            let body = body.unwrap_or_default();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            if tell.send(hook).is_err() {
                return;
            }
        }
    });
    (url, came)
}

fn read(stream: &mut TcpStream) -> Came {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut chunk).unwrap();
        assert!(read > 0, "the webhook was cut");
        bytes.extend_from_slice(&chunk[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let header = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")));
            line.unwrap_or_default().split_once(':').unwrap_or_default().1.trim().to_owned()
        };
        if bytes.len() - end - 4 >= header("content-length").parse::<usize>().unwrap() {
            let (timestamp, signature) = (header(webhook::TIMESTAMP_HEADER), header(webhook::SIGNATURE_HEADER));
            return Came(timestamp, signature, bytes[end + 4..].to_vec());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_starts_and_ends_is_told_and_believed() {
    let World { sandbox, zoom } = World::begin().await;
    let secret = SecretString::from(sandbox.credentials().webhook_secret);
    let (url, came) = receiver(secret.clone());
    sandbox.subscribe_webhooks(&url).await.unwrap();
    let made = zoom.meetings().create(&UserId::Me, &NewMeeting::new("Open studio: ¡hola!")).await.unwrap();
    sandbox.simulate(made.id.get().try_into().unwrap(), &["Ana".to_owned()]).unwrap();
    zoom.meetings().end(made.id).await.unwrap();

    let mut told = Vec::new();
    while told.last().is_none_or(|event| event != "meeting.ended") {
        let Came(timestamp, signature, raw) = came.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
        let now = clock::Clock::now(&**sandbox.clock());
        webhook::verify(&secret, &timestamp, &signature, &raw, now).unwrap();
        let mut changed = raw.clone();
        changed[0] = b' ';
        webhook::verify(&secret, &timestamp, &signature, &changed, now).unwrap_err();
        let Some(notice) = webhook::Notice::read(&raw).filter(|notice| notice.event.starts_with("meeting.")) else {
            continue;
        };
        assert_eq!(notice.object.id, Some(made.id), "{}", notice.event);
        assert_eq!(notice.account_id, Some(sandbox.credentials().account_id));
        assert!(notice.at <= now);
        told.push(notice.event);
    }
    let started = told.iter().position(|event| event == "meeting.started");
    assert!(started.is_some(), "{told:?}");
}
