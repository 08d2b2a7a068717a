//! Which tables there are, in the order in which their rows can be added, and what in them is sealed.

/// A table as a backup sees it.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// The columns of its primary key. A sealed value is bound to their values, joined by `/`.
    pub(super) key: &'static [&'static str],
    /// The column by which people know a row.
    pub(super) called: Option<&'static str>,
    /// Its sealed columns.
    pub(super) sealed: &'static [Sealed],
    /// Columns of bytes that are not sealed, because visitors see them.
    #[cfg_attr(not(feature = "testing"), expect(dead_code, reason = "a test holds them against the migrations"))]
    pub(super) open: &'static [&'static str],
}

/// A sealed column.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) column: &'static str,
    /// What is in it, as people call it.
    pub(super) what: &'static str,
    /// What takes its place where it cannot be opened and the owner does without.
    pub(super) without: Without,
}

/// What takes the place of a sealed value that cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// Nothing; nor have these columns of the row anything, which are about it.
    Nothing(&'static [&'static str]),
    /// An empty text, newly sealed: Zoom refuses it, and the owner is asked for the right one.
    Empty,
    /// A new passcode, newly sealed.
    Passcode,
    /// The row is worth nothing without it.
    NoRow,
}

const fn plain(name: &'static str, key: &'static [&'static str]) -> Table {
    Table { name, key, called: None, sealed: &[], open: &[] }
}

/// Every table but the migrator's own. A row comes after what it refers to.
pub(super) const TABLES: &[Table] = &[
    Table {
        sealed: &[Sealed { column: "proof", what: "the proof of a key", without: Without::NoRow }],
        ..plain("seal", &["key_id"])
    },
    plain("change", &["slot"]),
    plain("site", &["id"]),
    plain("address", &["id"]),
    plain("setup", &["step"]),
    plain("wanted", &["id"]),
    Table {
        called: Some("name"),
        sealed: &[
            Sealed {
                column: "client_secret",
                what: "the Client Secret of its Server-to-Server app",
                without: Without::Empty,
            },
            Sealed {
                column: "sdk_secret",
                what: "the Client Secret of its Meeting SDK app",
                without: Without::Nothing(&[]),
            },
            Sealed {
                column: "webhook_secret",
                what: "the Secret Token of its webhooks",
                without: Without::Nothing(&[]),
            },
            Sealed {
                column: "former_webhook_secret",
                what: "the former Secret Token of its webhooks",
                without: Without::Nothing(&[]),
            },
            Sealed {
                column: "token",
                what: "the token that Zoom gave last",
                without: Without::Nothing(&["token_expires_at", "token_scopes"]),
            },
        ],
        ..plain("connection", &["id"])
    },
    plain("host", &["connection_id", "host_id"]),
    plain("host_day", &["connection_id", "host_id", "day"]),
    plain("tally", &["connection_id"]),
    plain("attempt", &["id"]),
    plain("attempt_minute", &["connection_id", "minute", "label", "outcome"]),
    plain("member", &["id"]),
    plain("member_host", &["member_id", "connection_id", "host_id"]),
    plain("session", &["token_hash"]),
    plain("api_token", &["token_hash"]),
    plain("one_time_link", &["token_hash"]),
    Table {
        called: Some("title"),
        sealed: &[
            Sealed { column: "passcode", what: "the passcode", without: Without::Passcode },
            Sealed { column: "join_url", what: "the address for Zoom's app", without: Without::Nothing(&[]) },
            Sealed { column: "sent_digest", what: "a digest of what Zoom was sent", without: Without::Nothing(&[]) },
        ],
        ..plain("room", &["id"])
    },
    plain("room_word", &["room_id", "word"]),
    Table { open: &["bytes"], ..plain("cover", &["room_id"]) },
    plain("job", &["id"]),
    Table {
        called: Some("event"),
        sealed: &[Sealed { column: "body", what: "a webhook that Zoom sent", without: Without::NoRow }],
        ..plain("inbox", &["id"])
    },
    plain("grant_", &["token_hash"]),
    plain("audit", &["id"]),
    Table {
        sealed: &[Sealed { column: "answer", what: "a kept answer of the API", without: Without::NoRow }],
        ..plain("idempotency", &["member_id", "key_hash"])
    },
];

/// The table of this name.
pub(super) fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
