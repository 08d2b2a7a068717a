INSERT INTO member (id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (email) DO NOTHING
