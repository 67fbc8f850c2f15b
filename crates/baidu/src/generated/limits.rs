//! The limits that are plain numbers, from `contracts/baidu/limits.toml` by `cargo xtask codegen`; do not edit.

/// Default quota of VPCs of one region, the default one included.
pub const QUOTA_VPC: u64 = 10;

/// Default quota of subnets of one VPC.
pub const QUOTA_SUBNET: u64 = 10;

/// Default quota of secondary blocks of one VPC.
pub const QUOTA_SECONDARY_CIDR: u64 = 5;

/// Default quota of route rules of one VPC.
pub const QUOTA_ROUTE_RULE: u64 = 50;

/// Default quota of security groups of the default VPC.
pub const QUOTA_SECURITY_GROUP_DEFAULT_VPC: u64 = 100;

/// Default quota of security groups of any other VPC.
pub const QUOTA_SECURITY_GROUP: u64 = 20;

/// Default quota of rules of one security group in one direction.
pub const QUOTA_SECURITY_GROUP_RULE: u64 = 100;

/// Default quota of rules of one enterprise security group in one direction.
pub const QUOTA_ESG_RULE: u64 = 150;

/// Most rules in one request for an enterprise security group.
pub const ESG_RULES_PER_CALL: u64 = 20;

/// Default quota of ACL rules of one subnet in one direction.
pub const QUOTA_ACL_RULE: u64 = 150;

/// Default quota of unattached interfaces of one VPC.
pub const QUOTA_ENI_UNMOUNTED: u64 = 500;

/// Most addresses of one interface.
pub const QUOTA_IPS_PER_NIC: u64 = 40;

/// Most addresses in one batch.
pub const ENI_IPS_PER_CALL: u64 = 10;

/// Most interfaces of one instance, which also needs a core for each.
pub const QUOTA_NICS_PER_INSTANCE: u64 = 8;

/// Most instances behind one virtual address.
pub const QUOTA_HAVIP_INSTANCES: u64 = 5;

/// Default quota of address groups.
pub const QUOTA_IP_SET: u64 = 100;

/// Default quota of families of address groups.
pub const QUOTA_IP_GROUP: u64 = 100;

/// Most addresses in one request for an address group.
pub const IP_SET_ADDRESSES_PER_CALL: u64 = 10;

/// Most address groups in one request for a family.
pub const IP_GROUP_SETS_PER_CALL: u64 = 5;

/// EIPs of a NAT gateway of spec small.
pub const NAT_EIPS_SMALL: u64 = 5;

/// EIPs of a NAT gateway of spec medium.
pub const NAT_EIPS_MEDIUM: u64 = 10;

/// EIPs of a NAT gateway of spec large.
pub const NAT_EIPS_LARGE: u64 = 15;

/// EIPs of an enhanced NAT gateway, whatever its units (not documented).
pub const NAT_EIPS_UNITS: u64 = 20;

/// Most capacity units of an enhanced NAT gateway.
pub const NAT_CU_MAX: u64 = 100;

/// Default quota of NAT gateways of one VPC (not documented).
pub const QUOTA_NAT_GATEWAY: u64 = 5;

/// Default quota of SNAT rules, and of DNAT rules, of one NAT gateway (not documented).
pub const QUOTA_NAT_RULE: u64 = 100;

/// Most EIPs of one batch (not documented).
pub const EIP_BATCH_MAX: u64 = 100;

/// IPv6 gateways of one VPC.
pub const QUOTA_IPV6_GATEWAY: u64 = 1;

/// SSL servers of one VPN gateway.
pub const QUOTA_SSL_VPN_SERVER: u64 = 1;

/// Default quota of EIPs of one region.
pub const QUOTA_EIP: u64 = 50;

/// Longest name of a VPC or subnet (characters).
pub const NAME_MAX: u64 = 65;

/// Longest description (characters).
pub const DESCRIPTION_MAX: u64 = 200;

/// Highest number, and so the least weight, of the priority of a rule of an enterprise security group.
pub const ESG_RULE_PRIORITY_MAX: u64 = 1000;

/// Most ports or ranges of a rule of an enterprise security group.
pub const ESG_RULE_PORTS_MAX: u64 = 15;

/// Most addresses of an address group, whatever number of requests adds them.
pub const IP_SET_ADDRESSES_MAX: u64 = 1000;

/// Longest description of an address group or family (characters).
pub const IP_SET_DESCRIPTION_MAX: u64 = 255;

/// Longest tag key (characters).
pub const TAG_KEY_MAX: u64 = 65;

/// Longest tag value (characters).
pub const TAG_VALUE_MAX: u64 = 65;

/// Fewest items of one page.
pub const PAGE_MAX_KEYS_MIN: u64 = 1;

/// Most items of one page.
pub const PAGE_MAX_KEYS_MAX: u64 = 1000;

/// Items of one page when the request does not say (items).
pub const PAGE_MAX_KEYS_DEFAULT: u64 = 1000;

/// Items of one page of the addresses in use when the request does not say (items).
pub const PAGE_RESOURCE_IP_SIZE_DEFAULT: u64 = 100;

/// Most items of one page of the addresses in use.
pub const PAGE_RESOURCE_IP_SIZE_MAX: u64 = 1000;

/// Shortest prefix of the cidr of a VPC (bits).
pub const VPC_PREFIX_MIN: u64 = 16;

/// Longest prefix of the cidr of a VPC or subnet (bits).
pub const VPC_PREFIX_MAX: u64 = 28;

/// Most addresses in one question after private addresses.
pub const VPC_PRIVATE_IP_QUERY_MAX: u64 = 100;

/// Addresses of a subnet that the platform keeps: network, gateway and broadcast (addresses).
pub const SUBNET_RESERVED: u64 = 3;

/// Shortest prefix of a reserved IPv6 segment (bits).
pub const IP_RESERVE_IPV6_PREFIX_MIN: u64 = 96;

/// Lowest position of an ACL rule.
pub const ACL_POSITION_MIN: u64 = 1;

/// Highest position of an ACL rule.
pub const ACL_POSITION_MAX: u64 = 5000;

/// Highest port number.
pub const PORT_NUMBER_MAX: u64 = 65_535;

/// Longest client token (characters).
pub const CLIENT_TOKEN_LENGTH_MAX: u64 = 64;

/// How long a client token is remembered after it was last seen (seconds).
pub const CLIENT_TOKEN_LIFETIME: u64 = 86_400;

/// How long a peering with another account waits to be accepted (seconds).
pub const PEERING_ACCEPT_LIFETIME: u64 = 604_800;

/// Largest bandwidth of a peering (Mbit/s).
pub const PEERING_BANDWIDTH_MAX: u64 = 10_000;

/// Largest bandwidth of an EIP paid by bandwidth (Mbit/s).
pub const EIP_BANDWIDTH_MAX: u64 = 200;

/// Largest bandwidth of an EIP paid by traffic (Mbit/s).
pub const EIP_TRAFFIC_BANDWIDTH_MAX: u64 = 1000;

/// Largest bandwidth of an IPv6 gateway (Mbit/s).
pub const IPV6_GATEWAY_BANDWIDTH_MAX: u64 = 5000;

/// Shortest secret of a tunnel (characters).
pub const VPN_SECRET_MIN: u64 = 8;

/// Longest secret of a tunnel (characters).
pub const VPN_SECRET_MAX: u64 = 17;

/// Shortest IKE lifetime of a tunnel (seconds).
pub const VPN_IKE_LIFETIME_MIN: u64 = 60;

/// Longest IKE lifetime of a tunnel (seconds).
pub const VPN_IKE_LIFETIME_MAX: u64 = 86_400;

/// Shortest IPsec lifetime of a tunnel (seconds).
pub const VPN_IPSEC_LIFETIME_MIN: u64 = 180;

/// Longest IPsec lifetime of a tunnel (seconds).
pub const VPN_IPSEC_LIFETIME_MAX: u64 = 86_400;

/// How far the date of a signature may lie in the future (seconds).
pub const AUTH_SKEW: u64 = 900;

/// Lifetime of a signature that the SDKs ask for (seconds).
pub const AUTH_EXPIRATION_DEFAULT: u64 = 1800;
