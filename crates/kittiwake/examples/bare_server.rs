//! A server that does nothing: the same bytes to everybody, by the same HTTP library and runtime that Kittiwake uses.
//!
//! `cargo xtask bench` runs it beside Kittiwake in the same minutes. The difference is what Kittiwake itself costs.
//! Usage: `bare_server ADDRESS BODY_FILE CONTENT_TYPE`.

use std::convert::Infallible;
use std::env;
use std::error::Error;

use axum::body::{Body, Bytes};
use hyper::header::CONTENT_TYPE;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, file, kind] =
        arguments.try_into().map_err(|_| "usage: bare_server ADDRESS BODY_FILE CONTENT_TYPE")?;
    let body = Bytes::from(std::fs::read(file)?);
    let listener = TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (body, kind) = (body.clone(), kind.clone());
        let service = service_fn(move |_: Request<hyper::body::Incoming>| {
            let mut response = Response::new(Body::from(body.clone()));
            if let Ok(kind) = kind.parse() {
                response.headers_mut().insert(CONTENT_TYPE, kind);
            }
            async move { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(async move {
            // A reader who goes away is no event here.
            drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}
