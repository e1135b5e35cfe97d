//! A soak: an hour of everything at a steady pace, in stretches, with a restart after each, in turns a clean stop and kill -9.
//!
//! Asked is what can only be seen after a while: whether memory, files and latencies stay where they were, whether all that
//! was acknowledged is there after every restart, and whether counts equal rows at the end. Deliberately absent: any load that
//! hurries; what the server bears at most is measured elsewhere.

mod books;
mod drive;
mod files;
mod judge;
mod mix;
mod stretch;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kw_app::house::{Examination, Numbers};
use kw_domain::id::AccountId;

use crate::bench::client::{Connection, get};
use crate::bench::report::Report;
use crate::bench::server::Server;
use crate::bench::{Wanted, colony};
use crate::cli::progress;
use crate::colony::Kept;
use crate::failure::CommandError;
use books::Checked;
use drive::{Driver, Scale};
use files::Room;
use mix::Mix;
use stretch::Stretch;

/// Who reads and posts.
const MEMBERS: u64 = 1_000;
/// Members whose posts are favourited.
const LIKED_MEMBERS: usize = 100;
/// How much of the usual pace, and of what is usually kept, is enough to see that it works.
const QUICK: Scale = Scale { pace: 0.1, kept: 0.004 };

/// What was found when it was over.
struct End {
    stretches: Vec<Stretch>,
    driver: Arc<Driver>,
    /// What was looked at again after all restarts together.
    checked: Checked,
    /// Members whose profile was compared with their rows, and what differs.
    profiles: (usize, Vec<String>),
    counts: Examination,
    /// The database at the beginning, at the end, and once everything that goes by itself has gone.
    rooms: [Room; 3],
}

/// Measures it.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let crowd = colony::crowd(wanted).await?;
    // What a killed server left in its log is folded in before the files are copied.
    let house = crowd.open().await?;
    house.cx.rest().await?;
    drop(house);
    let place = wanted.place("soak");
    files::copy(crowd.directory(), &place)?;
    let kept = Kept::find(&place)?.ok_or_else(|| CommandError::said("the copy of the colony is not whole"))?;

    let driver = Arc::new(prepare(wanted, &kept).await?);
    let before = Room::of(&place, None)?;
    let (stretches, mut checked, told) = soak(wanted, &kept, &driver).await?;
    checked.add(look_at_everything(&kept, &driver).await?);
    let (profiles, counts) = count(&kept, &driver, &told).await?;
    let after = Room::of(&place, None)?;
    let collected = files::collect(&place).await?;
    let rooms = [before, after, collected];
    judge::tell(wanted, report, &End { stretches, driver, checked, profiles, counts, rooms });
    if !report.faults.is_empty() {
        // Whoever wants to know why finds everything in place.
        return Ok(());
    }
    std::fs::remove_dir_all(&place).map_err(CommandError::io(format!("{} cannot be removed", place.display())))
}

/// Signs members in, and finds posts to be favourited.
async fn prepare(wanted: &Wanted, kept: &Kept) -> Result<Driver, CommandError> {
    let house = kept.open().await?;
    let plan = kept.colony();
    let members = if wanted.is_quick { 20 } else { MEMBERS };
    let seats = colony::sign_in(&house.cx, &colony::spread(&plan, members)).await?;
    house.cx.rest().await?;
    drop(house);
    let server = Server::start(kept.directory(), &kept.origin).await?;
    let mut connection = Connection::open(server.port()).await?;
    let mut liked = Vec::new();
    for seat in seats.iter().take(LIKED_MEMBERS) {
        let path = format!("/api/v1/accounts/{}/statuses?limit=20", seat.member.account);
        let answer = connection.ask_well(&get(&path, Some(&seat.token))).await?;
        let posts: Vec<serde_json::Value> = json(answer.body)?;
        liked.extend(posts.iter().filter_map(|post| post["id"].as_str()?.parse::<u64>().ok()));
    }
    drop(connection);
    server.stop()?;
    if liked.is_empty() {
        return Err(CommandError::said("the crowd has said nothing"));
    }
    let scale = if wanted.is_quick { QUICK } else { Scale { pace: 1.0, kept: 1.0 } };
    Ok(Driver::new(Mix { seats, plan, liked }, scale))
}

/// What members' profiles say.
type Told = Vec<(AccountId, Numbers)>;

/// All stretches, what was looked at between them, and what profiles said at the end of the last.
async fn soak(
    wanted: &Wanted,
    kept: &Kept,
    driver: &Arc<Driver>,
) -> Result<(Vec<Stretch>, Checked, Told), CommandError> {
    let bar = progress::of_seconds(wanted.seconds * wanted.runs as u64);
    let (mut stretches, mut checked, mut told) = (Vec::new(), Checked::default(), Vec::new());
    for number in 0..wanted.runs {
        let server = Server::start(kept.directory(), &kept.origin).await?;
        if number > 0 {
            checked.add(driver.books().look(server.port(), driver.mix()).await?);
        }
        let is_last = number + 1 == wanted.runs;
        // The last one ends cleanly, because profiles are asked for while the caches are as they have become.
        let is_killed = number % 2 == 1 && !is_last;
        let time = Duration::from_secs(wanted.seconds);
        bar.set_message(format!("stretch {} of {}", number + 1, wanted.runs));
        let mut running = stretch::begin(&server, driver, (number, time, is_killed));
        let sample = running.wait(&server, kept.directory(), &bar).await?;
        if is_killed {
            running.cut_off().await;
            server.kill();
            stretches.push(running.end(sample).await?);
        } else {
            stretches.push(running.end(sample).await?);
            if is_last {
                told = ask_profiles(&server, driver.mix()).await?;
            }
            server.stop()?;
        }
    }
    bar.finish_and_clear();
    Ok((stretches, checked, told))
}

/// Everything that was ever acknowledged, looked at after the last restart.
async fn look_at_everything(kept: &Kept, driver: &Driver) -> Result<Checked, CommandError> {
    let server = Server::start(kept.directory(), &kept.origin).await?;
    let mut checked = driver.books().look(server.port(), driver.mix()).await?;
    checked.add(driver.books().look_for_gone(server.port(), driver.mix()).await?);
    server.stop()?;
    Ok(checked)
}

async fn ask_profiles(server: &Server, mix: &Mix) -> Result<Told, CommandError> {
    let mut connection = Connection::open(server.port()).await?;
    let mut told = Vec::new();
    for seat in &mix.seats {
        let path = format!("/api/v1/accounts/{}", seat.member.account);
        let profile: serde_json::Value = json(connection.ask_well(&get(&path, None)).await?.body)?;
        let number = |name: &str| profile[name].as_u64().unwrap_or(u64::MAX);
        let (posts, followers, following) =
            (number("statuses_count"), number("followers_count"), number("following_count"));
        told.push((seat.member.account, Numbers { posts, followers, following }));
    }
    Ok(told)
}

/// What profiles said beside the rows, and all counts beside all rows.
async fn count(
    kept: &Kept,
    driver: &Driver,
    told: &[(AccountId, Numbers)],
) -> Result<((usize, Vec<String>), Examination), CommandError> {
    let house = kept.open().await?;
    let mut differing = Vec::new();
    for (account, told) in told {
        let counted = kw_app::house::count_rows(&house.cx, *account).await?;
        if counted != *told {
            differing.push(format!("the profile of {account} said {told:?}, its rows say {counted:?}"));
        }
    }
    let bar = progress::of_rows();
    let plan = kept.colony();
    bar.set_length(2 * plan.members * driver.mix().follows_each());
    let counts = kw_app::house::compare_counts(&house.cx, |family, rows| {
        bar.set_message(family);
        bar.set_position(rows);
    })
    .await?;
    bar.finish_and_clear();
    house.cx.rest().await?;
    Ok(((told.len(), differing), counts))
}

fn json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, CommandError> {
    serde_json::from_slice(body).map_err(|error| CommandError::said(format!("an answer is not JSON: {error}")))
}

/// The length of a file; nothing where there is none.
fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}
