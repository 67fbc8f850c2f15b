//! Where in a server's block clients are: each has a block of four addresses, the first of which is the server's own, and
//! is the first host of it, whether the server chose that or the tenant did.

use std::net::Ipv4Addr;

use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::fault::Fault;
use crate::ipam;
use crate::tx::Tx;

/// Addresses of one client.
const BLOCK: u32 = 4;

/// Whether a client can have the address.
pub(super) fn is_clients(block: Cidr, address: Ipv4Addr) -> bool {
    let at = |it: Ipv4Addr| u32::from(it) - u32::from(block.base());
    block.has(address) && at(address) % BLOCK == 1 && at(address) > BLOCK
}

/// The addresses that clients can have, in their order.
pub(super) fn all(block: Cidr) -> impl Iterator<Item = Ipv4Addr> {
    let base = u32::from(block.base());
    let blocks = u32::try_from(block.size() / u64::from(BLOCK)).unwrap_or(u32::MAX);
    (1..blocks).map(move |at| Ipv4Addr::from(base + BLOCK * at + 1))
}

/// The first or the last address of a space that clients of the block cannot have: spaces sort like addresses, and what
/// lies between two clients' addresses is one too.
pub(super) fn stray(tx: &mut Tx<'_>, space: &str, block: Cidr) -> Result<Option<Ipv4Addr>, Fault> {
    let first = claim::list(tx.rows(), space, None, 1)?;
    let last = claim::list_back(tx.rows(), space, None, 1)?;
    let ends = first.iter().chain(&last).map(|it| ipam::address(&it.key));
    Ok(ends.into_iter().find(|it| !is_clients(block, *it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_the_first_host_of_a_block_of_four_but_the_first() {
        let block: Cidr = "172.16.0.0/28".parse().unwrap();
        let known: Vec<String> = all(block).map(|it| it.to_string()).collect();
        assert_eq!(known, ["172.16.0.5", "172.16.0.9", "172.16.0.13"]);
        assert!(all(block).all(|it| is_clients(block, it)));
        for other in ["172.16.0.1", "172.16.0.6", "172.16.0.17", "172.15.255.253"] {
            assert!(!is_clients(block, other.parse().unwrap()), "{other}");
        }
    }
}
