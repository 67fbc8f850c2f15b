//! The limits that are plain numbers, from `contracts/huawei/limits.toml` by `cargo xtask codegen`; do not edit.

/// Default quota of VPCs of one project.
pub const QUOTA_VPC: u64 = 5;

/// Default quota of subnets of one project.
pub const QUOTA_SUBNET: u64 = 100;

/// Default quota of security groups of one project.
pub const QUOTA_SECURITY_GROUP: u64 = 100;

/// Default quota of security group rules of one project.
pub const QUOTA_SECURITY_GROUP_RULE: u64 = 5000;

/// Default quota of EIPs of one project.
pub const QUOTA_PUBLIC_IP: u64 = 10;

/// Default quota of VPNs of the older kind of one project.
pub const QUOTA_VPN: u64 = 5;

/// Default quota of VPN gateways of the older kind of one project.
pub const QUOTA_VPNGW: u64 = 2;

/// Default quota of peerings of one project.
pub const QUOTA_VPC_PEER: u64 = 50;

/// Default quota of network ACLs of one project.
pub const QUOTA_FIREWALL: u64 = 200;

/// Default quota of shared bandwidths of one project.
pub const QUOTA_SHARE_BANDWIDTH: u64 = 5;

/// Default quota of EIPs in one shared bandwidth.
pub const QUOTA_SHARE_BANDWIDTH_IP: u64 = 20;

/// Default quota of load balancers of one project.
pub const QUOTA_LOADBALANCER: u64 = 10;

/// Default quota of listeners of one project.
pub const QUOTA_LISTENER: u64 = 10;

/// Default quota of direct connections of one project.
pub const QUOTA_PHYSICAL_CONNECT: u64 = 10;

/// Default quota of virtual interfaces of one project.
pub const QUOTA_VIRTUAL_INTERFACE: u64 = 50;

/// Default quota of address groups of one project.
pub const QUOTA_ADDRESS_GROUP: u64 = 50;

/// Default quota of flow logs of one project.
pub const QUOTA_FLOW_LOG: u64 = 10;

/// Default quota of custom route tables in one VPC.
pub const QUOTA_VPC_CONTAIN_ROUTETABLE: u64 = 1;

/// Default quota of routes in one route table.
pub const QUOTA_ROUTETABLE_CONTAIN_ROUTES: u64 = 200;

/// Default quota of reserved blocks in one subnet (reservations).
pub const QUOTA_CIDR_RESERVATION: u64 = 50;

/// Longest name of a VPC, subnet, security group, bandwidth or EIP alias (characters).
pub const NAME_MAX: u64 = 64;

/// Longest description; it has no angle brackets (characters).
pub const DESCRIPTION_MAX: u64 = 255;

/// Most tags of one VPC, subnet or EIP, and most keys or values of one key in a search by tags.
pub const TAG_PER_RESOURCE: u64 = 10;

/// Most tags in the creation of a VPC or subnet.
pub const TAG_PER_CREATE: u64 = 10;

/// Longest tag key of the classic tag operations (characters).
pub const TAG_KEY_MAX: u64 = 36;

/// Longest tag value of the classic tag operations (characters).
pub const TAG_VALUE_MAX: u64 = 43;

/// Most supplementary interfaces of one batch.
pub const SUB_INTERFACE_PER_BATCH: u64 = 50;

/// Most tags of one resource of the v3 tag operations.
pub const TAG_V3_PER_RESOURCE: u64 = 20;

/// Most keys, and most values of one key, in a search by tags of the v3 API.
pub const TAG_V3_PER_SEARCH: u64 = 10;

/// Longest tag key of the v3 tag operations (characters).
pub const TAG_V3_KEY_MAX: u64 = 128;

/// Longest tag value of the v3 tag operations (characters).
pub const TAG_V3_VALUE_MAX: u64 = 255;

/// Most items of one page of a v1, v2 or v3 list.
pub const PAGE_LIMIT_MAX: u64 = 2000;

/// Items of one page when the request has no limit (items).
pub const PAGE_LIMIT_DEFAULT: u64 = 2000;

/// Most items of one page of a search by tags.
pub const PAGE_TAG_FILTER_MAX: u64 = 1000;

/// Longest prefix of the cidr of a VPC (bits).
pub const VPC_PREFIX_MAX: u64 = 24;

/// Most secondary cidr blocks of a VPC.
pub const VPC_EXTEND_CIDR_MAX: u64 = 5;

/// Longest prefix of the cidr of a subnet (bits).
pub const SUBNET_PREFIX_MAX: u64 = 28;

/// Last addresses of a subnet that are never allocated.
pub const SUBNET_RESERVED_TAIL: u64 = 3;

/// Most DNS servers of a subnet (addresses).
pub const SUBNET_DNS_MAX: u64 = 5;

/// Most NTP servers in the DHCP options of a subnet (addresses).
pub const SUBNET_NTP_MAX: u64 = 4;

/// Longest DHCP lease (hours).
pub const SUBNET_LEASE_HOURS_MAX: u64 = 30_000;

/// Most private IPs in one request (addresses).
pub const PRIVATEIP_PER_CREATE: u64 = 20;

/// Most routes in the creation of a route table.
pub const ROUTETABLE_ROUTES_PER_CREATE: u64 = 5;

/// Most subnets in one association.
pub const ROUTETABLE_SUBNETS_PER_ASSOCIATE: u64 = 100;

/// Lowest priority of a rule; 1 is the highest.
pub const SECURITY_GROUP_RULE_PRIORITY_MAX: u64 = 100;

/// Highest port number.
pub const PORT_NUMBER_MAX: u64 = 65_535;

/// How long a released address comes back to the same project on request (seconds).
pub const EIP_RECLAIM: u64 = 86_400;

/// Smallest bandwidth of share_type PER (Mbit/s).
pub const BANDWIDTH_SIZE_MIN: u64 = 1;

/// Largest bandwidth (Mbit/s).
pub const BANDWIDTH_SIZE_MAX: u64 = 2000;

/// Smallest bandwidth of share_type WHOLE (Mbit/s).
pub const BANDWIDTH_SHARED_SIZE_MIN: u64 = 5;

/// Size up to which every step of 1 Mbit/s is offered.
pub const BANDWIDTH_STEP_1_MAX: u64 = 300;

/// Size up to which steps of 50 Mbit/s are offered; above, of 500.
pub const BANDWIDTH_STEP_50_MAX: u64 = 1000;

/// Default quota of VPN gateways of one project.
pub const VPN_QUOTA_VPN_GATEWAY: u64 = 50;

/// Default quota of customer gateways of one project.
pub const VPN_QUOTA_CUSTOMER_GATEWAY: u64 = 100;

/// Default quota of VPN connections of one project.
pub const VPN_QUOTA_VPN_CONNECTION: u64 = 5000;

/// Longest name of a gateway or connection (characters).
pub const VPN_NAME_MAX: u64 = 64;

/// Autonomous system of a gateway when the request does not say.
pub const VPN_BGP_ASN_DEFAULT: u64 = 64_512;

/// Highest autonomous system number.
pub const VPN_BGP_ASN_MAX: u64 = 4_294_967_295;

/// Most local subnets of a gateway.
pub const VPN_GATEWAY_LOCAL_SUBNETS_MAX: u64 = 50;

/// Free addresses that a gateway needs when access and connect subnet are one.
pub const VPN_GATEWAY_FREE_ADDRESSES_VPC: u64 = 4;

/// Free addresses that a gateway needs in each of two subnets, or at an enterprise router.
pub const VPN_GATEWAY_FREE_ADDRESSES_SPLIT: u64 = 2;

/// Largest EIP bandwidth of flavor Basic (Mbit/s).
pub const VPN_FLAVOR_BASIC_BANDWIDTH: u64 = 100;

/// Connection groups of flavor Basic.
pub const VPN_FLAVOR_BASIC_CONNECTION_GROUPS: u64 = 10;

/// Connections of flavor Basic (connections).
pub const VPN_FLAVOR_BASIC_CONNECTIONS: u64 = 20;

/// Routes that one connection of flavor Basic learns (routes).
pub const VPN_FLAVOR_BASIC_BGP_ROUTES: u64 = 100;

/// Largest EIP bandwidth of flavor Professional1 (Mbit/s).
pub const VPN_FLAVOR_PROFESSIONAL1_BANDWIDTH: u64 = 300;

/// Connection groups of flavor Professional1.
pub const VPN_FLAVOR_PROFESSIONAL1_CONNECTION_GROUPS: u64 = 100;

/// Connections of flavor Professional1 (connections).
pub const VPN_FLAVOR_PROFESSIONAL1_CONNECTIONS: u64 = 200;

/// Routes that one connection of flavor Professional1 learns (routes).
pub const VPN_FLAVOR_PROFESSIONAL1_BGP_ROUTES: u64 = 200;

/// Largest EIP bandwidth of flavor Professional2 (Mbit/s).
pub const VPN_FLAVOR_PROFESSIONAL2_BANDWIDTH: u64 = 1000;

/// Connection groups of flavor Professional2.
pub const VPN_FLAVOR_PROFESSIONAL2_CONNECTION_GROUPS: u64 = 100;

/// Connections of flavor Professional2 (connections).
pub const VPN_FLAVOR_PROFESSIONAL2_CONNECTIONS: u64 = 200;

/// Routes that one connection of flavor Professional2 learns (routes).
pub const VPN_FLAVOR_PROFESSIONAL2_BGP_ROUTES: u64 = 300;

/// Longest identity of a customer gateway (characters).
pub const VPN_CUSTOMER_GATEWAY_ID_VALUE_MAX: u64 = 128;

/// Most peer subnets of a connection.
pub const VPN_CONNECTION_PEER_SUBNETS_MAX: u64 = 50;

/// Most policy rules of a connection.
pub const VPN_CONNECTION_POLICY_RULES_MAX: u64 = 5;

/// Most destinations of one policy rule (subnets).
pub const VPN_CONNECTION_POLICY_DESTINATIONS_MAX: u64 = 50;

/// Shortest pre-shared key (characters).
pub const VPN_CONNECTION_PSK_MIN: u64 = 8;

/// Longest pre-shared key (characters).
pub const VPN_CONNECTION_PSK_MAX: u64 = 128;

/// Classes of characters that a pre-shared key needs (classes).
pub const VPN_CONNECTION_PSK_CLASSES: u64 = 3;

/// Most connections in one batch.
pub const VPN_CONNECTION_BATCH_MAX: u64 = 2;

/// Most connections of one page (items).
pub const VPN_CONNECTION_PAGE_LIMIT_MAX: u64 = 2000;

/// Most customer gateways of one page (items).
pub const VPN_CUSTOMER_GATEWAY_PAGE_LIMIT_MAX: u64 = 200;

/// Most tunnels of one gateway address.
pub const VPN_CONNECTION_TUNNELS_PER_ADDRESS: u64 = 300;

/// Shortest IKE lifetime (seconds).
pub const VPN_IKE_LIFETIME_MIN: u64 = 60;

/// Longest IKE lifetime (seconds).
pub const VPN_IKE_LIFETIME_MAX: u64 = 604_800;

/// IKE lifetime when the request does not say (seconds).
pub const VPN_IKE_LIFETIME_DEFAULT: u64 = 86_400;

/// Shortest IPsec lifetime (seconds).
pub const VPN_IPSEC_LIFETIME_MIN: u64 = 30;

/// Longest IPsec lifetime (seconds).
pub const VPN_IPSEC_LIFETIME_MAX: u64 = 604_800;

/// IPsec lifetime when the request does not say (seconds).
pub const VPN_IPSEC_LIFETIME_DEFAULT: u64 = 3600;

/// Shortest dead peer timeout (seconds).
pub const VPN_DPD_TIMEOUT_MIN: u64 = 2;

/// Longest dead peer timeout (seconds).
pub const VPN_DPD_TIMEOUT_MAX: u64 = 60;

/// Dead peer timeout when the request does not say (seconds).
pub const VPN_DPD_TIMEOUT_DEFAULT: u64 = 15;

/// Shortest dead peer interval (seconds).
pub const VPN_DPD_INTERVAL_MIN: u64 = 10;

/// Longest dead peer interval (seconds).
pub const VPN_DPD_INTERVAL_MAX: u64 = 3600;

/// Dead peer interval when the request does not say (seconds).
pub const VPN_DPD_INTERVAL_DEFAULT: u64 = 30;

/// Most tags of one VPN resource, and most keys or values of one key in a search by tags.
pub const VPN_TAG_PER_RESOURCE: u64 = 20;

/// Longest tag key of a VPN resource (characters).
pub const VPN_TAG_KEY_MAX: u64 = 128;

/// Longest tag value of a VPN resource (characters).
pub const VPN_TAG_VALUE_MAX: u64 = 255;

/// Most point-to-site gateways of a project.
pub const P2C_QUOTA_GATEWAYS: u64 = 50;

/// Most connections of a point-to-site gateway.
pub const P2C_CONNECTIONS_MAX: u64 = 500;

/// Largest EIP bandwidth of a point-to-site gateway (Mbit/s).
pub const P2C_BANDWIDTH_MAX: u64 = 300;

/// Shortest prefix of the client CIDR block (bits).
pub const P2C_CLIENT_PREFIX_MIN: u64 = 16;

/// Longest prefix of the client CIDR block (bits).
pub const P2C_CLIENT_PREFIX_MAX: u64 = 26;

/// Most local subnets of a server.
pub const P2C_LOCAL_SUBNETS_MAX: u64 = 20;

/// Most client CA certificates of a server.
pub const P2C_CLIENT_CA_MAX: u64 = 10;

/// Most DNS servers of a server (addresses).
pub const P2C_DNS_MAX: u64 = 2;

/// Most user groups of a server.
pub const P2C_USER_GROUPS_MAX: u64 = 50;

/// Most users of a gateway.
pub const P2C_USERS_MAX: u64 = 500;

/// Most access policies of a server.
pub const P2C_ACCESS_POLICIES_MAX: u64 = 100;

/// Most destinations of one access policy (blocks).
pub const P2C_POLICY_DESTINATIONS_MAX: u64 = 10;

/// Shortest user name (characters).
pub const P2C_USERNAME_MIN: u64 = 4;

/// Longest user name (characters).
pub const P2C_USERNAME_MAX: u64 = 32;

/// Shortest password (characters).
pub const P2C_PASSWORD_MIN: u64 = 8;

/// Longest password (characters).
pub const P2C_PASSWORD_MAX: u64 = 32;

/// Longest description of a user or a user group (characters).
pub const P2C_USER_DESCRIPTION_MAX: u64 = 64;

/// Longest description of an access policy; the documents name no limit (characters).
pub const P2C_POLICY_DESCRIPTION_MAX: u64 = 255;

/// How far the date of a signature may be off (seconds).
pub const AUTH_SKEW: u64 = 900;

/// Failed signatures in a row after which an access key is locked (failures).
pub const AUTH_FAILURES_MAX: u64 = 5;

/// How long an access key stays locked (seconds).
pub const AUTH_LOCK: u64 = 300;

/// Lifetime of a token (seconds).
pub const AUTH_TOKEN_LIFETIME: u64 = 86_400;

/// Largest body that the gateway accepts (bytes).
pub const GATEWAY_BODY_MAX: u64 = 12_582_912;

/// Default limit of one API (requests per second).
pub const GATEWAY_RATE_DEFAULT: u64 = 200;
