//! `cargo xtask bench`: the figures of BENCHMARKS.md.
//!
//! Release builds, one machine, the loader beside the server. So each figure of load stands beside a bare server that
//! sends the same bytes, in turns in the same minutes, and processor time a request stands beside requests a second.

mod cold;
mod load;
mod process;
mod report;

use std::fs::File;
use std::io::{Seek, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Args;

use crate::client::{Client, Trouble, text};
use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::server::{PASSWORD, Server, Site, free_port};
use load::Ask;
use report::{Table, median, spoken_ms};

/// How long and how often to measure.
#[derive(Debug, Args)]
pub struct Plan {
    /// Seconds of each stretch of load
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Stretches of each kind
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Connections at the same time
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Also time a build from nothing, which takes some minutes
    #[arg(long)]
    cold: bool,
    /// Put the table into BENCHMARKS.md
    #[arg(long)]
    write: bool,
}

/// Whom the reader of home follows, and what each of them has posted.
const FOLLOWED: usize = 100;
const POSTS_EACH: usize = 20;
/// Starts that are timed.
const STARTS: usize = 5;

/// Measures everything and prints the table.
pub fn run(places: &Places, plan: &Plan) -> Outcome {
    let mut table = Table::default();
    if plan.cold {
        let (took, crates) = (cold::build(places)?, cold::crates(places)?);
        table.row("build from nothing, with --cold", &format!("{} s, {crates} crates", took.as_secs()));
    }
    let programs = Programs::build(places)?;
    let folder = places.output.join("bench");

    let starts =
        (0..STARTS).map(|_| Ok(Site::new(&programs.kittiwake, &folder)?.start()?.1)).collect::<Outcome<Vec<_>>>()?;
    table.row("first answer on an empty directory", &spoken_ms(middle(starts)));

    let site = Site::new(&programs.kittiwake, &folder)?;
    let (server, _) = site.start()?;
    std::thread::sleep(Duration::from_secs(2));
    table.row("memory when idle, after the start", &mebibytes(&server)?);
    let reader = populate(&site).doing("filling the colony")?;
    table.row(&format!("memory with {FOLLOWED} accounts and {} posts", FOLLOWED * POSTS_EACH), &mebibytes(&server)?);

    let bench = Bench { plan, site: &site, server: &server, programs: &programs, folder: &folder };
    let token = reader.bearer();
    let home = Ask::Get { path: "/api/v1/timelines/home?limit=20".into(), token: Some(token.clone()) };
    bench.compare(&mut table, &format!("home, 20 posts of {FOLLOWED} followed"), &home)?;
    let page = Ask::Get { path: "/".into(), token: None };
    bench.compare(&mut table, "landing page (HTML, signed out)", &page)?;
    bench.compare(&mut table, "post, acknowledged when on disk", &Ask::Post { token })?;
    table.row("one 4 KiB write and fdatasync on the same disk", &spoken_ms(one_sync(&folder)?));
    table.row("memory after the load", &mebibytes(&server)?);

    server.kill()?;
    let mut restarts = Vec::new();
    for _ in 0..STARTS {
        let (server, took) = site.start()?;
        restarts.push(took);
        server.kill()?;
    }
    table.row("first answer after kill -9", &spoken_ms(middle(restarts)));
    if plan.write {
        table.write_into(&places.root.join("BENCHMARKS.md"))?;
    }
    Ok(())
}

struct Programs {
    kittiwake: PathBuf,
    bare: PathBuf,
}

impl Programs {
    fn build(places: &Places) -> Outcome<Self> {
        let mut command = cargo();
        command.args([
            "build",
            "--release",
            "--package",
            "kittiwake",
            "--bin",
            "kittiwake",
            "--example",
            "bare_server",
        ]);
        if !command.current_dir(&places.root).status().doing("running cargo build")?.success() {
            return Err(Failure::new("kittiwake does not build"));
        }
        let release = places.target.join("release");
        Ok(Self { kittiwake: release.join("kittiwake"), bare: release.join("examples/bare_server") })
    }
}

/// A reader who follows many, each of whom has posted.
fn populate(site: &Site) -> Result<Client, Trouble> {
    let reader = Client::sign_up(&site.origin(), "reader", PASSWORD)?;
    for number in 0..FOLLOWED {
        let writer = Client::sign_up(&site.origin(), &format!("writer{number}"), PASSWORD)?;
        let account = writer.get("/api/v1/accounts/verify_credentials")?;
        reader.post(&format!("/api/v1/accounts/{}/follow", text(&account, "id")), &[], None)?;
        for post in 0..POSTS_EACH {
            let words =
                format!("Nest {post} on ledge {number}: two eggs, one adult, wind from the north-west. #kittiwakes");
            writer.post("/api/v1/statuses", &[("status", &words)], None)?;
        }
    }
    Ok(reader)
}

struct Bench<'a> {
    plan: &'a Plan,
    site: &'a Site,
    server: &'a Server,
    programs: &'a Programs,
    folder: &'a Path,
}

impl Bench<'_> {
    /// Measures Kittiwake and the bare server in turns.
    fn compare(&self, table: &mut Table, what: &str, ask: &Ask) -> Outcome {
        let bare = self.bare(ask)?;
        let time = Duration::from_secs(self.plan.seconds);
        let sides = [(self.site.port(), self.server.id()), (bare.port, bare.child.id())];
        let mut figures = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
        for (port, _) in sides {
            load::run(port, ask, self.plan.connections, Duration::from_secs(1))?; // to warm up
        }
        for _ in 0..self.plan.runs {
            for ((port, id), (rates, costs)) in sides.into_iter().zip(&mut figures) {
                let before = process::processor_time(id)?;
                let went = load::run(port, ask, self.plan.connections, time)?;
                let cost = process::processor_time(id)?.saturating_sub(before);
                rates.push(went.requests as f64 / went.time.as_secs_f64());
                costs.push(cost.as_secs_f64() * 1e6 / went.requests.max(1) as f64);
            }
        }
        let [ours, theirs] = figures.map(|(rates, costs)| (median(rates), median(costs)));
        let figure = format!(
            "{:.0} a second (±{:.0}%), {:.0} µs of processor each; bare server {:.0} a second, {:.0} µs",
            ours.0.0,
            ours.0.1 * 50.0,
            ours.1.0,
            theirs.0.0,
            theirs.1.0
        );
        table.row(what, &figure);
        Ok(())
    }

    /// A server that gives the bytes that Kittiwake gave just now.
    fn bare(&self, ask: &Ask) -> Outcome<Bare> {
        let (body, kind) = self.sample(ask)?;
        let file = self.folder.join("bare_body");
        std::fs::write(&file, body).doing("keeping the bytes")?;
        let port = free_port()?;
        let mut command = Command::new(&self.programs.bare);
        command.arg(format!("127.0.0.1:{port}")).arg(&file).arg(kind).stdout(Stdio::null());
        let child = command.spawn().doing("starting the bare server")?;
        let bare = Bare { child, port };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if started.elapsed() > Duration::from_secs(10) {
                return Err(Failure::new("the bare server did not start"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(bare)
    }

    fn sample(&self, ask: &Ask) -> Outcome<(Vec<u8>, String)> {
        let origin = self.site.origin();
        let answer = match ask {
            Ask::Get { path, token: Some(token) } => {
                ureq::get(format!("{origin}{path}")).header("Authorization", token).call()
            }
            Ask::Get { path, token: None } => ureq::get(format!("{origin}{path}")).call(),
            Ask::Post { token } => {
                let request = ureq::post(format!("{origin}/api/v1/statuses")).header("Authorization", token);
                request.send_form([("status", "Gale warning")])
            }
        };
        let mut answer = answer.doing("asking for a sample")?;
        let kind =
            answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        Ok((answer.body_mut().read_to_vec().doing("reading a sample")?, kind))
    }
}

struct Bare {
    child: Child,
    port: u16,
}

impl Drop for Bare {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn mebibytes(server: &Server) -> Outcome<String> {
    Ok(format!("{} MiB", process::resident_bytes(server.id())? >> 20))
}

/// How long a small durable write takes where the data is: the least that an acknowledged post can wait.
fn one_sync(folder: &Path) -> Outcome<Duration> {
    let path = folder.join("sync");
    let mut file = File::create(&path).doing("writing a file")?;
    let mut times = Vec::new();
    for _ in 0..500 {
        let started = Instant::now();
        file.rewind().and_then(|()| file.write_all(&[7; 4096])).and_then(|()| file.sync_data()).doing("syncing")?;
        times.push(started.elapsed());
    }
    std::fs::remove_file(path).doing("removing a file")?;
    Ok(middle(times))
}
