"""Point-to-cloud VPN through huaweicloudsdkvpn v5: gateways, servers, client CAs, sessions, jobs, and their refusals."""

import pytest
from huaweicloudsdkvpn import v5 as sdk

from cloud import until
from huawei import UUID, create_subnet, create_vpc, exactly, refused, unknown
from vpn import gone

CA = """-----BEGIN CERTIFICATE-----
MIIBKjCB0aADAgECAgIQATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlDbGllbnQg
Q0EwHhcNMjUwMTAxMDAwMDAwWhcNMzUwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlD
bGllbnQgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASC8JmqDzKZbITplzR6
+y1Q46aBoCrF4EAfZbqfbhCgZP8kbri26EsSH7kEkRyssOIvDGsY8OpjsnMIsayc
6+YYoxMwETAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCBsGiD
em/uVEEULyeY0o34C49UcWu3ZLAD0sOvS9uBQgIgARAu0qb78ttdcYT2epxbkTgq
f48AeHO4865mdiSHDy4=
-----END CERTIFICATE-----
"""
NO_GATEWAY = exactly("The gateway does not exist.")
NO_SERVER = exactly("The server does not exist.")


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("publicIp", 100)
    return tenant.vpn()


@pytest.fixture(scope="module")
def subnet(tenant):
    network = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), network.id, "10.0.0.0/24")


def show(client, id):
    return client.show_p2c_vgw(sdk.ShowP2cVgwRequest(id)).p2c_vpn_gateway


def create_gateway(client, subnet, **option):
    eip = sdk.CreateP2cRequestEip(type="5_bgp", charge_mode="traffic", bandwidth_size=10)
    option = {"vpc_id": subnet.vpc_id, "connect_subnet": subnet.id, "eip": eip, "name": "p2c", **option}
    body = sdk.CreateP2cVgwRequestBody(sdk.CreateP2cVgwRequestBodyContent(**option))
    made = client.create_p2c_vgw(sdk.CreateP2cVgwRequest(body=body)).p2c_vpn_gateway
    assert UUID.fullmatch(made.id)
    gateway = until(lambda: show(client, made.id), lambda it: not it.status.startswith("PENDING"))
    assert gateway.status == "ACTIVE"
    return gateway


def servers(client, gateway):
    return client.list_vpn_servers_by_vgw(sdk.ListVpnServersByVgwRequest(gateway.id)).vpn_servers


def settled(client, gateway):
    (server,) = until(lambda: servers(client, gateway), lambda it: not it[0].status.startswith("PENDING"))
    assert server.status == "ACTIVE"
    return server


def create_server(client, gateway, **option):
    option = {
        "client_cidr": "172.16.0.0/24",
        "local_subnets": ["10.0.0.0/24"],
        "server_certificate": sdk.CreateServerRequestServerCertificate(source="SERVICE_SIGN"),
        **option,
    }
    body = sdk.CreateServerRequestBody(sdk.CreateServerRequest(**option))
    made = client.create_vpn_server(sdk.CreateVpnServerRequest(p2c_vgw_id=gateway.id, body=body)).vpn_server
    server = settled(client, gateway)
    assert server.id == made.id
    return server


def update_server(client, server, **option):
    body = sdk.UpdateServerRequestBody(sdk.UpdateServerRequest(**option))
    return client.update_vpn_server(sdk.UpdateVpnServerRequest(server.id, body))


def ca_body(name="first", content=CA):
    content = sdk.ImportClientCaCertificateRequestBodyClientCaCertificate(name=name, content=content)
    return sdk.ImportClientCaCertificateRequestBody(content)


def import_ca(client, server, **what):
    request = sdk.ImportClientCaRequest(vpn_server_id=server.id, body=ca_body(**what))
    return client.import_client_ca(request).client_ca_certificate.id


@pytest.fixture(scope="module")
def gateway(client, subnet):
    return create_gateway(client, subnet)


@pytest.fixture(scope="module")
def server(client, gateway):
    return create_server(client, gateway)


def test_availability_zones(client):
    zones = client.list_p2c_vgw_availability_zones(sdk.ListP2cVgwAvailabilityZonesRequest(flavor="Professional1"))
    assert len(zones.availability_zones) >= 2


def test_gateway_has_its_defaults_and_a_new_name(client, gateway):
    assert (gateway.flavor, gateway.max_connection_number, gateway.admin_state_up) == ("Professional1", 10, True)
    assert gateway.eip.ip_address and gateway.eip.bandwidth_size == 10
    listed = client.list_p2c_vgws(sdk.ListP2cVgwsRequest())
    assert gateway.id in [it.id for it in listed.p2c_vpn_gateways]
    body = sdk.UpdateP2cVgwRequestBody(sdk.UpdateP2cVgwRequestBodyContent(name="renamed", eip_id=gateway.eip.id))
    assert client.update_p2c_vgw(sdk.UpdateP2cVgwRequest(gateway.id, body)).p2c_vpn_gateway.id == gateway.id
    until(lambda: show(client, gateway.id), lambda it: it.status == "ACTIVE" and it.name == "renamed")


def test_unknown_gateway(client):
    refused(lambda: show(client, unknown()), 404, "VPN.0509", NO_GATEWAY)


def test_server_shows_a_certificate_of_its_own(client, gateway, server):
    assert server.client_auth_type == "LOCAL_PASSWORD" and server.ssl_options.authentication_algorithm
    assert server.server_certificate.source == "SERVICE_SIGN" and server.server_certificate.serial_number
    everywhere = client.list_vpn_servers_by_project(sdk.ListVpnServersByProjectRequest()).vpn_servers
    assert server.id in [it.id for it in everywhere]
    update_server(client, server, dns_servers=["10.0.0.53"])
    assert settled(client, gateway).dns_servers == ["10.0.0.53"]
    refused(lambda: create_server(client, gateway), 400, "VPN.1102")


def test_client_configuration(client, gateway, server):
    body = sdk.ExportClientConfigRequestBody(os_type="Linux")
    text = client.export_client_config(sdk.ExportClientConfigRequest(server.id, body)).client_config
    lines = text.splitlines()
    assert lines[0] == "client" and f"remote {gateway.eip.ip_address} 443" in lines
    assert "auth-user-pass" in lines and "-----BEGIN CERTIFICATE-----" in lines
    assert "PRIVATE KEY" not in text


def test_client_certificates(client, subnet):
    gateway = create_gateway(client, subnet)
    server = create_server(client, gateway, client_cidr="172.17.0.0/24")
    said = client.check_client_ca_certificate(sdk.CheckClientCaCertificateRequest(ca_body()))
    assert (said.name, said.subject, said.serial_number) == ("first", "CN=Client CA", "1001")
    update_server(client, server, client_auth_type="CERT")
    settled(client, gateway)
    id = import_ca(client, server)
    settled(client, gateway)
    refused(lambda: import_ca(client, server, name="again"), 400, "VPN.0077", exactly("Duplicate certificate: again."))
    refused(lambda: import_ca(client, server, content="x"), 400, "VPN.0074")
    renamed = sdk.UpdateClientCaCertificateRequestBodyClientCaCertificate(name="second")
    client.update_client_ca(
        sdk.UpdateClientCaRequest(
            vpn_server_id=server.id,
            client_ca_certificate_id=id,
            body=sdk.UpdateClientCaCertificateRequestBody(renamed),
        )
    )
    settled(client, gateway)
    request = sdk.ShowClientCaRequest(vpn_server_id=server.id, client_ca_certificate_id=id)
    shown = client.show_client_ca(request).client_ca_certificate
    assert (shown.name, shown.issuer) == ("second", "CN=Client CA")
    refused(lambda: update_server(client, server, client_auth_type="LOCAL_PASSWORD"), 400, "VPN.1125")
    client.delete_client_ca(sdk.DeleteClientCaRequest(vpn_server_id=server.id, client_ca_certificate_id=id))
    settled(client, gateway)
    refused(lambda: client.show_client_ca(request), 404, "VPN.1115")
    update_server(client, server, client_auth_type="LOCAL_PASSWORD")
    settled(client, gateway)
    client.delete_p2c_vgw(sdk.DeleteP2cVgwRequest(gateway.id))
    gone(lambda: show(client, gateway.id), "VPN.0509")
    refused(lambda: update_server(client, server), 404, "VPN.1116", NO_SERVER)


def test_sessions(client, tenant, gateway, server):
    opened = tenant.cloud.operator.call(
        "POST", "vpn-sessions", {"gateway": gateway.id, "user": "anna", "client_ip": "198.51.100.7"}
    )
    (seen,) = client.list_p2c_vgw_connections(sdk.ListP2cVgwConnectionsRequest(gateway.id)).connections
    assert (seen.connection_id, seen.client_user_name) == (opened["id"], "anna")
    assert show(client, gateway.id).current_connection_number == 1
    cut = sdk.DeleteP2cVgwConnectionRequest(p2c_vgw_id=gateway.id, connection_id=seen.connection_id)
    client.delete_p2c_vgw_connection(cut)
    refused(lambda: client.delete_p2c_vgw_connection(cut), 404, "VPN.0563")


def test_log_configuration(client, gateway):
    content = sdk.UpdateVpnLogConfigRequestBodyContent(log_group_id="group", log_stream_id="stream")
    body = sdk.UpdateVpnLogConfigRequestBody(content)
    client.update_vpn_connections_log_config(sdk.UpdateVpnConnectionsLogConfigRequest(gateway.id, body))
    shown = client.show_vpn_connections_log_config(sdk.ShowVpnConnectionsLogConfigRequest(gateway.id)).log_config
    assert (shown.log_group_id, shown.log_stream_id) == ("group", "stream")
    client.delete_vpn_connections_log_config(sdk.DeleteVpnConnectionsLogConfigRequest(gateway.id))
    refused(
        lambda: client.show_vpn_connections_log_config(sdk.ShowVpnConnectionsLogConfigRequest(gateway.id)),
        404,
        "VPN.0004",
    )


def test_upgrade(client, gateway):
    def word(action):
        request = sdk.UpgradeP2cVpnGatewayRequest(p2c_vgw_id=gateway.id, body=sdk.UpgradeRequestBody(action=action))
        return client.upgrade_p2c_vpn_gateway(request).job_id

    job = word("start")
    until(lambda: show(client, gateway.id), lambda it: it.status == "PENDING_UPGRADE_CONFIRM")
    assert word("finish") == job
    jobs = client.list_p2c_vpn_gateway_jobs(sdk.ListP2cVpnGatewayJobsRequest(resource_id=gateway.id)).jobs
    assert [(it.id, it.status) for it in jobs] == [(job, "success")]
    client.delete_p2c_vpn_gateway_job(sdk.DeleteP2cVpnGatewayJobRequest(job))
    assert client.list_p2c_vpn_gateway_jobs(sdk.ListP2cVpnGatewayJobsRequest(resource_id=gateway.id)).jobs == []
