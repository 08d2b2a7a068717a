DELETE FROM one_time_link
WHERE purpose = $1 AND used_at IS NULL
    AND (member_id = $2 OR (CAST($2 AS TEXT) IS NULL AND member_id IS NULL))
