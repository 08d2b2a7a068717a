-- The first tables. Ids and JSON are TEXT, instants BIGINT UTC milliseconds, sealed values BYTEA.
-- Text that is compared by range has COLLATE "C", which is how SQLite compares.

-- Which keys have sealed something here, each with a value that only it opens.
CREATE TABLE seal (
    key_id TEXT PRIMARY KEY,
    proof BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

-- Counters whose sum grows with every change that visitors can see; many, so that writers do not meet in one row.
CREATE TABLE change (
    slot BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL
);

CREATE TABLE site (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    accent_hue BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE connection (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    account_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret BYTEA NOT NULL,
    sdk_key TEXT,
    sdk_secret BYTEA,
    webhook_secret BYTEA,
    sandbox BOOLEAN NOT NULL,
    tested_at BIGINT,
    test_report TEXT,
    webhooks_proven_at BIGINT,
    token BYTEA,
    token_expires_at BIGINT,
    token_scopes TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE host (
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    licensed BOOLEAN NOT NULL,
    webinars BOOLEAN,
    zone TEXT,
    active BOOLEAN NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (connection_id, host_id)
);

CREATE TABLE member (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE member_host (
    member_id TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, connection_id, host_id)
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    client TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_of_member ON session (member_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE api_token (
    token_hash TEXT PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_token_of_member ON api_token (member_id);

CREATE TABLE one_time_link (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    member_id TEXT REFERENCES member (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE room (
    id TEXT PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connection (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    slug TEXT NOT NULL,
    host_id TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_local TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    duration BIGINT NOT NULL,
    agenda TEXT NOT NULL,
    passcode BYTEA NOT NULL,
    waiting_room BOOLEAN NOT NULL,
    join_before_host BOOLEAN NOT NULL,
    host_video BOOLEAN NOT NULL,
    participant_video BOOLEAN NOT NULL,
    mute_on_entry BOOLEAN NOT NULL,
    opens_before BIGINT NOT NULL,
    published BOOLEAN NOT NULL,
    at_zoom TEXT NOT NULL,
    at_zoom_reason TEXT,
    zoom_number BIGINT,
    zoom_uuid TEXT,
    join_url BYTEA,
    sent_version BIGINT,
    live_since BIGINT,
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    version BIGINT NOT NULL
);
-- A deleted room gives its slug free.
CREATE UNIQUE INDEX room_slug ON room (slug) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX room_number ON room (connection_id, zoom_number) WHERE deleted_at IS NULL;
CREATE INDEX room_start ON room (starts_at, id);

CREATE TABLE room_word (
    room_id TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (room_id, word)
);
CREATE INDEX room_word_prefix ON room_word (word, room_id);

CREATE TABLE cover (
    room_id TEXT PRIMARY KEY REFERENCES room (id) ON DELETE CASCADE,
    content_type TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    single_key TEXT,
    connection_id TEXT,
    room_id TEXT,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    priority BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    again BOOLEAN NOT NULL,
    phase TEXT NOT NULL,
    sent_at BIGINT,
    deadline_at BIGINT,
    claim_token TEXT,
    claimed_until BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
-- At most one open job for each key, such as one push for each room.
CREATE UNIQUE INDEX job_single ON job (single_key) WHERE state IN ('ready', 'running');
CREATE INDEX job_due ON job (state, run_at);
CREATE INDEX job_of_room ON job (room_id);

CREATE TABLE inbox (
    id TEXT PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    event_ts BIGINT NOT NULL,
    dedupe TEXT NOT NULL,
    body BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    applied_at BIGINT,
    outcome TEXT,
    UNIQUE (connection_id, dedupe)
);
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE grant_ (
    token_hash TEXT PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT NOT NULL,
    member_id TEXT REFERENCES member (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX grant_expiry ON grant_ (expires_at);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    happened_at BIGINT NOT NULL,
    member_id TEXT,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- The room it is about, which keeps its lines together whatever it is called; also when it is gone.
    room_id TEXT
);
CREATE INDEX audit_of_room ON audit (room_id, happened_at);

CREATE TABLE idempotency (
    member_id TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    key_hash TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT,
    answer BYTEA,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, key_hash)
);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);
