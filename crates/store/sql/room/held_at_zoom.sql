SELECT CAST(COUNT(*) AS BIGINT) FROM room
WHERE connection_id = $1 AND deleted_at IS NULL AND ends_at > $2 AND (zoom_number IS NOT NULL OR at_zoom = 'unknown')
