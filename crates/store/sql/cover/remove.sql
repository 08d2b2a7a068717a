DELETE FROM cover WHERE room_id = $1
