INSERT INTO address (id, url, updated_at) VALUES (1, $1, $2)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, updated_at = excluded.updated_at
