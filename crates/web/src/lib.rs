//! How people reach eRoom: pages, JSON API, webhooks.
