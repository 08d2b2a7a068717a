//! What eRoom does: use cases and background jobs.
