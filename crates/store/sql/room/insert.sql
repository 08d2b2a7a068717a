INSERT INTO room (
    id, title, slug, host_id, zone, starts_local, starts_at, ends_at, duration, agenda, passcode,
    waiting_room, join_before_host, host_video, participant_video, mute_on_entry, opens_before, published,
    at_zoom, at_zoom_reason, alternative_hosts, connection_id, kind, created_at, version, updated_at
) VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
    $26
)
ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING
