"""What the tests of the Huawei VPN SDK share: gateways, customer gateways and connections in their settled state."""

from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkvpn import v5 as sdk

from cloud import until

PSK = "Vpn-Psk-2026"
LAST_ADDRESS = iter(range(10, 250))


def eip(size=10, **more):
    """A new EIP for a gateway."""
    return sdk.CreateRequestEip(type="5_bgp", charge_mode="traffic", bandwidth_size=size, **more)


def new_vgw(client, subnet, **option):
    """The answer of a create, as it came; two new EIPs unless told otherwise."""
    option = {
        "vpc_id": subnet.vpc_id,
        "connect_subnet": subnet.id,
        "local_subnets": [subnet.cidr],
        "eip1": eip(),
        "eip2": eip(),
        **option,
    }
    body = sdk.CreateVgwRequestBody(sdk.CreateVgwRequestBodyContent(**option))
    return client.create_vgw(sdk.CreateVgwRequest(body)).vpn_gateway


def show_vgw(client, id):
    return client.show_vgw(sdk.ShowVgwRequest(id)).vpn_gateway


def active(client, id):
    """The gateway, once it is ACTIVE."""
    gateway = until(lambda: show_vgw(client, id), lambda it: not it.status.startswith("PENDING"))
    assert gateway.status == "ACTIVE"
    return gateway


def create_vgw(client, subnet, **option):
    return active(client, new_vgw(client, subnet, **option).id)


def update_vgw(client, id, **option):
    body = sdk.UpdateVgwRequestBody(sdk.UpdateVgwRequestBodyContent(**option))
    return client.update_vgw(sdk.UpdateVgwRequest(id, body)).vpn_gateway


def delete_vgw(client, id):
    return client.delete_vgw(sdk.DeleteVgwRequest(id))


def create_cgw(client, **option):
    """A customer gateway; without id_value it gets an address of its own."""
    option = {"id_value": f"198.51.100.{next(LAST_ADDRESS)}", **option}
    body = sdk.CreateCgwRequestBody(sdk.CreateCgwRequestBodyContent(**option))
    return client.create_cgw(sdk.CreateCgwRequest(body)).customer_gateway


def show_cgw(client, id):
    return client.show_cgw(sdk.ShowCgwRequest(id)).customer_gateway


def delete_cgw(client, id):
    return client.delete_cgw(sdk.DeleteCgwRequest(id))


def connection(gateway, cgw, **option):
    """The words that ask for a connection on the gateway's first EIP."""
    option = {
        "vgw_id": gateway.id,
        "vgw_ip": gateway.eip1.id,
        "cgw_id": cgw.id,
        "peer_subnets": ["192.168.100.0/24"],
        "psk": PSK,
        **option,
    }
    return sdk.CreateVpnConnectionRequestBodyContent(**option)


def new_connection(client, wanted):
    body = sdk.CreateVpnConnectionRequestBody(wanted)
    return client.create_vpn_connection(sdk.CreateVpnConnectionRequest(body)).vpn_connection


def show_connection(client, id):
    return client.show_vpn_connection(sdk.ShowVpnConnectionRequest(id)).vpn_connection


def down(client, id):
    """The connection, once it waits for its peer."""
    settled = until(lambda: show_connection(client, id), lambda it: not it.status.startswith("PENDING"))
    assert settled.status == "DOWN"
    return settled


def create_connection(client, gateway, cgw=None, **option):
    cgw = cgw or create_cgw(client)
    return down(client, new_connection(client, connection(gateway, cgw, **option)).id)


def update_connection(client, id, **option):
    body = sdk.UpdateVpnConnectionRequestBody(sdk.UpdateVpnConnectionRequestBodyContent(**option))
    return client.update_vpn_connection(sdk.UpdateVpnConnectionRequest(id, body)).vpn_connection


def delete_connection(client, id):
    return client.delete_vpn_connection(sdk.DeleteVpnConnectionRequest(id))


def connections(client, **query):
    return client.list_vpn_connections(sdk.ListVpnConnectionsRequest(**query))


def gone(read, code):
    """After a delete: PENDING_DELETE at once, then 404 with that code; no other state in between."""

    def status():
        try:
            return read().status
        except ClientRequestException as error:
            assert (error.status_code, error.error_code) == (404, code), error
            return None

    seen = status()
    assert seen in (None, "PENDING_DELETE")
    until(status, lambda it: it is None)
