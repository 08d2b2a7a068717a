SELECT last_error FROM job
WHERE connection_id = $1 AND kind IN ('remove_from_zoom', 'end_trial') AND state IN ('ready', 'running')
    AND last_error IS NOT NULL
ORDER BY run_at DESC, id DESC LIMIT 1
