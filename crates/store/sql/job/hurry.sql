UPDATE job SET run_at = $2 WHERE room_id = $1 AND state = 'ready' AND run_at > $2
