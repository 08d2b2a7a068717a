DELETE FROM session WHERE member_id = $1 AND (CAST($2 AS TEXT) IS NULL OR token_hash <> $2)
