INSERT INTO host (connection_id, host_id, email, name, licensed, webinars, zone, active, read_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (connection_id, host_id) DO UPDATE SET
    email = excluded.email,
    name = excluded.name,
    licensed = excluded.licensed,
    webinars = COALESCE(excluded.webinars, host.webinars),
    zone = excluded.zone,
    active = excluded.active,
    read_at = excluded.read_at
