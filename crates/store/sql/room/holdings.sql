SELECT
    CAST(COUNT(*) AS BIGINT) AS rooms,
    CAST(COALESCE(SUM(CASE WHEN ends_at > $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS coming,
    CAST(COALESCE(SUM(CASE WHEN ends_at > $2 AND live_since IS NOT NULL AND ended_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS live
FROM room WHERE connection_id = $1 AND deleted_at IS NULL
