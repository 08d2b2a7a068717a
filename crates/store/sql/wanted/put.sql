INSERT INTO wanted (id, features, changed_at) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET features = excluded.features, changed_at = excluded.changed_at
