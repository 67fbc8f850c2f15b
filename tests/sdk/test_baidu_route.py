"""Route tables, ACLs and peering connections through bce-python-sdk."""

import re

import pytest
from baidubce.exception import BceHttpClientError
from baidubce.services.ipv6gateway.ipv6gateway_client import IPv6GatewayClient
from baidubce.services.route.route_client import RouteClient
from baidubce.services.route.route_model import NextHop
from baidubce.services.vpc.acl_client import AclClient
from baidubce.services.vpc.peerconn_client import PeerConnClient
from baidubce.services.vpc.peerconn_model import Billing

from cloud import fresh

POSTPAID = Billing("Postpaid")


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.baidu_vpc()


@pytest.fixture(scope="module")
def subnets(tenant):
    return tenant.baidu_subnet()


@pytest.fixture(scope="module")
def routes(tenant):
    return tenant._baidu(RouteClient)


@pytest.fixture(scope="module")
def acls(tenant):
    return tenant._baidu(AclClient)


@pytest.fixture(scope="module")
def peers(tenant):
    return tenant._baidu(PeerConnClient)


@pytest.fixture
def vpc(client):
    """The id of a fresh VPC."""
    return client.create_vpc(fresh("vpc"), "192.168.0.0/16").vpc_id


@pytest.fixture
def far(client):
    """The id of a VPC of other addresses."""
    return client.create_vpc(fresh("far"), "10.0.0.0/16").vpc_id


@pytest.fixture
def subnet(subnets, operator, vpc):
    """The id of a subnet in that VPC."""
    return subnets.create_subnet(fresh("subnet"), operator.zone(), "192.168.0.0/24", vpc).subnet_id


def refused(call, status, code):
    with pytest.raises(BceHttpClientError) as caught:
        call()
    error = caught.value
    assert (error.status_code, error.code) == (status, code), error.last_error


def test_routes(routes, peers, vpc, far, subnet):
    made = peers.create_peerconn(10, vpc, far, "elsewhere", billing=POSTPAID).peer_conn_id
    here = peers.get_peerconn(made, role="initiator").local_if_id
    table = routes.get_route(vpc_id=vpc, route_table_id="").route_table_id
    assert re.fullmatch(r"rt-[0-9a-z]{12}", table)
    rule = routes.create_route(table, "192.168.0.0/24", "10.0.0.0/16", "peerConn", "far", here).route_rule_id
    assert re.fullmatch(r"rr-[0-9a-z]{12}", rule)

    page = routes.get_route_rule(routeTableId=table, maxKeys=1)
    assert (page.is_truncated, page.next_marker, len(page.route_rules)) == (True, rule, 1)
    page = routes.get_route_rule(vpcId=vpc, marker=page.next_marker)
    [shown] = page.route_rules
    assert (shown.route_rule_id, shown.nexthop_type, shown.nexthop_id) == (rule, "peerConn", here)
    assert (shown.source_address, shown.destination_address) == ("192.168.0.0/24", "10.0.0.0/16")

    routes.update_route(rule, destination_address="10.0.0.0/17", description="half")
    [_, shown] = routes.get_route(vpc_id="", route_table_id=table).route_rules
    assert (shown.destination_address, shown.description, shown.path_type) == ("10.0.0.0/17", "half", "normal")
    again = lambda: routes.create_route(table, "192.168.0.0/24", "10.0.0.0/17", "peerConn", "", here)
    refused(again, 409, "RouteRuleRepeated")
    routes.delete_route(rule)
    refused(lambda: routes.delete_route(rule), 404, "NoSuchObject")
    peers.delete_peerconn(made)


def test_lines(routes, vpc):
    table = routes.get_route(vpc_id=vpc, route_table_id="").route_table_id
    hops = [NextHop("dcgw-1", "dcGateway", "ha:active"), NextHop("dcgw-2", "dcGateway", "ha:standby")]
    one, two = routes.create_route(table, "0.0.0.0/0", "10.0.0.0/16", next_hops=hops).route_rule_ids
    routes.switch_route(one)
    paths = {it.route_rule_id: it.path_type for it in routes.get_route_rule(vpcId=vpc).route_rules}
    assert (paths[one], paths[two]) == ("ha:standby", "ha:active")
    refused(lambda: routes.switch_route(one), 409, "OperationDenied")
    for rule in (one, two):
        routes.delete_route(rule)


def test_routes_of_ipv6(routes, client, subnets, operator, tenant):
    operator.call("PUT", "conditions/feature.ipv6", {"scope": f"project/{tenant.project}", "value": True})
    gateways = tenant._baidu(IPv6GatewayClient)
    vpc = client.create_vpc(fresh("six"), "192.168.0.0/16", enable_ipv6=True).vpc_id
    subnet = subnets.create_subnet(fresh("six"), operator.zone(), "192.168.1.0/24", vpc, enable_ipv6=True).subnet_id
    block = subnets.get_subnet(subnet).subnet.ipv6_cidr
    gateway = gateways.create_ipv6_gateway(fresh("gate"), vpc, 10, billing=POSTPAID).gateway_id
    table = routes.get_route(vpc_id=vpc, route_table_id="").route_table_id
    rule = routes.create_route(table, block, "::/0", "ipv6gateway", "out", gateway, ip_version=6).route_rule_id
    own = routes.create_route(table, "::/0", "2001:db8:ff00::/40", "defaultGateway", ip_version="6").route_rule_id
    [_, system, shown, local] = routes.get_route(vpc_id=vpc, route_table_id="").route_rules
    assert (system.destination_address, system.nexthop_type) == (client.get_vpc(vpc).vpc.ipv6_cidr, "defaultGateway")
    assert (shown.source_address, shown.destination_address) == (block, "::/0")
    assert (shown.nexthop_type, shown.nexthop_id) == ("ipv6gateway", gateway)
    assert (local.route_rule_id, local.nexthop_type, local.nexthop_id) == (own, "defaultGateway", "")
    wrong = lambda: routes.create_route(table, "::/0", "::/0", "ipv6gateway", "", gateway, ip_version=4)
    refused(wrong, 400, "BadRequest")
    refused(lambda: gateways.delete_ipv6_gateway(gateway), 409, "OperationDenied")
    refused(lambda: subnets.delete_subnet(subnet), 409, "ResourceNeedRelease")
    for gone in (rule, own):
        routes.delete_route(gone)
    gateways.delete_ipv6_gateway(gateway)
    subnets.delete_subnet(subnet)
    client.delete_vpc(vpc)


def acl(subnet, position, **more):
    return {
        "subnetId": subnet,
        "protocol": "tcp",
        "sourceIpAddress": "0.0.0.0/0",
        "destinationIpAddress": "192.168.0.0/24",
        "sourcePort": "1-65535",
        "destinationPort": "443",
        "position": position,
        "direction": "ingress",
        "action": "allow",
        "description": "",
        **more,
    }


def test_acls(acls, vpc, subnet):
    acls.create_acl([acl(subnet, 20), acl(subnet, 10, action="deny"), acl(subnet, 30, direction="egress")])
    [entry] = acls.list_acl_entrys(vpc).acl_entrys
    assert [it.position for it in entry.acl_rules] == [10, 20, 30, 32769, 32769]
    rules = acls.list_subnet_acl(subnet, max_keys=2)
    assert [it.action for it in rules.acl_rules] == ["deny", "allow"] and rules.is_truncated
    first, second = rules.acl_rules
    assert re.fullmatch(r"ar-[0-9a-z]{12}", first.id)
    assert (second.source_port, second.destination_port) == ("1-65535", "443")
    rest = acls.list_subnet_acl(subnet, marker=rules.next_marker).acl_rules
    assert [it.direction for it in rest] == ["egress", "ingress", "egress"]

    acls.update_acl(first.id, description="later", position=25)
    order = [it.id for it in acls.list_subnet_acl(subnet).acl_rules[:2]]
    assert order == [second.id, first.id]
    refused(lambda: acls.update_acl(first.id, position=20), 400, "DuplicatePosition")
    refused(lambda: acls.create_acl([acl(subnet, 5001)]), 400, "InvalidPosition")
    refused(lambda: acls.create_acl([acl(subnet, 1, destinationPort="0-x")]), 400, "InvalidPort")
    for rule in (first.id, second.id, rest[0].id):
        acls.delete_acl(rule)
    refused(lambda: acls.delete_acl(first.id), 404, "NoSuchObject")
    assert [it.action for it in acls.list_subnet_acl(subnet).acl_rules] == ["allow", "allow"]


def test_peering_life(client, peers, vpc, far):
    made = peers.create_peerconn(
        10, vpc, far, "elsewhere", description="both", local_if_name="here", billing=POSTPAID
    ).peer_conn_id
    shown = peers.get_peerconn(made)
    assert (shown.role, shown.status, shown.local_if_name, shown.dns_status) == ("initiator", "active", "here", "close")
    [listed] = peers.list_peerconns(far).peer_conns
    assert (listed.role, listed.peer_conn_id, listed.bandwidth_in_mbps) == ("acceptor", made, 10)
    peers.update_peerconn(made, shown.local_if_id, description="ours", local_if_name="mine")
    peers.resize_peerconn(made, 20)
    for act, word in ((peers.open_peerconn_dns_sync, "open"), (peers.close_peerconn_dns_sync, "close")):
        act(made, "initiator")
        assert peers.get_peerconn(made, role="initiator").dns_status == word
    shown = peers.get_peerconn(made)
    assert (shown.description, shown.local_if_name, shown.bandwidth_in_mbps) == ("ours", "mine", 20)

    peers.update_peerconn_delete_protect(made, True)
    refused(lambda: peers.delete_peerconn(made), 400, "UnsupportedPeerConnOperation")
    peers.update_peerconn_delete_protect(made, False)
    refused(lambda: peers.refund_peerconn(made), 400, "UnsupportedPeerConnOperation")
    refused(lambda: client.delete_vpc(far), 409, "ResourceNeedRelease")
    peers.delete_peerconn(made)
    refused(lambda: peers.get_peerconn(made), 404, "NoSuchObject")
    client.delete_vpc(far)


def test_prepaid_peering(peers, vpc, far):
    billing = Billing("Prepaid", 1, "Month")
    made = peers.create_peerconn(10, vpc, far, "elsewhere", billing=billing).peer_conn_id
    before = peers.get_peerconn(made)
    assert before.payment_timing == "Prepaid"
    peers.purchase_reserved_peerconn(made, billing=billing)
    assert peers.get_peerconn(made).expired_time > before.expired_time
    refused(lambda: peers.resize_peerconn(made, 9), 400, "ResizeException")
    refused(lambda: peers.delete_peerconn(made), 400, "UnsupportedPeerConnOperation")
    peers.refund_peerconn(made)
    refused(lambda: peers.get_peerconn(made), 404, "NoSuchObject")


def test_asking_another_account(tenant, peers, vpc):
    other = tenant.cloud.tenant(fresh("other"))
    theirs = other.baidu_vpc().create_vpc(fresh("vpc"), "10.0.0.0/16").vpc_id
    asked = other._baidu(PeerConnClient)
    for answer, status in (("reject", "consult_failed"), ("accept", "active")):
        ask = dict(peer_account_id=other.account, billing=POSTPAID)
        made = peers.create_peerconn(10, vpc, theirs, "elsewhere", **ask).peer_conn_id
        assert peers.get_peerconn(made).status == "consulting"
        refused(lambda: peers.handle_peerconn(made, answer), 400, "UnsupportedPeerConnOperation")
        asked.handle_peerconn(made, answer)
        assert asked.get_peerconn(made, role="acceptor").status == status
    named = lambda: peers.create_peerconn(10, vpc, theirs, "elsewhere", peer_if_name="mine", **ask)
    refused(named, 400, "PeerIfNameException")
    refused(lambda: asked.delete_peerconn(made), 400, "UnsupportedPeerConnOperation")
    peers.delete_peerconn(made)
