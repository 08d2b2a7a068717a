SELECT id FROM room WHERE connection_id = $1 AND deleted_at IS NULL AND at_zoom = 'refused' AND at_zoom_reason = $2
