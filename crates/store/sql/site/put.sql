INSERT INTO site (id, name, accent_hue, updated_at) VALUES (1, $1, $2, $3)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, accent_hue = excluded.accent_hue, updated_at = excluded.updated_at
