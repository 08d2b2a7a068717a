SELECT CAST(COUNT(*) AS BIGINT) FROM job
WHERE connection_id = $1 AND kind IN ('remove_from_zoom', 'end_trial') AND state IN ('ready', 'running')
