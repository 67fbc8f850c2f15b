"""The rest of site-to-site VPN through huaweicloudsdkvpn v5: monitors, logs, exports, jobs, routes, certificates."""

import pathlib

import pytest
from huaweicloudsdkvpn import v5 as sdk

import vpn
from cloud import until
from huawei import UUID, create_subnet, create_vpc, exactly, refused, unknown

CERTIFICATES = pathlib.Path(__file__).parent / "certificates"


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("publicIp", 100)
    return tenant.vpn()


@pytest.fixture(scope="module")
def subnet(tenant):
    network = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), network.id, "10.0.0.0/24")


@pytest.fixture(scope="module")
def connection(client, subnet):
    return vpn.create_connection(client, vpn.create_vgw(client, subnet))


def pem(name):
    return (CERTIFICATES / name).read_text()


def test_monitor_life(client, connection):
    wanted = sdk.CreateConnectionMonitorRequestBodyContent(vpn_connection_id=connection.id)
    request = sdk.CreateConnectionMonitorRequest(sdk.CreateConnectionMonitorRequestBody(wanted))
    made = client.create_connection_monitor(request).connection_monitor
    assert (made.vpn_connection_id, made.type, made.proto_type) == (connection.id, "gateway", "icmp")

    def shown():
        return client.show_connection_monitor(sdk.ShowConnectionMonitorRequest(made.id)).connection_monitor

    monitor = until(shown, lambda it: it.status == "ACTIVE")
    cgw = vpn.show_cgw(client, connection.cgw_id)
    assert monitor.destination_ip == cgw.id_value and monitor.source_ip
    assert vpn.show_connection(client, connection.id).connection_monitor_id == made.id
    message = exactly(f"VPN connection {connection.id} already has connection monitor")
    refused(lambda: client.create_connection_monitor(request), 400, "VPN.0381", message)
    listed = client.list_connection_monitors(sdk.ListConnectionMonitorsRequest(vpn_connection_id=connection.id))
    assert [it.id for it in listed.connection_monitors] == [made.id]
    client.delete_connection_monitor(sdk.DeleteConnectionMonitorRequest(made.id))
    vpn.gone(shown, "VPN.0004")


def test_log_and_associations(client, connection):
    logs = client.show_vpn_connection_log(sdk.ShowVpnConnectionLogRequest(connection.id)).logs
    assert logs and all(it.time and it.raw_message for it in logs)
    found = client.list_connection_ipsec_sa(sdk.ListConnectionIpsecSaRequest(connection.id))
    assert found.sa_infos == [], "the far end does not answer"
    refused(
        lambda: client.show_vpn_connection_log(sdk.ShowVpnConnectionLogRequest(unknown())), 404, "VPN.0004"
    )


def test_peer_configurations(client, connection):
    request = sdk.ListPeerConfigurationSupportedDevicesRequest()
    devices = client.list_peer_configuration_supported_devices(request).supported_devices
    assert {it.vendor for it in devices} >= {"Huawei", "Cisco", "strongSwan"}
    for device in devices:
        kind, model = device.platform.split(" ")
        body = sdk.ExportPeerConfigurationRequestBody(
            vendor=device.vendor, type=kind, model=model, version=device.version
        )
        request = sdk.ExportVpnConnectionPeerConfigurationRequest(connection.id, body)
        text = client.export_vpn_connection_peer_configuration(request).peer_config
        assert vpn.PSK not in text and "86400" in text and "10.0.0.0" in text


def test_routing_table(client, connection):
    request = sdk.ShowVpnGatewayRoutingTableRequest(connection.vgw_id, is_include_nexthop_resource=True)
    table = client.show_vpn_gateway_routing_table(request)
    assert table.total_count == 2
    kinds = {row.destination: row.nexthop_resource.type for row in table.routing_table}
    assert kinds == {"10.0.0.0/24": "vpn_gateway", "192.168.100.0/24": "vpn_connection"}


def test_upgrade(client, connection):
    gateway = connection.vgw_id

    def act(action):
        body = sdk.UpgradeRequestBody(action)
        return client.upgrade_vpn_gateway(sdk.UpgradeVpnGatewayRequest(gateway, body)).job_id

    def job(id):
        listed = client.list_vpn_gateway_jobs(sdk.ListVpnGatewayJobsRequest(resource_id=gateway)).jobs
        return next(it for it in listed if it.id == id)

    first = act("start")
    assert UUID.fullmatch(first)
    until(lambda: job(first), lambda it: it.status == "pending_upgrade_confirm")
    refused(lambda: act("start"), 400, "VPN.0031", exactly("Repeated operation."))
    assert act("rollback") == first
    until(lambda: job(first), lambda it: it.status == "rollback_success")
    second = act("start")
    until(lambda: job(second), lambda it: it.status == "pending_upgrade_confirm")
    act("finish")
    assert job(second).status == "success" and len(job(second).sub_jobs) == 3
    client.delete_vpn_gateway_job(sdk.DeleteVpnGatewayJobRequest(second))
    left = client.list_vpn_gateway_jobs(sdk.ListVpnGatewayJobsRequest(resource_id=gateway)).jobs
    assert [it.id for it in left] == [first]


def test_certificates(client, subnet):
    gateway = vpn.create_vgw(client, subnet, flavor="GM")
    content = sdk.CreateVpnGatewayCertificateRequestBodyContent(
        name="edge",
        certificate=pem("sign.pem"),
        private_key=pem("sign.key"),
        certificate_chain=pem("root.pem"),
        enc_certificate=pem("enc.pem"),
        enc_private_key=pem("enc.key"),
    )
    body = sdk.CreateVpnGatewayCertificateRequestBody(content)
    made = client.create_vgw_certificate(sdk.CreateVgwCertificateRequest(gateway.id, body)).certificate
    assert made.signature_algorithm == "SM3WITHSM2"

    def shown():
        return client.show_vpn_gateway_certificate(sdk.ShowVpnGatewayCertificateRequest(gateway.id)).certificate

    until(shown, lambda it: it.status == "BOUND")
    change = sdk.UpdateVpnGatewayCertificateRequestBodyContent(name="core")
    change = sdk.UpdateVpnGatewayCertificateRequestBody(change)
    changed = client.update_vgw_certificate(sdk.UpdateVgwCertificateRequest(gateway.id, made.id, change))
    assert changed.certificate.name == "core"
    until(shown, lambda it: it.status == "BOUND")
    listed = client.list_vpn_gateway_certificates(sdk.ListVpnGatewayCertificatesRequest())
    assert [it.id for it in listed.vpn_gateway_certificates] == [made.id]

    authority = sdk.CaCertificateRequest(content=pem("root.pem"))
    cgw = vpn.create_cgw(client, ca_certificate=authority)
    assert cgw.ca_certificate.subject == "CN=Example Root, O=Example"
    connection = vpn.create_connection(client, gateway, cgw, psk=None, peer_subnets=["192.168.110.0/24"])
    assert connection.ikepolicy.authentication_method == "digital-envelope-v2"
