"""The native API through openstacksdk: networks, subnets, ports, routers and subnet pools."""

import pytest
from openstack import exceptions

from cloud import fresh
from test_openstack import conn, user  # noqa: F401 (fixtures)


@pytest.fixture
def network(conn):
    it = conn.network.create_network(name=fresh("net"))
    yield it
    conn.network.delete_network(it.id)


@pytest.fixture
def subnet(conn, network):
    return conn.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.0.1.0/24", name=fresh("sub"))


@pytest.fixture
def router(conn, tenant):
    tenant.quota("vpc", 100)
    it = conn.network.create_router(name=fresh("router"))
    yield it
    conn.network.delete_router(it.id)


def refused(kind, call):
    with pytest.raises(kind) as caught:
        call()
    return caught.value


def test_networks(conn, network):
    assert network.status == "ACTIVE" and network.is_admin_state_up and not network.is_shared
    assert not network.is_router_external and network.is_port_security_enabled and network.subnet_ids == []
    assert conn.network.get_network(network.id).name == network.name
    assert [it.id for it in conn.network.networks(name=network.name)] == [network.id]
    assert conn.network.find_network(network.name).id == network.id
    changed = conn.network.update_network(network, name=fresh("renamed"))
    assert conn.network.find_network(changed.name).id == network.id
    error = refused(exceptions.ConflictException, lambda: busy(conn, network))
    assert "is in use" in str(error)


def busy(conn, network):
    """Deletes a network that has a tenant's port; the port goes either way."""
    conn.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.9.0.0/24")
    port = conn.network.create_port(network_id=network.id)
    try:
        conn.network.delete_network(network.id, ignore_missing=False)
    finally:
        conn.network.delete_port(port.id)


def test_external_network(conn):
    [outside] = conn.network.networks(**{"router:external": True})
    assert outside.name == "admin_external_net" and outside.is_router_external
    assert outside.id not in [it.id for it in conn.network.networks(is_router_external=False)]
    error = refused(exceptions.ForbiddenException, lambda: conn.network.delete_network(outside.id))
    assert "disallowed by policy" in str(error)


def test_pages(conn):
    name = fresh("page")
    made = sorted(conn.network.create_network(name=name).id for _ in range(5))
    assert [it.id for it in conn.network.networks(name=name, limit=2)] == made
    for id in made:
        conn.network.delete_network(id)


def test_subnets(conn, network, subnet):
    assert subnet.cidr == "10.0.1.0/24" and subnet.gateway_ip == "10.0.1.1" and subnet.is_dhcp_enabled
    assert subnet.allocation_pools == [{"start": "10.0.1.2", "end": "10.0.1.252"}]
    assert conn.network.get_network(network.id).subnet_ids == [subnet.id]
    assert [it.id for it in conn.network.subnets(network_id=network.id)] == [subnet.id]
    changed = conn.network.update_subnet(
        subnet,
        name="renamed",
        dns_nameservers=["8.8.8.8"],
        host_routes=[{"destination": "192.168.0.0/16", "nexthop": "10.0.1.9"}],
    )
    assert changed.name == "renamed" and changed.dns_nameservers == ["8.8.8.8"]
    assert conn.network.get_subnet(subnet.id).host_routes[0]["nexthop"] == "10.0.1.9"
    conn.network.delete_subnet(subnet.id, ignore_missing=False)
    refused(exceptions.NotFoundException, lambda: conn.network.get_subnet(subnet.id))
    assert conn.network.get_network(network.id).subnet_ids == []


def test_ports(conn, network, subnet):
    made = conn.network.create_port(
        network_id=network.id,
        name=fresh("nic"),
        fixed_ips=[{"subnet_id": subnet.id, "ip_address": "10.0.1.9"}],
        allowed_address_pairs=[{"ip_address": "10.0.1.77"}],
        extra_dhcp_opts=[{"opt_name": "51", "opt_value": "24h"}],
    )
    assert made.fixed_ips == [{"subnet_id": subnet.id, "ip_address": "10.0.1.9"}]
    assert made.is_port_security_enabled and len(made.security_group_ids) == 1 and made.binding_vnic_type == "normal"
    shown = conn.network.get_port(made.id)
    assert shown.status == "DOWN" and shown.allowed_address_pairs[0]["mac_address"] == made.mac_address
    for query in (
        {"fixed_ips": f"ip_address={made.fixed_ips[0]['ip_address']}", "network_id": network.id},
        {"mac_address": made.mac_address},
        {"name": made.name},
        {"id": made.id},
    ):
        assert [it.id for it in conn.network.ports(**query)] == [made.id], query
    changed = conn.network.update_port(
        made, name="vip", security_groups=[], port_security_enabled=False, allowed_address_pairs=[]
    )
    assert (changed.name, changed.security_group_ids, changed.is_port_security_enabled) == ("vip", [], False)
    error = refused(
        exceptions.BadRequestException,
        lambda: conn.network.create_port(
            network_id=network.id, fixed_ips=[{"ip_address": "10.0.1.5"}, {"ip_address": "10.0.1.6"}]
        ),
    )
    assert "One port can only set one ipaddress" in str(error)
    conn.network.delete_port(made.id, ignore_missing=False)
    refused(exceptions.NotFoundException, lambda: conn.network.get_port(made.id))


def test_routers(conn, router, network, subnet, tenant):
    assert router.status == "ACTIVE" and router.is_admin_state_up and router.external_gateway_info["network_id"]
    assert conn.network.find_router(router.name).id == router.id
    assert router.id in [it.id for it in conn.network.routers()]
    assert conn.network.update_router(router, name=fresh("renamed")).name.startswith("renamed")
    made = conn.network.add_interface_to_router(router, subnet=subnet.id)
    assert made["subnet_id"] == subnet.id and made["id"] == router.id
    [gate] = conn.network.ports(device_id=router.id)
    assert gate.id == made["port_id"] and gate.fixed_ips[0]["ip_address"] == "10.0.1.1"
    refused(exceptions.ConflictException, lambda: conn.network.delete_router(router.id))
    refused(exceptions.ConflictException, lambda: conn.network.delete_subnet(subnet.id))
    gone = conn.network.remove_interface_from_router(router, subnet=subnet.id)
    assert gone["port_id"] == gate.id
    error = refused(
        exceptions.NotFoundException,
        lambda: conn.network.remove_interface_from_router(router, subnet=subnet.id),
    )
    assert "has no interface on subnet" in str(error)
    port = conn.network.create_port(network_id=network.id)
    assert conn.network.add_interface_to_router(router, port=port.id)["port_id"] == port.id
    conn.network.remove_interface_from_router(router, port=port.id)


def test_subnet_pools(conn):
    made = conn.network.create_subnet_pool(name=fresh("pool"), prefixes=["10.0.0.0/8"], description="text")
    assert (made.minimum_prefix_length, made.maximum_prefix_length, made.ip_version) == (8, 32, 4)
    assert conn.network.get_subnet_pool(made.id).prefixes == ["10.0.0.0/8"]
    assert made.id in [it.id for it in conn.network.subnet_pools(ip_version=4)]
    assert conn.network.update_subnet_pool(made, default_prefix_length=24).default_prefix_length == 24
    conn.network.delete_subnet_pool(made.id, ignore_missing=False)
    refused(exceptions.NotFoundException, lambda: conn.network.get_subnet_pool(made.id))
