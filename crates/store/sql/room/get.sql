SELECT room.*, CAST(EXISTS (SELECT 1 FROM cover WHERE cover.room_id = room.id) AS BOOLEAN) AS has_cover
FROM room
WHERE id = $1
