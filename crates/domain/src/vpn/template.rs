//! Policy templates: the policies that all connections of a gateway share whose far ends have no fixed addresses.

use serde::{Deserialize, Serialize};

use crate::vpn::proposal::{Ike, IkeChange, Ipsec, IpsecChange};

/// A policy template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// IKE integrity algorithm.
    pub ike_authentication: String,
    /// IKE encryption algorithm.
    pub ike_encryption: String,
    /// Diffie-Hellman group.
    pub dh_group: String,
    /// IKE lifetime in seconds.
    pub ike_lifetime: u32,
    /// IPsec integrity algorithm.
    pub ipsec_authentication: String,
    /// IPsec encryption algorithm.
    pub ipsec_encryption: String,
    /// Diffie-Hellman group of each new key, or `disable`.
    pub pfs: String,
    /// IPsec lifetime in seconds.
    pub ipsec_lifetime: u32,
}

/// Changes to a template; absent fields stay, and fields that no template has do nothing.
#[derive(Clone, Debug, Default)]
pub struct TemplateChange {
    /// Of the IKE policy.
    pub ike: IkeChange,
    /// Of the IPsec policy.
    pub ipsec: IpsecChange,
}

impl Default for Template {
    fn default() -> Self {
        Template {
            ike_authentication: "sha2-256".to_owned(),
            ike_encryption: "aes-128".to_owned(),
            dh_group: "group20".to_owned(),
            ike_lifetime: 86_400,
            ipsec_authentication: "sha2-256".to_owned(),
            ipsec_encryption: "aes-128".to_owned(),
            pfs: "group20".to_owned(),
            ipsec_lifetime: 3600,
        }
    }
}

impl Template {
    /// Applies a change.
    pub fn apply(&mut self, change: TemplateChange) {
        let TemplateChange { ike, ipsec } = change;
        set(&mut self.ike_authentication, ike.authentication);
        set(&mut self.ike_encryption, ike.encryption);
        set(&mut self.dh_group, ike.dh_group);
        set(&mut self.ike_lifetime, ike.lifetime);
        set(&mut self.ipsec_authentication, ipsec.authentication);
        set(&mut self.ipsec_encryption, ipsec.encryption);
        set(&mut self.pfs, ipsec.pfs);
        set(&mut self.ipsec_lifetime, ipsec.lifetime);
    }

    /// Writes the shared policies over those of a connection.
    pub fn rule(&self, ike: &mut Ike, ipsec: &mut Ipsec) {
        ike.authentication.clone_from(&self.ike_authentication);
        ike.encryption.clone_from(&self.ike_encryption);
        ike.dh_group.clone_from(&self.dh_group);
        ike.lifetime = self.ike_lifetime;
        ipsec.authentication.clone_from(&self.ipsec_authentication);
        ipsec.encryption.clone_from(&self.ipsec_encryption);
        ipsec.pfs.clone_from(&self.pfs);
        ipsec.lifetime = self.ipsec_lifetime;
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
