SELECT CAST(MAX(version) AS BIGINT) AS version FROM _sqlx_migrations
