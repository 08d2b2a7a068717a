SELECT CAST(COUNT(*) AS BIGINT) FROM job
WHERE connection_id = $1 AND kind = 'end_trial' AND state IN ('ready', 'running')
    AND (attempts = 0 OR phase <> 'planned')
