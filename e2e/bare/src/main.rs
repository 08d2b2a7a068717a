//! The baseline of the bench: each file named on the command line is held in memory and answered at `/0`, `/1`, ….

use std::io::Write as _;

use axum::{Router, body::Bytes, http::header, routing::get};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut router = Router::new();
    for (number, file) in std::env::args().skip(1).enumerate() {
        let bytes = Bytes::from(std::fs::read(file)?);
        let answer = move || {
            let bytes = bytes.clone();
            async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "this is no address of the site, but what it is measured against"
        )]
        {
            router = router.route(&format!("/{number}"), get(answer));
        }
    }
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    axum::serve(listener, router).await
}
