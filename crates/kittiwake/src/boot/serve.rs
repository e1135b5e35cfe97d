//! Serving: takes connections until it is told to stop, then lets what was begun finish.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};
use tower::ServiceExt;

use super::Listener;
use crate::failure::CommandError;

/// Connections at a time; more wait in the system's queue.
const CONNECTIONS_MAX: usize = 10_000;
/// How long a client may take to say what it wants.
const HEADERS_TIMEOUT: Duration = Duration::from_secs(15);
/// How long requests may take to finish after the signal to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(10);
/// How long to wait when the system has no connection to give (no file handles left).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The signals to stop: Ctrl-C, and SIGTERM from whatever supervises us. A second one stops at once. A play is also stopped
/// by whoever directs it.
#[derive(Debug)]
pub struct Shutdown {
    asked: Option<oneshot::Receiver<()>>,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Shutdown {
    /// Listens for the signals from now on: one that comes during the start is not lost.
    #[cfg(unix)]
    pub fn listen() -> Result<Self, CommandError> {
        use tokio::signal::unix::{SignalKind, signal};
        let failed = || CommandError::io("cannot listen for signals");
        let interrupt = signal(SignalKind::interrupt()).map_err(failed())?;
        let terminate = signal(SignalKind::terminate()).map_err(failed())?;
        Ok(Self { asked: None, interrupt, terminate })
    }

    /// Listens for Ctrl-C.
    #[cfg(not(unix))]
    pub fn listen() -> Result<Self, CommandError> {
        Ok(Self { asked: None })
    }

    /// The same, and whoever holds the other end of `asked`.
    pub fn listen_also(asked: oneshot::Receiver<()>) -> Result<Self, CommandError> {
        Ok(Self { asked: Some(asked), ..Self::listen()? })
    }

    /// Waits for a signal.
    pub async fn wait(&mut self) {
        let asked = ask(&mut self.asked);
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = asked => {}
        }
        #[cfg(not(unix))]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = asked => {}
        }
    }
}

/// Waits until the other end asks, once; without one, for ever.
async fn ask(asked: &mut Option<oneshot::Receiver<()>>) {
    match asked.as_mut() {
        Some(receiver) => {
            // An end that was dropped asks, too: nobody directs any more.
            let _asked = receiver.await;
            *asked = None;
        }
        None => std::future::pending().await,
    }
}

/// Serves `router` until a signal comes, then stops taking connections and waits for the requests under way.
pub async fn serve(listener: Listener, router: Router, shutdown: &mut Shutdown) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let permit = Arc::clone(&room).acquire_owned().await.expect("the semaphore is never closed");
        let accepted = tokio::select! {
            accepted = listener.socket.accept() => accepted,
            () = shutdown.wait() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = graceful.watch(connection(stream, ConnectInfo(peer), router.clone()));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FINISH_WITHIN) => tracing::warn!("some requests took too long and were cut off"),
        () = shutdown.wait() => tracing::warn!("told twice to stop: what was under way is cut off"),
    }
}

fn connection(
    stream: TcpStream,
    peer: ConnectInfo<std::net::SocketAddr>,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Answers are small and written whole; waiting for more to send only delays them.
    let _best_effort = stream.set_nodelay(true);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_TIMEOUT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
}
