DELETE FROM room WHERE connection_id = $1 AND deleted_at IS NOT NULL
