SELECT room.*, CAST(EXISTS (SELECT 1 FROM cover WHERE cover.room_id = room.id) AS BOOLEAN) AS has_cover
FROM room
WHERE deleted_at IS NULL
    AND (starts_at < $1 OR (starts_at = $1 AND id < $2))
    AND ends_at > $3
    AND ends_at <= $4
    AND (CAST($5 AS TEXT) IS NULL OR kind = $5)
    AND (CAST($6 AS TEXT) IS NULL OR at_zoom = $6)
    AND (CAST($7 AS BOOLEAN) IS NULL OR published = $7)
    AND (CAST($8 AS TEXT) IS NULL OR host_id = $8)
    AND (CAST($9 AS TEXT) IS NULL OR id IN (SELECT room_id FROM room_word WHERE word >= $9 AND word < $10))
    AND (CAST($11 AS TEXT) IS NULL OR id IN (SELECT room_id FROM room_word WHERE word >= $11 AND word < $12))
    AND (CAST($13 AS TEXT) IS NULL OR id IN (SELECT room_id FROM room_word WHERE word >= $13 AND word < $14))
ORDER BY starts_at DESC, id DESC
LIMIT $15
