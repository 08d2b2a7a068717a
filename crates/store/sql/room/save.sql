UPDATE room SET
    title = $2, slug = $3, host_id = $4, zone = $5, starts_local = $6, starts_at = $7, ends_at = $8, duration = $9,
    agenda = $10, passcode = $11, waiting_room = $12, join_before_host = $13, host_video = $14,
    participant_video = $15, mute_on_entry = $16, opens_before = $17, published = $18, at_zoom = $19,
    at_zoom_reason = $20, alternative_hosts = $21, connection_id = $23,
    version = version + 1, updated_at = $24
WHERE id = $1 AND version = $22 AND deleted_at IS NULL
RETURNING version
