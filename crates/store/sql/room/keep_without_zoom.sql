UPDATE room SET
    host_id = $2, alternative_hosts = '[]', at_zoom = 'disconnected', at_zoom_reason = NULL,
    zoom_number = NULL, zoom_uuid = NULL, join_url = NULL, sent_version = NULL, sent_digest = NULL,
    sent_digest_at = NULL, live_since = NULL, ended_at = NULL, version = version + 1, updated_at = $3
WHERE connection_id = $1
