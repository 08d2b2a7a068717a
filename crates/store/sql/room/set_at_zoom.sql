UPDATE room SET at_zoom = $2, at_zoom_reason = $3, updated_at = $4 WHERE id = $1
