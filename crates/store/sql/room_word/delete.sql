DELETE FROM room_word WHERE room_id = $1
