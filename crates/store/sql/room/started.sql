UPDATE room SET live_since = $2 WHERE id = $1 AND (live_since IS NULL OR live_since < $2)
