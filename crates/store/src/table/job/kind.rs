//! The words of `job`: what a job does, where it is in its life, how far its request has come.

use std::{fmt, str::FromStr};

use model::Problem;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// The word stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl FromStr for $name {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Problem> {
                match text { $($word => Ok(Self::$variant),)* _ => Err(Problem::NotAChoice) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// What a job does.
    JobKind {
        /// Makes Zoom's meeting what the room is, or looks for a create whose answer was lost.
        PushRoom => "push_room",
        /// Deletes Zoom's meeting of a room that was deleted here.
        RemoveFromZoom => "remove_from_zoom",
        /// Ends the sitting that goes on at Zoom.
        EndAtZoom => "end_at_zoom",
        /// Applies a webhook.
        ApplyWebhook => "apply_webhook",
        /// Reads the account's users.
        RefreshHosts => "refresh_hosts",
        /// Reads how a room stands at Zoom.
        ReadRoom => "read_room",
        /// Deletes the meeting of a test join at Zoom.
        EndTrial => "end_trial",
        /// Forgets a connection once its meetings are deleted at Zoom.
        Leave => "leave",
        /// Removes what has expired.
        Sweep => "sweep",
    }
}

words! {
    /// Where a job is in its life.
    JobState {
        /// Waits for its time and for a worker.
        Ready => "ready",
        /// A worker has it, until its lease runs out.
        Running => "running",
        /// It is done.
        Done => "done",
        /// It will not be tried again.
        Failed => "failed",
    }
}

words! {
    /// How far a request to Zoom that has no idempotency key has come.
    Phase {
        /// Nothing was sent.
        Planned => "planned",
        /// It was sent, or is about to be: from here on Zoom may have done it.
        Sent => "sent",
        /// The answer was lost; look before anything is sent again.
        Unknown => "unknown",
    }
}
