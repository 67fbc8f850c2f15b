"""A network built with both SDKs survives kill -9: same ids, same addresses, same keys. The server is this test's own."""

from dataclasses import replace

import pytest
from huaweicloudsdkvpc.v2 import ListVpcsRequest

import huawei
import vpn
from cloud import fresh
from huawei import create_eip, create_subnet, create_vpc, show_eip, show_subnet, show_vpc


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def build(cloud, tenant):
    """A network of each cloud; returns what must still be there later."""
    zone = cloud.operator.zone()
    tenant.quota("publicIp", 20)
    network = create_vpc(tenant.vpc(), name="life", cidr="10.0.0.0/16")
    subnet = create_subnet(tenant.vpc(), network.id, "10.0.0.0/24", name="life")
    port = huawei.create_port(tenant.vpc(), subnet.id, name="life")
    eip = create_eip(tenant.eip(), port_id=port.id)
    client = tenant.vpn()
    gateway = vpn.create_vgw(client, subnet, name="life")
    cgw = vpn.create_cgw(client, name="life", id_value="203.0.113.1")
    connection = vpn.create_connection(client, gateway, cgw, name="life")
    parent = tenant.baidu_vpc().create_vpc("life_b", "192.168.0.0/16", client_token="life-token").vpc_id
    child = tenant.baidu_subnet().create_subnet("life_b", zone, "192.168.0.0/24", parent).subnet_id
    return {
        "network": network.id,
        "subnet": subnet.id,
        "port": port.id,
        "eip": eip.id,
        "gateway": gateway.id,
        "cgw": cgw.id,
        "connection": connection.id,
        "parent": parent,
        "child": child,
    }


def look(tenant, made):
    """Everything that build made, read back with both SDKs."""
    client = tenant.vpn()
    eip = show_eip(tenant.eip(), made["eip"])
    gateway = vpn.active(client, made["gateway"])
    # How many addresses are free changes with every gateway that is made in it.
    subnet = show_subnet(tenant.vpc(), made["subnet"]).to_dict()
    subnet.pop("available_ip_address_count")
    parent = tenant.baidu_vpc().get_vpc(made["parent"]).vpc
    child = tenant.baidu_subnet().get_subnet(made["child"]).subnet
    return {
        "network": show_vpc(tenant.vpc(), made["network"]).to_dict(),
        "subnet": subnet,
        "eip": (eip.public_ip_address, eip.status, eip.port_id, eip.private_ip_address, eip.bandwidth_id),
        "gateway": (gateway.name, gateway.eip1.ip_address, gateway.eip2.ip_address, gateway.created_at),
        "cgw": vpn.show_cgw(client, made["cgw"]).to_dict(),
        "connection": vpn.down(client, made["connection"]).to_dict(),
        "parent": (parent.name, parent.cidr, parent.created_time, [it.subnet_id for it in parent.subnets]),
        "child": (child.name, child.cidr, child.vpc_id, child.created_time, child.available_ip),
    }


def test_kill_and_start_again(start, data):
    server = start(data)
    env, first = server.cloud.env, server.cloud.bootstrap()
    other = server.cloud.tenant("second")
    made, theirs = build(server.cloud, first), create_vpc(other.vpc(), name="theirs")
    before = look(first, made)
    late = vpn.new_vgw(first.vpn(), show_subnet(first.vpc(), made["subnet"]), name="late")
    server.kill()

    server = start(data)
    again = server.cloud
    for name in ("VPCD_HUAWEI_AK", "VPCD_HUAWEI_PROJECT_ID", "VPCD_HUAWEI_DOMAIN_ID", "VPCD_BAIDU_AK"):
        assert again.env.get(name, env[name]) == env[name], name
    tenant = again.bootstrap(env)
    assert look(tenant, made) == before
    assert vpn.active(tenant.vpn(), late.id).name == "late", "what was pending is completed"

    repeated = tenant.baidu_vpc().create_vpc("life_b", "192.168.0.0/16", client_token="life-token")
    assert repeated.vpc_id == made["parent"], "client tokens are remembered too"
    other = replace(other, cloud=again)
    assert show_vpc(other.vpc(), theirs.id).name == "theirs"
    other.baidu_vpc().list_vpcs()

    huawei.refused(lambda: create_vpc(tenant.vpc(), name="life"), 400, "VPC.0115")
    huawei.refused(lambda: huawei.delete_vpc(tenant.vpc(), made["network"]), 409, "VPC.0104")
    addresses = {before["eip"][0], *before["gateway"][1:3]}
    for _ in range(3):
        address = create_eip(tenant.eip()).public_ip_address
        assert address not in addresses, "an address is handed out once"
        addresses.add(address)
    assert server.stop() == 0


def test_kill_many_times(start, data):
    """Each round acknowledges a few writes, is killed at once, and finds all of them in the next."""
    env, acknowledged = None, []
    for _ in range(4):
        server = start(data)
        env = env or server.cloud.env
        tenant = server.cloud.bootstrap(env)
        tenant.quota("vpc", 50)
        for id, name in acknowledged:
            assert show_vpc(tenant.vpc(), id).name == name
        for _ in range(3):
            network = create_vpc(tenant.vpc(), name=fresh("round"))
            acknowledged.append((network.id, network.name))
        server.kill()
    server = start(data)
    tenant = server.cloud.bootstrap(env)
    listed = {it.id: it.name for it in tenant.vpc().list_vpcs(ListVpcsRequest()).vpcs}
    assert dict(acknowledged).items() <= listed.items()
    assert server.stop() == 0
