"""The native API through huaweicloudsdkvpc v2: every operation of networks, subnets, ports and routers."""

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkvpc import v2 as sdk

from cloud import fresh
from huawei import unknown


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.vpc()


@pytest.fixture
def network(client):
    option = sdk.NeutronCreateNetworkOption(name=fresh("net"))
    body = sdk.NeutronCreateNetworkRequestBody(option)
    return client.neutron_create_network(sdk.NeutronCreateNetworkRequest(body)).network


@pytest.fixture
def subnet(client, network):
    option = sdk.NeutronCreateSubnetOption(name="sub", network_id=network.id, cidr="10.0.1.0/24", ip_version=4)
    body = sdk.NeutronCreateSubnetRequestBody(option)
    return client.neutron_create_subnet(sdk.NeutronCreateSubnetRequest(body)).subnet


def gone(call):
    with pytest.raises(ServiceResponseException) as caught:
        call()
    # The vendor's SDK does not read Neutron's bodies: it takes the status for the code.
    assert caught.value.status_code == 404 and "could not be found" in caught.value.error_msg, caught.value


def test_networks(client, network):
    shown = client.neutron_show_network(sdk.NeutronShowNetworkRequest(network.id)).network
    assert shown.name == network.name and shown.subnets == []
    listed = client.neutron_list_networks(sdk.NeutronListNetworksRequest(name=network.name, limit=10)).networks
    assert [it.id for it in listed] == [network.id]
    body = sdk.NeutronUpdateNetworkRequestBody(sdk.NeutronUpdateNetworkOption(name="renamed"))
    changed = client.neutron_update_network(sdk.NeutronUpdateNetworkRequest(network.id, body)).network
    assert changed.name == "renamed"
    client.neutron_delete_network(sdk.NeutronDeleteNetworkRequest(network.id))
    gone(lambda: client.neutron_show_network(sdk.NeutronShowNetworkRequest(network.id)))


def test_subnets(client, network, subnet):
    shown = client.neutron_show_subnet(sdk.NeutronShowSubnetRequest(subnet.id)).subnet
    assert shown.network_id == network.id and shown.allocation_pools[0].end == "10.0.1.252"
    listed = client.neutron_list_subnets(sdk.NeutronListSubnetsRequest(network_id=network.id)).subnets
    assert [it.id for it in listed] == [subnet.id]
    option = sdk.NeutronUpdateSubnetOption(name="renamed", dns_nameservers=["8.8.8.8"])
    body = sdk.NeutronUpdateSubnetRequestBody(option)
    changed = client.neutron_update_subnet(sdk.NeutronUpdateSubnetRequest(subnet.id, body)).subnet
    assert (changed.name, changed.dns_nameservers) == ("renamed", ["8.8.8.8"])
    client.neutron_delete_subnet(sdk.NeutronDeleteSubnetRequest(subnet.id))
    gone(lambda: client.neutron_show_subnet(sdk.NeutronShowSubnetRequest(subnet.id)))


def test_ports(client, network, subnet):
    option = sdk.NeutronCreatePortOption(network_id=network.id, name="nic", device_owner="neutron:VIP_PORT")
    body = sdk.NeutronCreatePortRequestBody(option)
    made = client.neutron_create_port(sdk.NeutronCreatePortRequest(body)).port
    shown = client.neutron_show_port(sdk.NeutronShowPortRequest(made.id)).port
    assert shown.fixed_ips[0].subnet_id == subnet.id and shown.device_owner == "neutron:VIP_PORT"
    request = sdk.NeutronListPortsRequest(fixed_ips=[f"ip_address={shown.fixed_ips[0].ip_address}"])
    assert made.id in [it.id for it in client.neutron_list_ports(request).ports]
    body = sdk.NeutronUpdatePortRequestBody(sdk.NeutronUpdatePortOption(name="renamed"))
    assert client.neutron_update_port(sdk.NeutronUpdatePortRequest(made.id, body)).port.name == "renamed"
    client.neutron_delete_port(sdk.NeutronDeletePortRequest(made.id))
    gone(lambda: client.neutron_show_port(sdk.NeutronShowPortRequest(made.id)))


def test_routers(client, subnet):
    body = sdk.NeutronCreateRouterRequestBody(sdk.NeutronCreateRouterOption(name=fresh("router")))
    made = client.neutron_create_router(sdk.NeutronCreateRouterRequest(body)).router
    shown = client.neutron_show_router(sdk.NeutronShowRouterRequest(made.id)).router
    assert shown.status == "ACTIVE" and shown.external_gateway_info.network_id
    assert made.id in [it.id for it in client.neutron_list_routers(sdk.NeutronListRoutersRequest()).routers]
    body = sdk.NeutronUpdateRouterRequestBody(sdk.NeutronUpdateRouterOption(name=fresh("renamed")))
    changed = client.neutron_update_router(sdk.NeutronUpdateRouterRequest(made.id, body)).router
    assert changed.name.startswith("renamed")
    body = sdk.RouterInterfaceRequestBody(subnet_id=subnet.id)
    added = client.neutron_add_router_interface(sdk.NeutronAddRouterInterfaceRequest(made.id, body))
    assert added.subnet_id == subnet.id
    request = sdk.NeutronRemoveRouterInterfaceRequest(made.id, body)
    assert client.neutron_remove_router_interface(request).port_id == added.port_id
    gone_body = sdk.RouterInterfaceRequestBody(subnet_id=unknown())
    request = sdk.NeutronAddRouterInterfaceRequest(made.id, gone_body)
    gone(lambda: client.neutron_add_router_interface(request))
    client.neutron_delete_router(sdk.NeutronDeleteRouterRequest(made.id))
    gone(lambda: client.neutron_show_router(sdk.NeutronShowRouterRequest(made.id)))
