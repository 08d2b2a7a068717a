SELECT COUNT(*) FROM room
WHERE deleted_at IS NOT NULL
    AND zoom_number IS NULL
    AND at_zoom IN ('unknown', 'waiting')
    AND connection_id = $1
    AND kind = $2
    AND (CAST($3 AS TEXT) IS NULL OR host_id = $3)
    AND EXISTS (SELECT 1 FROM job WHERE job.room_id = room.id AND job.kind = 'remove_from_zoom')
