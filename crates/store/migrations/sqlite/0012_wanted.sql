-- What a site wants of Zoom, said before it has an account there.
CREATE TABLE wanted (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    features TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
