SELECT COUNT(*) FROM job WHERE room_id = $1 AND kind = 'remove_from_zoom'
