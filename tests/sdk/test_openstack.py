"""openstacksdk logs in through Keystone v3 and finds its way by the catalogue."""

import openstack
import pytest
from keystoneauth1 import exceptions

from cloud import fresh

PASSWORD = "Correct-Horse-7"


@pytest.fixture(scope="module")
def user(operator, tenant):
    name = fresh("user")
    operator.user(tenant.account, name, PASSWORD, ["te_admin"])
    return name


def connect(tenant, user, password=PASSWORD):
    return openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        region_name=tenant.cloud.region,
        auth={
            "auth_url": f"{tenant.cloud.huawei}/v3",
            "username": user,
            "password": password,
            "project_name": tenant.cloud.region,
            "user_domain_name": tenant.name,
            "project_domain_name": tenant.name,
        },
    )


@pytest.fixture(scope="module")
def conn(tenant, user):
    return connect(tenant, user)


def test_login(conn, tenant):
    token = conn.authorize()
    assert token
    assert conn.current_project_id == tenant.project
    assert conn.session.auth.get_access(conn.session).project_domain_id == tenant.account


def test_catalogue(conn, cloud, tenant):
    catalogue = conn.session.auth.get_access(conn.session).service_catalog
    where = {"interface": "public", "region_name": cloud.region}
    assert catalogue.url_for(service_type="identity", **where) == f"{cloud.huawei}/v3"
    assert catalogue.url_for(service_type="network", **where).rstrip("/") == cloud.huawei
    assert catalogue.url_for(service_type="vpc", **where).rstrip("/") == f"{cloud.huawei}/v1/{tenant.project}"
    assert {"identity", "network", "vpc"} <= {service["type"] for service in conn.service_catalog}


def test_projects(conn, cloud, tenant):
    mine = {it.id: it.name for it in conn.identity.projects()}
    assert mine.get(tenant.project) == cloud.region
    reply = conn.session.get(f"{cloud.huawei}/v3/auth/projects")
    assert tenant.project in [it["id"] for it in reply.json()["projects"]]
    reply = conn.session.get(f"{cloud.huawei}/v1/{tenant.project}/vpcs")
    assert reply.json() == {"vpcs": []}


def test_versions(conn, cloud):
    version = conn.session.get(f"{cloud.huawei}/v3", authenticated=False).json()["version"]
    assert version["id"].startswith("v3") and version["status"] == "stable"


def test_wrong_password(tenant, user):
    with pytest.raises(exceptions.Unauthorized):
        connect(tenant, user, "Wrong-Horse-7").session.get_token()
