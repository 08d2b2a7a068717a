DELETE FROM job WHERE finished_at < $1
