//! What stands beside our figures, measured in the same run on the same machine: a server that only sends the same bytes, a
//! loop of small writes and syncs, and the engine by itself.

use std::convert::Infallible;
use std::fs::File;
use std::io::{Seek, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use hyper::header::CONTENT_TYPE;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use kw_store::{
    Batch, Change, Class, Condition, Direction, Family, Operation, OperationId, Outcome, Partition, Put, Range, Stamp,
    Store, SystemClock,
};
use kw_store::{Bytes as RowBytes, Clock};
use kw_store_sqlite::{OpenOptions, SqliteStore};

use super::process;
use crate::boot;
use crate::failure::CommandError;

/// A server that does nothing, on a thread of its own: the same bytes to everybody, by the same library and runtime that
/// Kittiwake uses. It ends with this process.
#[derive(Debug)]
pub struct Bare {
    /// Where it listens.
    pub port: u16,
    thread: PathBuf,
}

impl Bare {
    /// Starts one that sends `body`.
    pub async fn start(body: Vec<u8>, kind: &'static str) -> Result<Self, CommandError> {
        let listener = boot::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.address.port();
        let (tell, told) = tokio::sync::oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(CommandError::io("no runtime can be started"))?;
        let socket = listener.socket.into_std().map_err(CommandError::io("no socket can be handed over"))?;
        std::thread::spawn(move || {
            let of_thread = std::fs::read_link("/proc/thread-self").unwrap_or_default();
            let _heard = tell.send(Path::new("/proc").join(of_thread));
            runtime.block_on(serve(socket, Bytes::from(body), kind));
        });
        let thread = told.await.map_err(|_| CommandError::said("the bare server did not start"))?;
        Ok(Self { port, thread })
    }

    /// Its processor time so far.
    pub fn processor_time(&self) -> Result<Duration, CommandError> {
        process::processor_time(&self.thread)
    }
}

async fn serve(socket: std::net::TcpListener, body: Bytes, kind: &'static str) {
    let Ok(listener) = tokio::net::TcpListener::from_std(socket) else { return };
    while let Ok((stream, _)) = listener.accept().await {
        let _best_effort = stream.set_nodelay(true);
        let body = body.clone();
        let service = service_fn(move |_: Request<hyper::body::Incoming>| {
            let mut response = Response::new(Body::from(body.clone()));
            response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
            async move { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(async move {
            // A reader who goes away is no event here.
            drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

/// How long a small durable write takes where the data is, one after another: the least that an acknowledged post can wait.
pub fn syncs(directory: &Path, count: usize) -> Result<Vec<Duration>, CommandError> {
    let path = directory.join("sync");
    let failed = || CommandError::io(format!("{} cannot be written", path.display()));
    let mut file = File::create(&path).map_err(failed())?;
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let began = Instant::now();
        file.rewind().and_then(|()| file.write_all(&[7; 4096])).and_then(|()| file.sync_data()).map_err(failed())?;
        times.push(began.elapsed());
    }
    std::fs::remove_file(&path).map_err(failed())?;
    Ok(times)
}

/// Families like those of a post: an outbox, its words, its thread, the local list and the feed.
const FAMILIES: [(Family, usize); 5] = [
    (Family { id: 1, name: "outbox", class: Class::Serial, counted: true }, 12),
    (Family { id: 2, name: "post", class: Class::Stamped, counted: false }, 130),
    (Family { id: 3, name: "thread", class: Class::Stamped, counted: false }, 12),
    (Family { id: 4, name: "local", class: Class::Stamped, counted: false }, 10),
    (Family { id: 5, name: "feed", class: Class::Stamped, counted: false }, 30),
];

/// The engine by itself, in a directory of its own.
#[derive(Debug)]
pub struct Engine(Arc<SqliteStore>);

impl Engine {
    /// Opens one.
    pub fn open(directory: &Path) -> Result<Self, CommandError> {
        Ok(Self(Arc::new(SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock)))?)))
    }

    /// How many operations of a post's rows `writers` complete together, a second.
    pub async fn posts(&self, writers: u64, time: Duration) -> Result<f64, CommandError> {
        let began = Instant::now();
        let tasks: Vec<_> =
            (0..writers).map(|writer| tokio::spawn(write(Arc::clone(&self.0), writer, began + time))).collect();
        let mut all = 0;
        for task in tasks {
            all += task.await.map_err(|error| CommandError::said(error.to_string()))??;
        }
        Ok(all as f64 / began.elapsed().as_secs_f64())
    }

    /// How long it takes to get one row, and to scan twenty, when all of it is in memory.
    pub async fn reads(&self, count: u32) -> Result<(Duration, Duration), CommandError> {
        let partition = Partition { family: FAMILIES[0].0, key: RowBytes::from_static(&[0; 8]) };
        let page = self.0.scan(&partition, &Range::default(), Direction::Descending, 20).await?;
        let keys: Vec<RowBytes> = page.rows.iter().map(|row| row.key.clone()).take(1).collect();
        let began = Instant::now();
        for _ in 0..count {
            self.0.get(&partition, &keys).await?;
        }
        let got = began.elapsed() / count.max(1);
        let began = Instant::now();
        for _ in 0..count {
            self.0.scan(&partition, &Range::default(), Direction::Descending, 20).await?;
        }
        Ok((got, began.elapsed() / count.max(1)))
    }
}

async fn write(store: Arc<SqliteStore>, writer: u64, until: Instant) -> Result<u64, CommandError> {
    let mut number = 0_u64;
    while Instant::now() < until {
        let stamp = Stamp(SystemClock.now_micros());
        let key = [stamp.0.to_be_bytes(), writer.to_be_bytes()].concat();
        let step = |(at, (family, value_bytes)): (usize, &(Family, usize))| {
            let condition = if at == 0 { Condition::Absent } else { Condition::Newer };
            let put = Some(Put { value: RowBytes::from(vec![7; *value_bytes]), expires_ms: None });
            let change = Change { key: RowBytes::from(key.clone()), put, condition, stamp: None };
            let place = if at == 1 || at == 2 { key.clone() } else { writer.to_be_bytes().to_vec() };
            Batch { partition: Partition { family: *family, key: RowBytes::from(place) }, changes: vec![change] }
        };
        let steps = FAMILIES.iter().enumerate().map(step).collect();
        let id = OperationId(u128::from(writer) << 64 | u128::from(stamp.0));
        match store.perform(&Operation { id, stamp, not_after_ms: u64::MAX, steps }).await? {
            Outcome::Done => number += 1,
            // Two in one microsecond.
            Outcome::Conflict(_) => {}
        }
    }
    Ok(number)
}
