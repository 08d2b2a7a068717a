SELECT room.*, CAST(EXISTS (SELECT 1 FROM cover WHERE cover.room_id = room.id) AS BOOLEAN) AS has_cover
FROM room
WHERE connection_id = $1 AND zoom_number = $2 AND deleted_at IS NULL
