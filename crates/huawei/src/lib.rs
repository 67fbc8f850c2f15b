//! The Huawei Cloud and Open Telekom Cloud dialect: IAM, VPC, EIP and VPN on one listener.
//!
//! It translates words and nothing else: wire to input, resource to wire, fault to row.

pub mod eip;
pub mod faults;
pub mod gate;
pub mod generated;
pub mod iam;
pub mod neutron;
pub mod render;
pub mod vpc;
pub mod vpn;
pub mod wire;

use std::sync::Arc;

use vpcd_dialect::replay::Token;
use vpcd_dialect::{
    Answer, Call, FaultPlan, Limiter, Query, Refusal, Reply, Request, Routed, Router, Style,
};
use vpcd_domain::{App, Policy};

use generated::errors::{self, ROWS};
use generated::limits;

/// What answers an operation.
pub type Handler = fn(&Call<'_>) -> Result<Reply, Refusal>;

/// Rule values of this cloud.
pub static POLICY: Policy = Policy {
    unique_network_names: true,
    networks_have_states: true,
    subnet_quota_per_network: false,
    ipv6_by_network: false,
    prepaid_stays: false,
    longest_subnet_prefix: 28,
    reserved_tail: 3,
    routes_beside_network: false,
    peering_patience: None,
    peering_of_requester: false,
    groups_of_networks: false,
    default_network_stays: false,
    rules_differ_by_text: false,
    last_network_goes_last: true,
    quotas: &[
        ("vpc", limits::QUOTA_VPC),
        ("subnet", limits::QUOTA_SUBNET),
        ("securityGroup", limits::QUOTA_SECURITY_GROUP),
        ("securityGroupRule", limits::QUOTA_SECURITY_GROUP_RULE),
        ("publicIp", limits::QUOTA_PUBLIC_IP),
        // NAT gateways are made through the other cloud; these are its sizes.
        ("natAddressSmall", 5),
        ("natAddressMedium", 10),
        ("natAddressLarge", 15),
        ("natAddressUnits", 20),
        ("vpn", limits::QUOTA_VPN),
        ("vpngw", limits::QUOTA_VPNGW),
        ("vpcPeer", limits::QUOTA_VPC_PEER),
        ("firewall", limits::QUOTA_FIREWALL),
        ("shareBandwidth", limits::QUOTA_SHARE_BANDWIDTH),
        ("shareBandwidthIP", limits::QUOTA_SHARE_BANDWIDTH_IP),
        ("loadbalancer", limits::QUOTA_LOADBALANCER),
        ("listener", limits::QUOTA_LISTENER),
        ("physicalConnect", limits::QUOTA_PHYSICAL_CONNECT),
        ("virtualInterface", limits::QUOTA_VIRTUAL_INTERFACE),
        ("address_group", limits::QUOTA_ADDRESS_GROUP),
        ("flow_log", limits::QUOTA_FLOW_LOG),
        ("vpcContainRoutetable", limits::QUOTA_VPC_CONTAIN_ROUTETABLE),
        (
            "routetableContainRoutes",
            limits::QUOTA_ROUTETABLE_CONTAIN_ROUTES,
        ),
        ("cidr_reservation", limits::QUOTA_CIDR_RESERVATION),
        ("vpn_gateway", limits::VPN_QUOTA_VPN_GATEWAY),
        ("p2c_vpn_gateway", limits::P2C_QUOTA_GATEWAYS),
        ("vpn_user", limits::P2C_USERS_MAX),
        ("vpn_user_group", limits::P2C_USER_GROUPS_MAX),
        ("vpn_access_policy", limits::P2C_ACCESS_POLICIES_MAX),
        ("customer_gateway", limits::VPN_QUOTA_CUSTOMER_GATEWAY),
        ("vpn_connection", limits::VPN_QUOTA_VPN_CONNECTION),
    ],
};

/// The dialect, ready to answer.
pub struct Huawei {
    app: App,
    region: String,
    router: Router<Handler>,
    limiter: Arc<Limiter>,
    faults: Arc<FaultPlan>,
}

impl Huawei {
    /// The dialect over the domain, for one region.
    pub fn new(app: App, region: &str, limiter: Arc<Limiter>, faults: Arc<FaultPlan>) -> Huawei {
        let router = Router::new(&generated::operations::OPERATIONS);
        Huawei {
            app,
            region: region.to_owned(),
            router,
            limiter,
            faults,
        }
    }

    /// Answers a request; never fails and never panics on a client's account.
    pub fn serve(&self, request: &Request) -> Answer {
        let Some(query) = Query::parse(&request.query, true) else {
            return refused(
                request,
                Style::V3,
                "unknown",
                Refusal::new(errors::APIGW_0101),
            );
        };
        let (operation, params) = match self.router.route(&request.method, &request.path, &query) {
            Routed::Found(operation, params) => (operation, params),
            Routed::WrongMethod => {
                return refused(
                    request,
                    Style::V3,
                    "unknown",
                    Refusal::new(errors::APIGW_0101_METHOD),
                );
            }
            Routed::Unknown => {
                return refused(
                    request,
                    Style::V3,
                    "unknown",
                    Refusal::new(errors::APIGW_0101),
                );
            }
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
        match self
            .admit(call, operation.access)
            .and_then(|call| (operation.handler)(&call))
        {
            Ok(reply) => Answer {
                reply: reply.header("X-Request-Id", request.id.clone()),
                operation: operation.name,
                row: None,
                detail: None,
            },
            Err(refusal) => refused(request, operation.style, operation.name, refusal),
        }
    }

    /// Lets the call through when its credential, its rate, its project and its role allow it.
    fn admit<'a>(&self, call: Call<'a>, access: vpcd_dialect::Access) -> Result<Call<'a>, Refusal> {
        let call = gate::authenticate(call)?;
        if !self.limiter.admits(&limited(&call)) {
            let row = if call.service == "vpn" {
                errors::VPN_0429
            } else {
                errors::APIGW_0308
            };
            return Err(Refusal::new(row));
        }
        gate::authorize(&call, access)?;
        let call = with_token(call);
        match self.faults.refusal(call.name, &ROWS) {
            Some(refusal) => Err(refusal),
            None => Ok(call),
        }
    }
}

/// The call with the token by which a client repeats it; the VPN service alone has one.
fn with_token(mut call: Call<'_>) -> Call<'_> {
    let sent = call
        .request
        .header("x-client-token")
        .filter(|it| !it.is_empty());
    if let Some(text) = sent.filter(|_| call.service == "vpn" && call.request.method == "POST") {
        let scope = format!("{}/{}", call.caller.account, call.caller.project);
        call.token = Some(Token::new(&scope, text, call.request, &call.query, ""));
    }
    call
}

/// Whom the rate limit counts: the credential, or the address of a client that shows none.
fn limited(call: &Call<'_>) -> String {
    match call.caller.credential.as_str() {
        "" => format!("anonymous {}", call.request.peer),
        credential => credential.to_owned(),
    }
}

/// The answer to a handler that panicked: the gateway's own 500.
pub fn broken(request: &Request) -> Answer {
    refused(
        request,
        Style::V3,
        "unknown",
        Refusal::new(errors::APIGW_0601),
    )
}

/// The answer to a request that the listener itself refused: too large, too slow, not HTTP.
pub fn turned_away(request: &Request, status: u16) -> Answer {
    let row = match status {
        413 => errors::APIGW_0201_413,
        414 => errors::APIGW_0201_414,
        431 => errors::APIGW_0201_494,
        504 | 408 => errors::APIGW_0201_504,
        503 => errors::APIGW_0610,
        _ => errors::APIGW_0201_400,
    };
    refused(request, Style::V3, "unknown", Refusal::new(row))
}

fn refused(request: &Request, style: Style, operation: &'static str, refusal: Refusal) -> Answer {
    let mut reply =
        render::refusal(style, &request.id, &refusal).header("X-Request-Id", request.id.clone());
    if request.method == "HEAD" {
        reply.body = None;
    }
    Answer {
        reply,
        operation,
        row: Some(refusal.row.id),
        detail: refusal.detail,
    }
}
