"""What a VPN gateway refuses while it is being created, updated or deleted, through huaweicloudsdkvpn v5."""

import vpn
from cloud import fresh
from huawei import create_subnet, create_vpc, exactly, refused


def test_not_ready_yet(start):
    """Lifecycles that take their time: what may not be done meanwhile. A server of its own, for its slow profile."""
    cloud = start().cloud
    tenant = cloud.bootstrap()
    client = tenant.vpn()
    network = create_vpc(tenant.vpc())
    subnet = create_subnet(tenant.vpc(), network.id, "192.168.0.0/24")
    tenant.quota("publicIp", 50)
    updated, deleted = vpn.create_vgw(client, subnet), vpn.create_vgw(client, subnet)
    cgw = vpn.create_cgw(client)
    cloud.operator.profile("realistic")

    created = vpn.new_vgw(client, subnet)
    assert vpn.show_vgw(client, created.id).status == "PENDING_CREATE"
    message = exactly("The gateway is being created, please try again later.")
    refused(lambda: vpn.update_vgw(client, created.id, name="n"), 400, "VPN.0506", message)
    refused(lambda: vpn.delete_vgw(client, created.id), 400, "VPN.0506", message)
    early = vpn.connection(updated, cgw, vgw_id=created.id)
    message = exactly("VPN gateway is not ready, please try again later")
    refused(lambda: vpn.new_connection(client, early), 409, "VPN.0016", message)

    vpn.update_vgw(client, updated.id, name=fresh("updated"))
    assert vpn.show_vgw(client, updated.id).status == "PENDING_UPDATE"
    message = exactly("The gateway is being updated, please try again later.")
    refused(lambda: vpn.update_vgw(client, updated.id, name="n"), 400, "VPN.0507", message)
    vpn.delete_vgw(client, deleted.id)
    assert vpn.show_vgw(client, deleted.id).status == "PENDING_DELETE"
    message = exactly("The gateway is being deleted.")
    refused(lambda: vpn.update_vgw(client, deleted.id, name="n"), 400, "VPN.0508", message)

    # Requests are signed with this machine's time, so the server's clock may run ahead by less than 15 minutes.
    for _ in range(13):
        cloud.operator.step(60)
    assert vpn.active(client, created.id).eip1.ip_address
    vpn.active(client, updated.id)
    vpn.gone(lambda: vpn.show_vgw(client, deleted.id), "VPN.0509")
