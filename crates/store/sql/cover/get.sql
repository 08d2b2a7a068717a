SELECT content_type, hash, bytes FROM cover WHERE room_id = $1
