-- Who may start a room besides its host: a JSON list of Zoom's user ids, in their order.
ALTER TABLE room ADD COLUMN alternative_hosts TEXT NOT NULL DEFAULT '[]';

-- As which Zoom user a host's grant starts the room; none for visitors, and for grants given before this was kept.
ALTER TABLE grant_ ADD COLUMN host_id TEXT;
