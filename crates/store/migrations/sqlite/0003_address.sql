-- Where `serve` is reached when no public_url is set: commands and workers make links to it.
CREATE TABLE address (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    url TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
