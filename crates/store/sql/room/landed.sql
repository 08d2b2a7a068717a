UPDATE room SET
    zoom_number = $2,
    zoom_uuid = COALESCE($3, zoom_uuid),
    join_url = $6,
    sent_version = $4,
    sent_digest = $7,
    sent_digest_at = $5,
    at_zoom = CASE WHEN version = $4 THEN 'live' ELSE 'waiting' END,
    at_zoom_reason = NULL,
    updated_at = $5
WHERE id = $1
