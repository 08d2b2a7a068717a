INSERT INTO cover (room_id, content_type, hash, bytes, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (room_id) DO UPDATE SET
    content_type = excluded.content_type, hash = excluded.hash, bytes = excluded.bytes, created_at = excluded.created_at
