//! The listening socket. Bound before anything else happens, so that a port which is taken changes nothing on disk.

use std::io::ErrorKind;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::failure::CommandError;

/// A socket that listens.
#[derive(Debug)]
pub struct Listener {
    /// The socket.
    pub socket: TcpListener,
    /// Where it listens, with the port that the system chose if none was named.
    pub address: SocketAddr,
}

/// Listens at `address`.
pub async fn bind(address: SocketAddr) -> Result<Listener, CommandError> {
    let socket = TcpListener::bind(address).await.map_err(|error| explain(address, &error))?;
    let address = socket.local_addr().map_err(CommandError::io("the listening socket has no address"))?;
    Ok(Listener { socket, address })
}

fn explain(address: SocketAddr, error: &std::io::Error) -> CommandError {
    let next = SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(8080));
    let what_to_do = match error.kind() {
        ErrorKind::AddrInUse => format!("something else listens there. Choose another port: KITTIWAKE_LISTEN={next}"),
        ErrorKind::PermissionDenied => {
            "the system does not allow it. Listen on a port above 1023 and put a reverse proxy in front".to_owned()
        }
        ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
        _ => error.to_string(),
    };
    CommandError::said(format!("cannot listen on {address}: {what_to_do}"))
}
