"""Users, groups and access policies of a point-to-cloud server through huaweicloudsdkvpn v5."""

import uuid

import pytest
from huaweicloudsdkvpn import v5 as sdk

from cloud import until
from huawei import UUID, create_subnet, create_vpc, exactly, refused, unknown

NO_USER = exactly("The user does not exist.")
NO_GROUP = exactly("The user group does not exist.")


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("publicIp", 100)
    return tenant.vpn()


@pytest.fixture(scope="module")
def server(tenant, client):
    network = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    subnet = create_subnet(tenant.vpc(), network.id, "10.0.0.0/24")
    eip = sdk.CreateP2cRequestEip(type="5_bgp", charge_mode="traffic", bandwidth_size=10)
    wanted = sdk.CreateP2cVgwRequestBodyContent(vpc_id=network.id, connect_subnet=subnet.id, eip=eip, name="users")
    body = sdk.CreateP2cVgwRequestBody(wanted)
    gateway = client.create_p2c_vgw(sdk.CreateP2cVgwRequest(body=body)).p2c_vpn_gateway.id
    until(
        lambda: client.show_p2c_vgw(sdk.ShowP2cVgwRequest(gateway)).p2c_vpn_gateway,
        lambda it: it.status == "ACTIVE",
    )
    certificate = sdk.CreateServerRequestServerCertificate(source="SERVICE_SIGN")
    wanted = sdk.CreateServerRequest(
        client_cidr="172.16.0.0/24", local_subnets=["10.0.0.0/24"], server_certificate=certificate
    )
    body = sdk.CreateServerRequestBody(wanted)
    id = client.create_vpn_server(sdk.CreateVpnServerRequest(p2c_vgw_id=gateway, body=body)).vpn_server.id
    until(
        lambda: client.list_vpn_servers_by_vgw(sdk.ListVpnServersByVgwRequest(gateway)).vpn_servers[0],
        lambda it: it.status == "ACTIVE",
    )
    return id


def create_user(client, server, token=None, **option):
    option = {"name": f"user-{uuid.uuid4().hex[:8]}", "password": "Secret-123", **option}
    body = sdk.CreateVpnUserRequestBody(sdk.CreateVpnUserRequestBodyContent(**option))
    return client.create_vpn_user(sdk.CreateVpnUserRequest(server, token, body)).user.id


def show_user(client, server, id):
    return client.show_vpn_user(sdk.ShowVpnUserRequest(server, id)).user


def create_group(client, server, **option):
    option = {"name": f"group-{uuid.uuid4().hex[:8]}", **option}
    body = sdk.CreateVpnUserGroupRequestBody(sdk.CreateVpnUserGroupRequestBodyContent(**option))
    return client.create_vpn_user_group(sdk.CreateVpnUserGroupRequest(server, body=body)).user_group.id


def show_group(client, server, id):
    return client.show_vpn_user_group(sdk.ShowVpnUserGroupRequest(server, id)).user_group


def named(*ids):
    return [sdk.OpVpnUser(id) for id in ids]


def test_a_user_lives_and_dies(client, server):
    group = create_group(client, server)
    id = create_user(client, server, name="alice", description="first", static_ip="172.16.0.5")
    assert UUID.fullmatch(id)
    it = show_user(client, server, id)
    assert (it.name, it.description, it.static_ip, it.user_group_id) == ("alice", "first", "172.16.0.5", None)
    assert it.created_at and it.updated_at
    change = sdk.UpdateVpnUserRequestBodyContent(description="second", user_group_id=group, static_ip="disable")
    it = client.update_vpn_user(sdk.UpdateVpnUserRequest(server, id, sdk.UpdateVpnUserRequestBody(change))).user
    assert (it.description, it.static_ip, it.user_group_id) == ("second", "disable", group)
    refused(lambda: create_user(client, server, name="alice"), 400, "VPN.1302", exactly("The username already exists."))
    client.delete_vpn_user(sdk.DeleteVpnUserRequest(server, id))
    refused(lambda: show_user(client, server, id), 404, "VPN.1303", NO_USER)


def test_a_token_makes_one_user(client, server):
    token = str(uuid.uuid4())
    assert create_user(client, server, token, name="token") == create_user(client, server, token, name="token")


def test_passwords(client, server):
    id = create_user(client, server)

    def change(old, new):
        body = sdk.UpdateVpnUserPasswordRequestBody(old, new)
        assert client.update_vpn_user_password(sdk.UpdateVpnUserPasswordRequest(server, id, body)).request_id

    def reset(new):
        body = sdk.ResetVpnUserPasswordRequestBody(new)
        assert client.reset_vpn_user_password(sdk.ResetVpnUserPasswordRequest(server, id, body)).request_id

    change("Secret-123", "Secret-124")
    refused(lambda: change("Secret-123", "Secret-125"), 400, "VPN.1312", exactly("The old password is incorrect."))
    refused(lambda: reset("Secret-123"), 400, "VPN.1311", exactly("The new password cannot be the same as the old one."))
    refused(lambda: reset("secret"), 400, "VPN.1308", exactly("The password complexity does not meet requirements."))
    reset("Secret-125")
    change("Secret-125", "Secret-126")


def test_batches_and_pages(client, server):
    users = [sdk.CreateVpnUser(f"batch{n}", "Secret-123", user_group_name="default") for n in range(5)]
    request = sdk.BatchCreateVpnUsersRequest(server, body=sdk.BatchCreateVpnUsersRequestBody(users))
    assert client.batch_create_vpn_users(request).invalid_users == []
    invalid = client.batch_create_vpn_users(request).invalid_users
    assert {it.cause for it in invalid} == {"Duplicate user name."} and len(invalid) == 5
    seen, marker = [], None
    while True:
        page = client.list_vpn_users(sdk.ListVpnUsersRequest(server, 2, marker))
        if not page.users:
            break
        seen += page.users
        marker = page.page_info.next_marker
    assert len(seen) == page.total_count and page.page_info.next_marker is None
    mine = [it.id for it in seen if it.name.startswith("batch")]
    assert len(mine) == 5
    body = sdk.BatchDeleteVpnUsersRequestBody(named(*mine))
    client.batch_delete_vpn_users(sdk.BatchDeleteVpnUsersRequest(server, body))
    assert client.list_vpn_users(sdk.ListVpnUsersRequest(server)).total_count == len(seen) - 5


def test_groups(client, server):
    group = create_group(client, server, name="crew", description="d")
    it = show_group(client, server, group)
    assert (it.name, it.description, it.type, it.user_number) == ("crew", "d", "Custom", 0)
    change = sdk.UpdateVpnUserGroupRequestBodyContent(name="crews")
    body = sdk.UpdateVpnUserGroupRequestBody(change)
    it = client.update_vpn_user_group(sdk.UpdateVpnUserGroupRequest(server, group, body)).user_group
    assert (it.name, it.description) == ("crews", "d")
    user = create_user(client, server)
    body = sdk.AddVpnUserToGroupRequestBody(named(user))
    assert client.add_vpn_users_to_group(sdk.AddVpnUsersToGroupRequest(server, group, body)).request_id
    inside = client.list_vpn_users_in_group(sdk.ListVpnUsersInGroupRequest(server, group))
    assert [it.id for it in inside.users] == [user] and show_group(client, server, group).user_number == 1
    body = sdk.RemoveVpnUserFromGroupRequestBody(named(user))
    client.remove_vpn_users_from_group(sdk.RemoveVpnUsersFromGroupRequest(server, group, body))
    refused(lambda: client.remove_vpn_users_from_group(sdk.RemoveVpnUsersFromGroupRequest(server, group, body)), 400, "VPN.1305", exactly(f"The user {user} is not in the current user group."))
    kinds = client.list_vpn_user_groups(sdk.ListVpnUserGroupsRequest(server)).user_groups
    (first,) = [it for it in kinds if it.type == "Default"]
    assert first.name == "default"
    refused(lambda: client.delete_vpn_user_group(sdk.DeleteVpnUserGroupRequest(server, first.id)), 400, "VPN.1316", exactly("Operations on the default user group are not allowed."))
    client.delete_vpn_user_group(sdk.DeleteVpnUserGroupRequest(server, group))
    refused(lambda: show_group(client, server, group), 404, "VPN.1301", NO_GROUP)


def test_access_policies(client, server):
    group = create_group(client, server)
    wanted = sdk.CreateVpnAccessPolicyRequestBodyContent(
        name="reach", user_group_id=group, dest_ip_cidrs=["192.168.0.0/16"]
    )
    body = sdk.CreateVpnAccessPolicyRequestBody(wanted)
    id = client.create_vpn_access_policy(sdk.CreateVpnAccessPolicyRequest(server, body=body)).access_policy.id
    it = client.show_vpn_access_policy(sdk.ShowVpnAccessPolicyRequest(server, id)).access_policy
    assert (it.name, it.type, it.user_group_id, it.dest_ip_cidrs) == ("reach", "Custom", group, ["192.168.0.0/16"])
    refused(lambda: client.delete_vpn_user_group(sdk.DeleteVpnUserGroupRequest(server, group)), 400, "VPN.1313")
    change = sdk.UpdateVpnAccessPolicyRequestBodyContent(dest_ip_cidrs=["0.0.0.0/0"])
    body = sdk.UpdateVpnAccessPolicyRequestBody(change)
    it = client.update_vpn_access_policy(sdk.UpdateVpnAccessPolicyRequest(server, id, body)).access_policy
    assert (it.name, it.dest_ip_cidrs) == ("reach", ["0.0.0.0/0"])
    all = client.list_vpn_access_policies(sdk.ListVpnAccessPoliciesRequest(server)).access_policies
    assert sorted(it.type for it in all) == ["Custom", "Default"]
    client.delete_vpn_access_policy(sdk.DeleteVpnAccessPolicyRequest(server, id))
    # VPN.1401 alone answers 400 for an id that is unknown.
    refused(lambda: client.show_vpn_access_policy(sdk.ShowVpnAccessPolicyRequest(server, id)), 400, "VPN.1401", exactly("The access policy does not exist."))
    refused(lambda: client.list_vpn_access_policies(sdk.ListVpnAccessPoliciesRequest(unknown())), 404, "VPN.1116")
