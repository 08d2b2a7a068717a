SELECT state, CAST(COUNT(*) AS BIGINT) AS n FROM job WHERE state <> 'done' GROUP BY state
