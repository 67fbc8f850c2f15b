//! Creating a server.

use std::net::Ipv4Addr;

use jiff::{SignedDuration, Timestamp};
use vpcd_net::Cidr;
use vpcd_store::credential::{self, Credential};

use super::{Auth, Server, ServerCertificate, Tunnel, dialled, host, rules};
use crate::context::{Context, Order, tail};
use crate::fault::Fault;
use crate::resource::Head;
use crate::tx::Tx;
use crate::vpn::created;
use crate::vpn::p2c::authority::{self, NewAuthority};
use crate::vpn::p2c::certificate;
use crate::vpn::p2c::group;
use crate::vpn::p2c::store::StoredCertificate;
use crate::vpn::p2c::{Limits, Refusal};

/// How long a certificate that a server makes for itself counts.
const TEN_YEARS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);
/// How far before its making it counts already: clocks of clients differ.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Where the certificate of a new server comes from.
#[derive(Clone, Debug)]
pub enum NewCertificate {
    /// From the store of certificates, by id.
    Stored(String),
    /// The server makes it.
    Own,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewServer {
    /// The gateway.
    pub gateway: String,
    /// Block that clients get addresses from.
    pub client_cidr: Cidr,
    /// Blocks that clients reach.
    pub local_subnets: Vec<Cidr>,
    /// How clients are known.
    pub auth: Auth,
    /// Where its certificate comes from; nowhere is refused.
    pub certificate: Option<NewCertificate>,
    /// Authorities that sign clients' certificates.
    pub authorities: Vec<NewAuthority>,
    /// How clients talk to it.
    pub tunnel: Tunnel,
    /// Name servers that clients are told.
    pub dns: Vec<Ipv4Addr>,
}

/// Creates the server of a gateway.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewServer,
    limits: &Limits,
) -> Result<Server, Fault> {
    let gateway = host(tx, cx, &new.gateway)?;
    let address = dialled(&gateway)?;
    rules::blocks(tx, &gateway, new.client_cidr, &new.local_subnets, limits)?;
    rules::known_by(&gateway, &new.auth)?;
    if !new.dns.is_empty() {
        gateway.must_know("dns_servers")?;
    }
    let wanted = new.certificate.ok_or(Refusal::NoCertificate)?;
    if new.auth == Auth::Certificate && new.authorities.is_empty() {
        return Err(Refusal::NoAuthority.into());
    }
    if new.authorities.len() > limits.authorities {
        return Err(Refusal::Authorities.into());
    }
    let mut head = Head::new::<Server>(cx, Some(&gateway.head.id));
    head.target = gateway.head.target.clone();
    created::stamp::<Server>(tx, &mut head)?;
    let certificate = match wanted {
        NewCertificate::Stored(id) => stored(tx, cx, &id)?,
        NewCertificate::Own => own(tx, cx, &head.id, address)?,
    };
    let server = Server {
        head,
        client_cidr: new.client_cidr,
        local_subnets: new.local_subnets,
        auth: new.auth,
        certificate,
        tunnel: new.tunnel,
        dns: new.dns,
    };
    tx.insert(&server)?;
    for it in new.authorities {
        authority::add(tx, cx, &server, it)?;
    }
    group::create_default(tx, cx, &server)?;
    Ok(server)
}

/// A certificate of the store that a server can show (VPN.1112, 1110).
pub fn stored(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<ServerCertificate, Fault> {
    let it: StoredCertificate = tx.get(&cx.caller.project, id)?;
    if !it.is_usable(cx.now) {
        return Err(Refusal::CertificateState { id: id.to_owned() }.into());
    }
    Ok(ServerCertificate {
        stored: Some(it.head.id),
        name: it.name,
        card: it.card,
        certificate: it.certificate,
        authority: it.chain,
        key: it.key,
    })
}

/// A certificate that the server makes, with the key sealed.
fn own(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    address: Ipv4Addr,
) -> Result<ServerCertificate, Fault> {
    let broken = || Fault::Neighbour {
        service: "the maker of certificates",
    };
    let name = format!("server-{}", tail(server));
    let order = Order {
        name: name.clone(),
        address,
        serials: [serial(cx), serial(cx)],
        from: moved(cx.now, -A_DAY),
        until: moved(cx.now, TEN_YEARS),
    };
    let issued = cx.vault.issue(&order).ok_or_else(broken)?;
    let card = certificate::read(&issued.certificate).map_err(|_| broken())?;
    let key = keep_key(tx, cx, server, issued.key.as_bytes())?;
    Ok(ServerCertificate {
        stored: None,
        name,
        card,
        certificate: issued.certificate,
        authority: issued.authority,
        key: Some(key),
    })
}

/// Seals a private key of `owner`; the answer is the credential's id.
pub(crate) fn keep_key(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    owner: &str,
    key: &[u8],
) -> Result<String, Fault> {
    let credential = Credential {
        id: cx.ids.uuid(),
        kind: "private-key".to_owned(),
        cloud: String::new(),
        owner: owner.to_owned(),
        sealed: cx.vault.seal(owner, key),
        created: cx.now.as_microsecond(),
    };
    credential::insert(tx.rows(), &credential)?;
    Ok(credential.id)
}

/// A positive serial number of sixteen bytes.
fn serial(cx: &mut Context<'_>) -> [u8; 16] {
    let mut serial = [0; 16];
    serial.copy_from_slice(&cx.ids.bytes()[..16]);
    serial[0] = serial[0] & 0x7f | 0x40;
    serial
}

fn moved(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
