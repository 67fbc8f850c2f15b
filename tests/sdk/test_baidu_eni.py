"""Interfaces, virtual addresses and IPv6 gateways through bce-python-sdk: every operation of the three clients."""

import pytest
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.eip.model import Billing
from baidubce.services.eni.eni_client import EniClient
from baidubce.services.eni.eni_model import EniIPSet
from baidubce.services.havip.havip_client import HavipClient
from baidubce.services.ipv6gateway.ipv6gateway_client import IPv6GatewayClient

from cloud import fresh, until
from test_baidu import refused


@pytest.fixture(scope="module")
def enis(tenant):
    return tenant._baidu(EniClient)


@pytest.fixture(scope="module")
def havips(tenant):
    return tenant._baidu(HavipClient)


@pytest.fixture(scope="module")
def gateways(tenant):
    return tenant._baidu(IPv6GatewayClient)


@pytest.fixture(scope="module")
def net(tenant, operator):
    """A VPC, a subnet and the zone."""
    tenant.quota("vpc", 100)
    zone = operator.zone()
    vpc = tenant.baidu_vpc().create_vpc(fresh("vpc"), "192.168.0.0/16").vpc_id
    return vpc, tenant.baidu_subnet().create_subnet(fresh("subnet"), zone, "192.168.1.0/24", vpc).subnet_id


@pytest.fixture
def eni(enis, net):
    return enis.create_eni(fresh("nic"), net[1], eni_ip_address_list=[EniIPSet(private_ip="", primary=True), EniIPSet()]).eni_id


@pytest.fixture
def eip(tenant):
    eips = tenant._baidu(EipClient)
    address = eips.create_eip(5, name=fresh("eip"), billing=Billing("Postpaid", "ByTraffic")).eip
    until(lambda: eips.list_eips(eip=address).eip_list[0].status, lambda status: status == "available")
    return address


def test_an_interface_and_its_addresses(enis, net, eni):
    enis.update_eni(eni, name="renamed", description="words")
    one = enis.add_private_ip(eni, "").private_ip_address
    more = enis.batch_add_private_ip(eni, private_ip_address_count=2).private_ip_addresses
    it = enis.get_eni_details(eni)
    assert (it.name, it.description, it.vpc_id, it.subnet_id) == ("renamed", "words", *net)
    assert [ip.primary for ip in it.private_ip_set] == [True, False, False, False, False]
    enis.delete_private_ip(eni, one)
    enis.batch_delete_private_ip(eni, more)
    assert len(enis.get_eni_details(eni).private_ip_set) == 2
    assert eni in [row.eni_id for row in enis.list_eni(net[0]).enis]
    assert enis.get_eni_status(eni).status == "available"
    enis.delete_eni(eni)
    refused(lambda: enis.get_eni_details(eni), 400, "EniIdException")


def test_an_interface_has_a_public_address(enis, eni, eip):
    private = enis.get_eni_details(eni).private_ip_set[0].private_ip_address
    enis.bind_eni_public_ip(eni, private, eip)
    assert enis.get_eni_details(eni).private_ip_set[0].public_ip_address == eip
    enis.unbind_eni_public_ip(eni, eip)
    enis.delete_eni(eni)


def test_a_server_that_is_not_there(enis, eni):
    refused(lambda: enis.attach_eni_instance(eni, "i-000000000000"), 404, "ResourceNotExistException")
    refused(lambda: enis.detach_eni_instance(eni, "i-000000000000"), 403, "EniStatusException")
    refused(lambda: enis.update_eni_security_group(eni, ["g-0"]), 404, "ResourceNotExistException")
    refused(lambda: enis.update_eni_enterprise_security_group(eni, ["esg-0"]), 404, "ResourceNotExistException")


def test_a_virtual_address(havips, net, eni, eip):
    vip = havips.create_havip(fresh("vip"), net[1], "").ha_vip_id
    havips.havip_attach_instance([eni], "ENI", vip)
    it = havips.get_havip_detail(vip)
    assert (it.status, it.binded_instances[0].instance_id) == ("binded", eni)
    havips.havip_detach_instance([eni], "ENI", vip)
    havips.havip_bind_public_ip(vip, eip)
    assert havips.get_havip_detail(vip).public_ip_address == eip
    havips.havip_unbind_public_ip(vip)
    havips.update_havip("renamed", vip)
    assert vip in [row.ha_vip_id for row in havips.get_havip_detail_list(net[0]).ha_vips]
    havips.delete_havip(vip)


def test_an_ipv6_gateway_needs_ipv6(gateways, net):
    refused(lambda: gateways.create_ipv6_gateway(fresh("gate"), net[0], 10), 409, "OperationDenied")
    assert gateways.list_ipv6_gateways(net[0]).gateway_id is None
