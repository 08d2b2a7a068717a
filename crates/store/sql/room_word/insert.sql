INSERT INTO room_word (room_id, word) VALUES ($1, $2)
