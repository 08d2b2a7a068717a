-- Which steps of the set-up guide somebody has marked as done.
CREATE TABLE setup (
    step TEXT PRIMARY KEY,
    done_at BIGINT NOT NULL
);
