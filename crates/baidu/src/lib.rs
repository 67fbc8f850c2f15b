//! The Baidu AI Cloud dialect: VPCs with what belongs to them on one listener.
//!
//! It translates words and nothing else: wire to input, resource to wire, fault to row. The path decides, never the
//! host: the SDK generations address the same service by different names.

pub mod acl;
pub mod billing;
pub mod eip;
pub mod eni;
pub mod etag;
pub mod faults;
pub mod gate;
pub mod generated;
pub mod havip;
pub mod input;
pub mod ipv6_gateway;
pub mod nat;
pub mod page;
pub mod peering;
pub mod render;
pub mod route;
pub mod security;
pub mod template;
pub mod vpc;
pub mod wire;

use std::sync::Arc;

use vpcd_dialect::{
    Access, Answer, Call, FaultPlan, Limiter, Operation, Query, Refusal, Reply, Request, Routed,
    Router,
};
use vpcd_domain::{App, Policy, interface, virtual_address};

use generated::errors::{self, ROWS};
use generated::limits;

/// What answers an operation.
pub type Handler = fn(&Call<'_>) -> Result<Reply, Refusal>;

/// Rule values of this cloud.
pub static POLICY: Policy = Policy {
    unique_network_names: false,
    // Nothing on this wire tells when a network is ready, so nothing may have to wait for it.
    networks_have_states: false,
    subnet_quota_per_network: true,
    ipv6_by_network: true,
    prepaid_stays: true,
    longest_subnet_prefix: limits::VPC_PREFIX_MAX as u8,
    // Network and gateway are kept by the domain itself; the broadcast address makes it the three of the contract.
    reserved_tail: 1,
    routes_beside_network: true,
    peering_patience: Some(limits::PEERING_ACCEPT_LIFETIME),
    peering_of_requester: true,
    groups_of_networks: true,
    default_network_stays: true,
    rules_differ_by_text: true,
    last_network_goes_last: false,
    quotas: &[
        ("vpc", limits::QUOTA_VPC),
        ("subnet", limits::QUOTA_SUBNET),
        (
            "defaultVpcSecurityGroup",
            limits::QUOTA_SECURITY_GROUP_DEFAULT_VPC,
        ),
        ("vpcSecurityGroup", limits::QUOTA_SECURITY_GROUP),
        ("vpcSecurityGroupRule", limits::QUOTA_SECURITY_GROUP_RULE),
        ("enterpriseSecurityGroupRule", limits::QUOTA_ESG_RULE),
        ("publicIp", limits::QUOTA_EIP),
        ("natGateway", limits::QUOTA_NAT_GATEWAY),
        ("natAddressSmall", limits::NAT_EIPS_SMALL),
        ("natAddressMedium", limits::NAT_EIPS_MEDIUM),
        ("natAddressLarge", limits::NAT_EIPS_LARGE),
        ("natAddressUnits", limits::NAT_EIPS_UNITS),
        ("snatRule", limits::QUOTA_NAT_RULE),
        ("dnatRule", limits::QUOTA_NAT_RULE),
        ("address_group", limits::QUOTA_IP_SET),
        ("address_bundle", limits::QUOTA_IP_GROUP),
        (vpc::vpc::SECONDARY_CIDR, limits::QUOTA_SECONDARY_CIDR),
        ("routetableContainRoutes", limits::QUOTA_ROUTE_RULE),
        ("aclRule", limits::QUOTA_ACL_RULE),
        (interface::LOOSE, limits::QUOTA_ENI_UNMOUNTED),
        (interface::ADDRESSED, limits::QUOTA_IPS_PER_NIC),
        (virtual_address::ANSWERERS, limits::QUOTA_HAVIP_INSTANCES),
    ],
};

/// The operation that refusals name when none was found.
const UNKNOWN: &str = "unknown";

/// An operation with the parameters of its path and its query.
type Found = (
    &'static Operation<Handler>,
    Vec<(&'static str, String)>,
    Query,
);

/// The dialect, ready to answer.
pub struct Baidu {
    app: App,
    region: String,
    router: Router<Handler>,
    limiter: Arc<Limiter>,
    faults: Arc<FaultPlan>,
}

impl Baidu {
    /// The dialect over the domain, for one region.
    pub fn new(app: App, region: &str, limiter: Arc<Limiter>, faults: Arc<FaultPlan>) -> Baidu {
        let router = Router::new(&generated::operations::OPERATIONS);
        Baidu {
            app,
            region: region.to_owned(),
            router,
            limiter,
            faults,
        }
    }

    /// Answers a request; never fails and never panics on a client's account.
    pub fn serve(&self, request: &Request) -> Answer {
        let (operation, params, query) = match self.find(request) {
            Ok(found) => found,
            Err(refusal) => return refused(request, UNKNOWN, refusal),
        };
        let call = Call::new(
            &self.app,
            &POLICY,
            &self.region,
            operation,
            params,
            query,
            request,
        );
        let answered = self
            .admit(call, operation.access)
            .and_then(|call| (operation.handler)(&call));
        match answered {
            Ok(reply) => Answer {
                reply: render::dressed(reply, request),
                operation: operation.name,
                row: None,
                detail: None,
            },
            Err(refusal) => refused(request, operation.name, refusal),
        }
    }

    fn find(&self, request: &Request) -> Result<Found, Refusal> {
        let unreadable = || Refusal::new(errors::GLOBAL_INVALID_URI);
        if !wire::is_escaped(&request.path) || !wire::is_escaped(&request.query) {
            return Err(unreadable());
        }
        // A `+` is a plus here: the signature is computed over it as such.
        let query = Query::parse(&request.query, false).ok_or_else(unreadable)?;
        let path = wire::one_version(&request.path);
        let mut routed = self.router.route(&request.method, &path, &query);
        if let (Routed::Unknown | Routed::WrongMethod, Some(blank)) = (&routed, wire::blank(&path))
        {
            routed = self.router.route(&request.method, &blank, &query);
        }
        match routed {
            Routed::Found(operation, params) => Ok((operation, params, query)),
            Routed::WrongMethod | Routed::Unknown if wire::is_served_version(&request.path) => {
                Err(unreadable())
            }
            Routed::WrongMethod | Routed::Unknown => Err(errors::GLOBAL_INVALID_VERSION.into()),
        }
    }

    /// Lets the call through when its credential, its rate, its account and its role allow it.
    fn admit<'a>(&self, call: Call<'a>, access: Access) -> Result<Call<'a>, Refusal> {
        let (call, standing) = gate::authenticate(call)?;
        if !self.limiter.admits(&call.caller.credential) {
            // No row documents throttling; this is the one that says "too much".
            return Err(Refusal::new(errors::VPC_LIMIT_EXCEEDED).because("the rate limit"));
        }
        gate::authorize(&call, access, &standing)?;
        if let Some(refusal) = self.faults.refusal(call.name, &ROWS) {
            return Err(refusal);
        }
        gate::tokened(call, access)
    }
}

/// The answer to a handler that panicked: the platform's own 500.
pub fn broken(request: &Request) -> Answer {
    refused(
        request,
        UNKNOWN,
        Refusal::new(errors::GLOBAL_INTERNAL_ERROR),
    )
}

/// The answer to a request that the listener itself refused: too large, too slow, not HTTP.
pub fn turned_away(request: &Request, status: u16) -> Answer {
    let row = match status {
        414 => errors::GLOBAL_INVALID_URI,
        500.. => errors::GLOBAL_INTERNAL_ERROR,
        _ => errors::GLOBAL_INVALID_HTTP_REQUEST,
    };
    let refusal = Refusal::new(row).because(format!("turned away with {status}"));
    refused(request, UNKNOWN, refusal)
}

fn refused(request: &Request, operation: &'static str, refusal: Refusal) -> Answer {
    Answer {
        reply: render::refusal(request, &refusal),
        operation,
        row: Some(refusal.row.id),
        detail: refusal.detail,
    }
}
