INSERT INTO member_host (member_id, connection_id, host_id, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
