SELECT host_id, CAST(COUNT(*) AS BIGINT) FROM room
WHERE connection_id = $1 AND deleted_at IS NULL AND at_zoom = 'waiting'
GROUP BY host_id
ORDER BY host_id
