//! Route tables: so far the default one of each network.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// Where packets of a network's subnets go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RouteTable {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Whether it came with the network.
    pub is_default: bool,
}

impl Resource for RouteTable {
    const KIND: Kind = Kind::RouteTable;
    const ALIAS: Option<&'static str> = Some("rt-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

/// Creates the table that comes with a network.
pub fn create_default(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &Vpc,
) -> Result<RouteTable, Fault> {
    let mut head = Head::new::<RouteTable>(cx, Some(&vpc.head.id));
    head.target = vpc.head.target.clone();
    let table = RouteTable {
        head,
        name: format!("rtb-{}", vpc.name),
        is_default: true,
    };
    tx.insert(&table)?;
    Ok(table)
}

/// Removes the table that came with a network.
pub fn remove_default(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    for table in tx.children::<RouteTable>(&vpc.head.id)? {
        tx.remove(&table)?;
    }
    Ok(())
}
