SELECT * FROM job WHERE room_id = $1 AND state IN ('ready', 'running') ORDER BY created_at, id
