SELECT CAST(MIN(CASE WHEN due < COALESCE(deadline_at, due) THEN deadline_at ELSE due END) AS BIGINT) AS run_at
FROM (
    SELECT CASE WHEN state = 'running' THEN claimed_until ELSE run_at END AS due, deadline_at
    FROM job WHERE state IN ('ready', 'running')
) AS open_job
