//! What Zoom says about its API: operations, scopes, rate labels, error codes, webhook events. Facts, no I/O.
