INSERT INTO host_day (connection_id, host_id, day, used, refused) VALUES ($1, $2, $3, 0, TRUE)
ON CONFLICT (connection_id, host_id, day) DO UPDATE SET refused = TRUE
