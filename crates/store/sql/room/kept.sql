SELECT id FROM room WHERE at_zoom = 'disconnected' AND deleted_at IS NULL AND ends_at > $1 ORDER BY starts_at, id
