"""EIPs and NAT gateways through bce-python-sdk: every operation of the two clients that is served."""

import pytest
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.eip.model import Billing as EipBilling
from baidubce.services.eip.model import EipStatus
from baidubce.services.vpc.nat_client import NatClient
from baidubce.services.vpc.nat_model import Billing

from cloud import fresh, until
from test_baidu import refused

TRAFFIC = EipBilling("Postpaid", "ByTraffic")
STEADY = ("active", "unconfigured")


@pytest.fixture(scope="module")
def eips(tenant):
    return tenant._baidu(EipClient)


@pytest.fixture(scope="module")
def nats(tenant):
    return tenant._baidu(NatClient)


@pytest.fixture(scope="module")
def vpc(tenant, operator):
    tenant.quota("vpc", 100)
    tenant.quota("natGateway", 100)
    vpc = tenant.baidu_vpc().create_vpc(fresh("vpc"), "192.168.0.0/16").vpc_id
    tenant.baidu_subnet().create_subnet(fresh("subnet"), operator.zone(), "192.168.1.0/24", vpc)
    return vpc


def row(eips, address):
    (found,) = eips.list_eips(eip=address).eip_list
    return found


def steady(eips, *addresses):
    """Waits as every client does: each change of an EIP passes through a state of its own."""
    for address in addresses:
        until(lambda: row(eips, address).status, lambda status: status in ("available", "binded"))
    return addresses[0]


def ready(nats, id):
    return until(lambda: nats.get_nat(id), lambda nat: nat.status in STEADY)


def gateway(nats, vpc, **how):
    billing = how.pop("billing", Billing("Postpaid"))
    if not how:
        how = {"cu_num": 1}
    id = nats.create_nat(fresh("nat"), vpc, billing=billing, **how).nat_id
    ready(nats, id)
    return id


def address(eips):
    return steady(eips, eips.create_eip(10, name=fresh("eip"), billing=TRAFFIC).eip)


def test_eip(eips):
    made = eips.create_eip(5, name="front", billing=TRAFFIC, route_type="BGP_S", delete_protect=True,
                           tags=[{"tagKey": "k", "tagValue": "v"}]).eip
    steady(eips, made)
    it = row(eips, made)
    assert (it.name, it.bandwidth_in_mbps, it.route_type) == ("front", 5, "BGP_S")
    assert (it.payment_timing, it.billing_method, it.delete_protect) == ("Postpaid", "ByTraffic", True)
    assert [(tag.tag_key, tag.tag_value) for tag in it.tags] == [("k", "v")]
    refused(lambda: eips.release_eip(made), 409, "OperationDenied")
    eips.update_eip_delete_protect(made, False)
    eips.resize_eip(made, 1000)
    assert row(eips, made).bandwidth_in_mbps == 1000
    refused(lambda: eips.resize_eip(made, 1001), 400, "BadRequest")
    refused(lambda: eips.purchase_reserved_eip(made), 409, "OperationDenied")
    assert [it.eip for it in eips.list_eips(name="front", status=EipStatus.AVAILABLE).eip_list] == [made]
    eips.optional_delete_eip(made)
    assert eips.list_eips(eip=made).eip_list == []
    refused(lambda: eips.release_eip(made), 404, "NoSuchObject")


def test_prepaid_eip(eips, operator):
    made = steady(eips, eips.create_eip(5, billing=EipBilling("Prepaid", "ByBandwidth", 1)).eip)
    before = row(eips, made)
    assert before.payment_timing == "Prepaid"
    eips.purchase_reserved_eip(made, EipBilling(reservation_length=2))
    assert row(eips, made).expire_time > before.expire_time
    refused(lambda: eips.release_eip(made), 409, "OperationDenied")


def test_pages(eips, stranger):
    mine = stranger._baidu(EipClient)
    made = [mine.create_eip(1).eip for _ in range(3)]
    seen, marker = [], None
    while True:
        page = mine.list_eips(marker=marker, max_keys=2)
        seen += [it.eip for it in page.eip_list]
        if not page.is_truncated:
            break
        marker = page.next_marker
    assert seen and sorted(seen) == sorted(made)


def test_gateway(nats, eips, vpc):
    id = gateway(nats, vpc, cu_num=2, delete_protect=True)
    it = nats.get_nat(id)
    assert (it.id, it.vpc_id, it.cu_num, it.status) == (id, vpc, 2, "unconfigured")
    assert (it.payment_timing, it.delete_protect) == ("Postpaid", True)
    nats.update_nat(id, "renamed")
    assert [it.id for it in nats.list_nats(vpc, name="renamed").nats] == [id]
    nats.resize_nat(id, 3)
    assert ready(nats, id).cu_num == 3
    public = address(eips)
    nats.enhance_nat_bind_eip(id, [public])
    it = ready(nats, id)
    assert (it.status, it.bind_eips) == ("active", [public])
    assert [it.id for it in nats.list_nats(vpc, ip=public).nats] == [id]
    it = row(eips, public)
    assert (it.instance_type, it.instance_id) == ("NAT", id)
    nats.enhance_nat_unbind_eip(id, [public])
    assert ready(nats, id).status == "unconfigured"
    steady(eips, public)
    eips.bind_eip(public, "NAT", id)
    assert ready(nats, id).bind_eips == [public]
    refused(lambda: nats.delete_nat(id), 409, "OperationDenied")
    refused(lambda: nats.purchase_reserved_nat(id, Billing()), 400, "NatPostpaid")
    nats.update_delete_protect(id, False)
    ready(nats, id)
    nats.delete_nat(id)
    until(lambda: [it.id for it in nats.list_nats(vpc).nats], lambda ids: id not in ids)
    refused(lambda: nats.get_nat(id), 404, "NoSuchNat", "The specified nat is not found.")
    steady(eips, public)
    eips.release_eip(public)


def test_standard_gateway(nats, eips, vpc):
    out, into = address(eips), address(eips)
    id = gateway(nats, vpc, spec="small")
    nats.bind_eip(id, [out])
    nats.bind_dnat_eip(id, [into])
    it = ready(nats, id)
    assert (it.spec, it.eips, it.dnat_eips) == ("small", [out], [into])
    nats.unbind_eip(id, [out])
    nats.unbind_dnat_eip(id, [into])
    assert ready(nats, id).status == "unconfigured"


def test_prepaid_gateway(nats, vpc):
    id = gateway(nats, vpc, cu_num=1, billing=Billing("Prepaid", 1))
    before = nats.get_nat(id).expired_time
    nats.purchase_reserved_nat(id, Billing(reservationLength=3))
    assert nats.get_nat(id).expired_time > before
    refused(lambda: nats.delete_nat(id), 409, "OperationDenied")


def test_source_rules(nats, eips, vpc):
    public = address(eips)
    id = gateway(nats, vpc, cu_num=1, bind_eips=[public])
    rule = nats.create_snat_rule(id, "out", "192.168.1.0/24", [public]).rule_id
    more = {"ruleName": "one", "sourceCIDR": "192.168.1.9", "publicIpsAddress": [public]}
    (second,) = nats.batch_create_snat_rule(id, [more]).snat_rule_ids
    refused(lambda: nats.create_snat_rule(id, "out", "192.168.1.0/24", [public]), 400, "SnatRuleSourceAddressConflict")
    nats.update_snat_rule(id, rule, rule_name="renamed", source_cidr="192.168.0.0/16")
    rules = {it.rule_id: it for it in nats.list_snat_rule(id).rules}
    assert (rules[rule].rule_name, rules[rule].source_cidr) == ("renamed", "192.168.0.0/16")
    assert (rules[second].source_cidr, rules[second].public_ips_address) == ("192.168.1.9", [public])
    until(lambda: {it.status for it in nats.list_snat_rule(id).rules}, lambda words: words == {"active"})
    refused(lambda: nats.enhance_nat_unbind_eip(id, [public]), 409, "OperationDenied")
    for gone in (rule, second):
        nats.delete_snat_rule(id, gone)
    assert nats.list_snat_rule(id).rules == []
    refused(lambda: nats.delete_snat_rule(id, rule), 404, "RuleIdNotExist")


def test_destination_rules(nats, eips, vpc):
    public = address(eips)
    id = gateway(nats, vpc, cu_num=1, bind_eips=[public])
    rule = nats.create_dnat_rule(id, public, "192.168.1.7", "TCP", rule_name="in", public_port="8080",
                                 private_port="80").rule_id
    more = {"ruleName": "many", "publicIpAddress": public, "privateIpAddress": "192.168.1.7", "protocol": "UDP",
            "publicPortRange": "100-110", "privatePortRange": "200-210"}
    (second,) = nats.batch_create_dnat_rule(id, [more]).rule_ids
    nats.update_dnat_rule(id, rule, public_port=9090)
    rules = {it.rule_id: it for it in nats.list_dnat_rule(id).rules}
    assert (rules[rule].public_port, rules[rule].private_port) == (9090, 80)
    assert (rules[second].public_port_range, rules[second].private_port_range) == ("100-110", "200-210")
    refused(lambda: nats.create_dnat_rule(id, public, "192.168.1.8", "all"), 400, "DnatRuleConflictException")
    for gone in (rule, second):
        nats.delete_dnat_rule(id, gone)
    refused(lambda: nats.delete_dnat_rule(id, rule), 400, "DnatRuleIdException")


def test_payment_fails(nats, operator, tenant, vpc):
    """A status of 500 makes the SDK ask four times; nothing may come of any of them."""
    condition = {"scope": f"account/{tenant.account}", "value": "fails"}
    before = len(nats.list_nats(vpc).nats)
    operator.call("PUT", "conditions/payment", condition)
    refused(lambda: nats.create_nat(fresh("nat"), vpc, cu_num=1, billing=Billing("Postpaid")), 500, "createOrderError")
    operator.call("DELETE", f"conditions/payment?scope=account/{tenant.account}")
    assert len(nats.list_nats(vpc).nats) == before
