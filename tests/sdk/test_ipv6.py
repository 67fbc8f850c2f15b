"""IPv6 of networks, subnets and ports through both vendors' SDKs: the same blocks in the words of each."""

import ipaddress

import pytest
from huaweicloudsdkvpc import v2 as sdk

from cloud import fresh
from huawei import create_port, create_subnet, create_vpc, delete_port, delete_subnet, delete_vpc, refused, show_subnet


@pytest.fixture(scope="module", autouse=True)
def open_to_all(operator, tenant):
    operator.call("PUT", "conditions/feature.ipv6", {"scope": f"project/{tenant.project}", "value": True})


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.vpc()


@pytest.fixture
def network(client):
    made = create_vpc(client, cidr="10.0.0.0/16")
    yield made
    delete_vpc(client, made.id)


def fixed(address):
    return [sdk.FixedIp(ip_address=str(address))]


def test_subnets_and_ports_of_both_families(client, network):
    made = create_subnet(client, network.id, "10.0.1.0/24", ipv6_enable=True)
    block = ipaddress.ip_network(made.cidr_v6)
    assert made.ipv6_enable is True and block.prefixlen == 64
    assert ipaddress.ip_address(made.gateway_ip_v6) == block[1]
    assert made.neutron_subnet_id_v6 not in (made.neutron_subnet_id, made.id)
    other = create_subnet(client, network.id, "10.0.2.0/24", ipv6_enable=True)
    assert not ipaddress.ip_network(other.cidr_v6).overlaps(block)

    port = create_port(client, made.id)
    four, six = (ipaddress.ip_address(it.ip_address) for it in port.fixed_ips)
    assert four.version == 4 and six in block and six not in (block[0], block[1])
    chosen = create_port(client, made.id, fixed_ips=fixed(block[77]))
    assert chosen.fixed_ips[0].ip_address == str(block[77])
    refused(lambda: create_port(client, made.id, fixed_ips=fixed(block[77])), 400, "VPC.0701")
    refused(lambda: create_port(client, other.id, fixed_ips=fixed(block[78])), 400, "VPC.0705")

    for it in (port, chosen):
        delete_port(client, it.id)
    again = create_port(client, made.id, fixed_ips=fixed(block[77]))
    delete_port(client, again.id)
    for subnet in (made, other):
        delete_subnet(client, network.id, subnet.id)


def test_both_clouds_see_one_block(client, tenant, operator):
    baidu, subnets = tenant.baidu_vpc(), tenant.baidu_subnet()
    id = baidu.create_vpc(fresh("six"), "192.168.0.0/16", enable_ipv6=True).vpc_id
    whole = ipaddress.ip_network(baidu.get_vpc(id).vpc.ipv6_cidr)
    assert whole.prefixlen == 56
    subnet = subnets.create_subnet(fresh("six"), operator.zone(), "192.168.1.0/24", id, enable_ipv6=True).subnet_id
    shown = subnets.get_subnet(subnet).subnet
    part = ipaddress.ip_network(shown.ipv6_cidr)
    assert part.subnet_of(whole)
    listed = client.list_subnets(sdk.ListSubnetsRequest(limit=2000)).subnets
    theirs = next(it for it in listed if it.cidr_v6 == shown.ipv6_cidr)
    assert show_subnet(client, theirs.id).ipv6_enable is True
    subnets.delete_subnet(subnet)
    baidu.delete_vpc(id)
