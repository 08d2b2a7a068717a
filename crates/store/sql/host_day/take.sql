INSERT INTO host_day (connection_id, host_id, day, used, refused) VALUES ($1, $2, $3, 1, FALSE)
ON CONFLICT (connection_id, host_id, day) DO UPDATE SET used = host_day.used + 1
WHERE host_day.used < $4 AND NOT host_day.refused
RETURNING used
