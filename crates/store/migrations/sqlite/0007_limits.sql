-- What the owner says of the account: its plan, and the share of its limits that is for this site, in percent.
ALTER TABLE connection ADD COLUMN plan TEXT NOT NULL DEFAULT 'pro';
ALTER TABLE connection ADD COLUMN share BIGINT NOT NULL DEFAULT 100;
-- Until when one process has the fetching of a token to itself.
ALTER TABLE connection ADD COLUMN token_claimed_until BIGINT;

-- What of an account's limits is taken, as all processes reckon it together (JSON).
CREATE TABLE tally (
    connection_id TEXT PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    state TEXT NOT NULL
);

-- The requests sent to Zoom last, without anything that was in them.
CREATE TABLE attempt (
    id TEXT PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    happened_at BIGINT NOT NULL,
    operation TEXT NOT NULL,
    label TEXT NOT NULL,
    work TEXT NOT NULL,
    number BIGINT NOT NULL,
    waited BIGINT NOT NULL,
    took BIGINT NOT NULL,
    status BIGINT,
    outcome TEXT NOT NULL
);
CREATE INDEX attempt_of_connection ON attempt (connection_id, id);

-- How many requests were sent in each minute.
CREATE TABLE attempt_minute (
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    minute BIGINT NOT NULL,
    label TEXT NOT NULL,
    outcome TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (connection_id, minute, label, outcome)
);

-- Meetings and webinars created and changed for each host, by day of UTC since 1970: Zoom takes a hundred.
CREATE TABLE host_day (
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    used BIGINT NOT NULL,
    refused BOOLEAN NOT NULL,
    PRIMARY KEY (connection_id, host_id, day)
);

-- A sealed digest of what Zoom was sent last of a room: what would be the same is not sent again.
ALTER TABLE room ADD COLUMN sent_digest BLOB;
-- When Zoom had it: a change that Zoom tells of later was made by somebody else.
ALTER TABLE room ADD COLUMN sent_digest_at BIGINT;
