//! The line to one person's socket: it outlives the socket and keeps what was missed in between.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::super::message::ToClient;

/// How many messages may wait for a slow or absent reader; beyond that it is no longer a conversation.
const LONGEST_QUEUE: usize = 512;

pub(super) struct Line {
    sender: Option<mpsc::Sender<ToClient>>,
    missed: VecDeque<ToClient>,
    generation: u64,
}

impl Line {
    pub(super) fn plugged() -> (Self, mpsc::Receiver<ToClient>) {
        let (sender, outbox) = mpsc::channel(LONGEST_QUEUE);
        (Self { sender: Some(sender), missed: VecDeque::new(), generation: 0 }, outbox)
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// A new socket for the seat; the old one's queue closes.
    pub(super) fn plug_again(&mut self) -> (u64, mpsc::Receiver<ToClient>) {
        let (sender, outbox) = mpsc::channel(LONGEST_QUEUE);
        self.sender = Some(sender);
        self.generation = self.generation.wrapping_add(1);
        (self.generation, outbox)
    }

    /// The socket of `generation` is gone. Says whether that was the current one.
    pub(super) fn unplug(&mut self, generation: u64) -> bool {
        let is_current = self.generation == generation;
        if is_current {
            self.sender = None;
        }
        is_current
    }

    /// Queues a message: for the socket, or for the one that comes back. A reader that does not keep up loses its
    /// socket, and gets the whole picture again when it returns.
    pub(super) fn send(&mut self, message: ToClient) {
        let unsent = match &self.sender {
            None => Some(message),
            Some(sender) => sender.try_send(message).err().map(mpsc::error::TrySendError::into_inner),
        };
        if let Some(message) = unsent {
            self.sender = None;
            if self.missed.len() >= LONGEST_QUEUE {
                self.missed.pop_front();
            }
            self.missed.push_back(message);
        }
    }

    /// Hands over what lasting news the reader missed: lines of chat, and negotiation. Who is there it has just read.
    pub(super) fn send_what_was_missed(&mut self) {
        for message in std::mem::take(&mut self.missed) {
            if matches!(message, ToClient::Chat { .. } | ToClient::Signal { .. } | ToClient::MutedByHost) {
                self.send(message);
            }
        }
    }
}
