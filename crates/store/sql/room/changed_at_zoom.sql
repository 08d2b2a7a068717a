UPDATE room SET sent_digest = NULL WHERE id = $1 AND sent_digest_at < $2
