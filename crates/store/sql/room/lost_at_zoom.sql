UPDATE room SET
    zoom_number = NULL, zoom_uuid = NULL, join_url = NULL, sent_version = NULL, sent_digest = NULL,
    at_zoom = 'waiting', at_zoom_reason = NULL, updated_at = $2
WHERE id = $1
