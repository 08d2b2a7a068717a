DELETE FROM room WHERE connection_id = $1
