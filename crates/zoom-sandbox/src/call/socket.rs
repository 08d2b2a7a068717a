//! A call's WebSocket: reads messages into the call, writes its messages out, and notices how it ends.

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::{SinkExt as _, StreamExt as _, stream::SplitSink};

use super::{
    Calls, Refusal,
    message::{FromClient, ToClient},
    registry::{Going, Seat},
};

/// The largest message, in bytes: an SDP with many candidates fits several times.
pub(crate) const LARGEST: usize = 64 * 1024;
/// How long a socket may stay silent before it shows its ticket, in seconds.
const PATIENCE_S: f64 = 10.0;

/// Serves one socket from its ticket to its end.
pub(crate) async fn serve(calls: Calls, mut socket: WebSocket) {
    let ticket = tokio::select! {
        ticket = read_ticket(&mut socket) => ticket,
        () = clock::sleep(calls.clock().as_ref(), PATIENCE_S) => None,
        () = calls.stopping().cancelled() => None,
    };
    let seat = ticket.ok_or(Refusal::InvalidParameter("the first message must show a ticket"));
    match seat.and_then(|ticket| calls.take_seat(&ticket)) {
        Ok(seat) => attend(&calls, seat, socket).await,
        Err(refusal) => {
            let (mut sender, _) = socket.split();
            // Whether the refused page still listens makes no difference.
            drop(write(&mut sender, &ToClient::Refused(refusal.view())).await);
            close(&mut sender, close_code::POLICY).await;
        }
    }
}

async fn read_ticket(socket: &mut WebSocket) -> Option<String> {
    loop {
        match socket.recv().await? {
            Ok(Message::Text(text)) => {
                return match serde_json::from_str(&text) {
                    Ok(FromClient::Hello { ticket }) => Some(ticket),
                    Ok(_) | Err(_) => None,
                };
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Binary(_) | Message::Close(_)) | Err(_) => return None,
        }
    }
}

async fn attend(calls: &Calls, mut seat: Seat, socket: WebSocket) {
    let (mut sender, mut receiver) = socket.split();
    let how = loop {
        tokio::select! {
            () = calls.stopping().cancelled() => {
                while let Ok(message) = seat.outbox.try_recv() {
                    drop(write(&mut sender, &message).await);
                }
                close(&mut sender, close_code::AWAY).await;
                return;
            }
            message = seat.outbox.recv() => {
                let Some(message) = message else {
                    close(&mut sender, close_code::NORMAL).await;
                    break Going::Broken;
                };
                if write(&mut sender, &message).await.is_err() {
                    break Going::Broken;
                }
            }
            heard = receiver.next() => match heard {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                    Ok(message) => calls.hear(&seat, message),
                    Err(error) => tracing::debug!(%error, "a call's client sent what no client sends; ignored"),
                },
                Some(Ok(Message::Close(frame))) => break going(frame.as_ref()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break Going::Broken,
            },
        }
    };
    calls.socket_gone(&seat, how);
}

/// A page that closes says *going away* or *normal*; a connection that breaks says nothing.
fn going(frame: Option<&CloseFrame>) -> Going {
    match frame.map(|frame| frame.code) {
        Some(close_code::NORMAL | close_code::AWAY) => Going::Closed,
        Some(_) | None => Going::Broken,
    }
}

type Sender = SplitSink<WebSocket, Message>;

async fn write(sender: &mut Sender, message: &ToClient) -> Result<(), axum::Error> {
    let text = serde_json::to_string(message).map_err(axum::Error::new)?;
    sender.send(Message::Text(text.into())).await
}

async fn close(sender: &mut Sender, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    // Nobody is left to hear of a failure.
    drop(sender.send(Message::Close(Some(frame))).await);
}
