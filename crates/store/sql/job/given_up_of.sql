SELECT CAST(COUNT(*) AS BIGINT) FROM job
WHERE connection_id = $1 AND kind = 'remove_from_zoom' AND state = 'failed'
