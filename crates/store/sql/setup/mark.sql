INSERT INTO setup (step, done_at) VALUES ($1, $2) ON CONFLICT (step) DO NOTHING
