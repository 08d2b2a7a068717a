//! Before everything else: a visitor's page that is kept is answered at once, without a trace, an id or a clock for
//! its patience. It is the one path that has to be nearly as quick as writing bytes to a socket.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use axum::{Router, extract::Request, response::Response, routing::future::RouteFuture};
use futures_util::future::Either;
use http::Method;
use tower::Service;

use crate::{app::App, finish};

/// The router, with the kept pages before it.
#[derive(Clone)]
pub(crate) struct Front {
    pub(crate) app: App,
    pub(crate) router: Router,
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let app = &self.app;
        let mine = app.config.demo_login.is_none() || finish::names_this_computer(&request);
        if mine && request.method() == Method::GET {
            let (path, asked) = (request.uri().path(), request.headers());
            if let Some(kept) = app.cache.kept(path, app.service.epoch(), app.now(), asked) {
                return Either::Left(ready(Ok(kept)));
            }
        }
        Either::Right(self.router.call(request))
    }
}
