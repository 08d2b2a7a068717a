SELECT id FROM room WHERE connection_id = $1 AND deleted_at IS NULL AND ends_at > $2
