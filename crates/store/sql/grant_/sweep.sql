DELETE FROM grant_ WHERE expires_at <= $1
