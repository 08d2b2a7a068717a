SELECT * FROM audit
WHERE happened_at < $1 OR (happened_at = $1 AND id < $2)
ORDER BY happened_at DESC, id DESC
LIMIT 51
