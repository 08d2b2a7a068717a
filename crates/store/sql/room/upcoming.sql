SELECT room.*, CAST(EXISTS (SELECT 1 FROM cover WHERE cover.room_id = room.id) AS BOOLEAN) AS has_cover
FROM room
WHERE deleted_at IS NULL
    AND published
    AND (ends_at > $1 OR (live_since > $2 AND (ended_at IS NULL OR ended_at < live_since)))
    AND (starts_at > $3 OR (starts_at = $3 AND id > $4))
ORDER BY starts_at, id
LIMIT $5
