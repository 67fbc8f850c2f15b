"""Identity as the Huawei SDKs use it: project and domain discovery, tokens by password, and what tokens may do."""

import re

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkiam import v3 as sdk
from huaweicloudsdkiam.v3 import IamClient
from huaweicloudsdkvpc.v2 import ListVpcsRequest, VpcClient

from cloud import fresh, http
from huawei import create_vpc

PASSWORD = "Correct-Horse-7"


@pytest.fixture(scope="module")
def user(operator, tenant):
    """The name of a user of the tenant's who may do everything."""
    name = fresh("user")
    operator.user(tenant.account, name, PASSWORD, ["te_admin"])
    return name


def token(tenant, user, password=PASSWORD, scope=None, nocatalog=None):
    """Asks for a token with the SDK; scope defaults to the tenant's project."""
    scope = scope or sdk.AuthScope(project=sdk.AuthScopeProject(name=tenant.cloud.region))
    domain = sdk.PwdPasswordUserDomain(tenant.name)
    who = sdk.PwdPassword(sdk.PwdPasswordUser(domain=domain, name=user, password=password))
    auth = sdk.PwdAuth(identity=sdk.PwdIdentity(methods=["password"], password=who), scope=scope)
    body = sdk.KeystoneCreateUserTokenByPasswordRequestBody(auth)
    request = sdk.KeystoneCreateUserTokenByPasswordRequest(nocatalog=nocatalog, body=body)
    return tenant.iam().keystone_create_user_token_by_password(request)


def vpcs_url(tenant, project=None):
    return f"{tenant.cloud.huawei}/v1/{project or tenant.project}/vpcs"


def gateway_error(reply, status, code, message):
    """The API gateway's own error body."""
    assert reply.status == status, reply
    assert set(reply.json) == {"error_code", "error_msg", "request_id"}, reply
    assert reply.json["error_code"] == code and re.fullmatch(message, reply.json["error_msg"]), reply
    assert reply.json["request_id"] == reply.headers["x-request-id"]


def service_error(reply, status, code, message):
    """The error body of VPC v1."""
    assert (reply.status, reply.json) == (status, {"code": code, "message": message}), reply
    assert reply.headers["x-request-id"]


def test_projects_of_a_key(cloud, tenant):
    projects = tenant.iam().keystone_list_auth_projects(sdk.KeystoneListAuthProjectsRequest()).projects
    mine = next(it for it in projects if it.id == tenant.project)
    assert (mine.name, mine.domain_id, mine.enabled) == (cloud.region, tenant.account, True)
    by_name = tenant.iam().keystone_list_projects(sdk.KeystoneListProjectsRequest(name=cloud.region)).projects
    assert [it.id for it in by_name] == [tenant.project]
    assert tenant.iam().keystone_list_projects(sdk.KeystoneListProjectsRequest(name="nowhere")).projects == []
    domains = tenant.iam().keystone_list_auth_domains(sdk.KeystoneListAuthDomainsRequest()).domains
    assert [(it.id, it.name) for it in domains] == [(tenant.account, tenant.name)]


def test_project_discovery(cloud, tenant):
    credentials = BasicCredentials(*tenant.huawei_key).with_iam_endpoint(cloud.huawei)
    region = Region(cloud.region, cloud.huawei)
    client = VpcClient.new_builder().with_credentials(credentials).with_region(region).build()
    assert credentials.project_id == tenant.project
    made = create_vpc(client)
    assert made.id in [it.id for it in client.list_vpcs(ListVpcsRequest()).vpcs]


def test_discovery_of_an_unknown_region(cloud, tenant):
    credentials = BasicCredentials(*tenant.huawei_key).with_iam_endpoint(cloud.huawei)
    builder = VpcClient.new_builder().with_credentials(credentials)
    with pytest.raises(SdkException, match="Confirm that the project exists"):
        builder.with_region(Region("nowhere", cloud.huawei)).build()


def test_domain_discovery(cloud, tenant):
    credentials = GlobalCredentials(*tenant.huawei_key).with_iam_endpoint(cloud.huawei)
    region = Region(cloud.region, cloud.huawei)
    client = IamClient.new_builder().with_credentials(credentials).with_region(region).build()
    assert credentials.domain_id == tenant.account
    assert client.keystone_list_auth_projects(sdk.KeystoneListAuthProjectsRequest()).projects


def test_bootstrap_keys(cloud):
    """The first keys, as run.sh exports them, with nothing but the key pair and the region."""
    first = cloud.bootstrap()
    credentials = BasicCredentials(*first.huawei_key).with_iam_endpoint(cloud.huawei)
    region = Region(cloud.region, cloud.huawei)
    client = VpcClient.new_builder().with_credentials(credentials).with_region(region).build()
    assert credentials.project_id == first.project
    client.list_vpcs(ListVpcsRequest())
    domains = first.iam().keystone_list_auth_domains(sdk.KeystoneListAuthDomainsRequest()).domains
    assert [it.id for it in domains] == [first.account]


def test_token_by_password(cloud, tenant, user):
    answer = token(tenant, user)
    assert answer.status_code == 201 and answer.x_subject_token
    assert answer.token.methods == ["password"]
    assert (answer.token.user.name, answer.token.user.domain.name) == (user, tenant.name)
    assert (answer.token.project.id, answer.token.project.name) == (tenant.project, cloud.region)
    assert answer.token.project.domain.id == tenant.account
    assert "te_admin" in [role.name for role in answer.token.roles]
    urls = {it.type: it.endpoints[0].url for it in answer.token.catalog}
    assert urls["identity"] == f"{cloud.huawei}/v3"
    assert urls["network"].rstrip("/") == cloud.huawei
    assert answer.token.issued_at < answer.token.expires_at
    assert not token(tenant, user, nocatalog="true").token.catalog

    made = create_vpc(tenant.vpc())
    reply = http("GET", vpcs_url(tenant), headers={"X-Auth-Token": answer.x_subject_token})
    assert reply.status == 200 and reply.headers["x-request-id"]
    assert set(reply.json) == {"vpcs"}
    shown = next(it for it in reply.json["vpcs"] if it["id"] == made.id)
    assert (shown["name"], shown["cidr"], shown["status"]) == (made.name, made.cidr, "OK")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", shown["created_at"]), "v1 times carry no Z"


def test_token_by_scope(tenant, user):
    by_id = sdk.AuthScope(project=sdk.AuthScopeProject(id=tenant.project))
    assert token(tenant, user, scope=by_id).token.project.id == tenant.project
    domain = token(tenant, user, scope=sdk.AuthScope(domain=sdk.AuthScopeDomain(name=tenant.name)))
    assert domain.token.domain.id == tenant.account and domain.token.project is None
    reply = http("GET", vpcs_url(tenant), headers={"X-Auth-Token": domain.x_subject_token})
    service_error(reply, 401, "VPC.0008", "Invalid token in the header.")


def test_token_validation(tenant, user):
    subject = token(tenant, user).x_subject_token
    url = f"{tenant.cloud.huawei}/v3/auth/tokens"
    headers = {"X-Auth-Token": subject, "X-Subject-Token": subject}
    reply = http("GET", url, headers=headers)
    assert reply.status == 200 and reply.json["token"]["user"]["name"] == user
    assert http("HEAD", url, headers=headers).status == 200
    by_key = tenant.iam().keystone_validate_token(sdk.KeystoneValidateTokenRequest(x_subject_token=subject))
    assert by_key.token.project.id == tenant.project
    assert http("DELETE", url, headers=headers).status == 204
    assert http("GET", vpcs_url(tenant), headers={"X-Auth-Token": subject}).status == 401


@pytest.mark.parametrize("who, password", [(None, "Wrong-Horse-7"), ("nobody", PASSWORD)])
def test_token_refused(tenant, user, who, password):
    with pytest.raises(ServiceResponseException) as caught:
        token(tenant, who or user, password)
    assert caught.value.status_code == 401 and caught.value.error_msg


def test_token_of_another_project(tenant, stranger, user):
    headers = {"X-Auth-Token": token(tenant, user).x_subject_token}
    reply = http("GET", vpcs_url(tenant, stranger.project), headers=headers)
    service_error(reply, 400, "VPC.0007", "urlTenantId is not equal tokenTenantId")


def test_reader(operator, tenant):
    name = fresh("reader")
    operator.user(tenant.account, name, PASSWORD, ["VPC ReadOnlyAccess"])
    headers = {"X-Auth-Token": token(tenant, name).x_subject_token}
    assert http("GET", vpcs_url(tenant), headers=headers).status == 200
    body = {"vpc": {"name": fresh("vpc"), "cidr": "10.0.0.0/16"}}
    reply = http("POST", vpcs_url(tenant), body, headers)
    service_error(reply, 403, "VPC.2701", "Token not allowed to do this action.")


def test_requests_that_the_gateway_refuses(tenant, user):
    prefix = "Incorrect IAM authentication information: "
    gateway_error(http("GET", vpcs_url(tenant)), 401, "APIGW.0301", prefix + "x-auth-token not found")
    forged = http("GET", vpcs_url(tenant), headers={"X-Auth-Token": "forged"})
    gateway_error(forged, 401, "APIGW.0301", prefix + "decrypt token fail")
    headers = {"X-Auth-Token": token(tenant, user).x_subject_token}
    lost = http("GET", f"{tenant.cloud.huawei}/v1/{tenant.project}/nothing", headers=headers)
    gateway_error(lost, 404, "APIGW.0101", r"The API does not exist.*")
