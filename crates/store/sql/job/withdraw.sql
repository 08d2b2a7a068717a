DELETE FROM job WHERE single_key = $1 AND state IN ('ready', 'running')
