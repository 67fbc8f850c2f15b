"""Security groups of both sorts, parameter templates and reserved segments through bce-python-sdk."""

import json
import re

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError
from baidubce.http import http_methods
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import SecurityGroupRuleModel as Rule
from baidubce.services.bcc.bcc_model import TagModel
from baidubce.services.esg.esg_client import EsgClient
from baidubce.services.esg.esg_model import EnterpriseSecurityGroupRuleModel as EsgRule
from baidubce.services.vpc.template_client import TemplateClient
from baidubce.services.vpc.template_model import TemplateIpAddressInfo as Address

from cloud import fresh


def client_of(tenant, kind):
    credentials = BceCredentials(*tenant.baidu_key)
    return kind(BceClientConfiguration(credentials, tenant.cloud.baidu))


@pytest.fixture(scope="module")
def groups(tenant):
    return client_of(tenant, BccClient)


@pytest.fixture(scope="module")
def enterprise(tenant):
    return client_of(tenant, EsgClient)


@pytest.fixture(scope="module")
def templates(tenant):
    return client_of(tenant, TemplateClient)


@pytest.fixture
def vpc(tenant):
    tenant.quota("vpc", 100)
    return tenant.baidu_vpc().create_vpc(fresh("vpc"), "192.168.0.0/16").vpc_id


def refused(call, status, code):
    with pytest.raises(BceHttpClientError) as caught:
        call()
    error = caught.value
    assert (error.status_code, error.code) == (status, code), error.last_error


def by_id(templates, method, path, body=None, **params):
    """What this SDK cannot send itself on Python 3: its own by-id methods join bytes and text."""
    text = None if body is None else json.dumps(body)
    params = {key.encode(): value.encode() for key, value in params.items()}
    return templates._send_request(method, path.encode(), body=text, params=params)


def test_regular_groups(groups, vpc):
    name = fresh("web")
    ssh = Rule(direction="ingress", protocol="tcp", portRange="22", sourceIp="10.0.0.0/8", remark="ssh")
    made = groups.create_security_group(name, [ssh], vpc_id=vpc, desc="first", tags=[TagModel("env", "test")])
    group = made.security_group_id
    assert re.fullmatch(r"g-[0-9a-z]{12}", group)
    default, mine = groups.list_security_groups(vpc_id=vpc).security_groups
    assert (default.name, mine.id, mine.name, mine.vpc_id) == ("default", group, name, vpc)
    assert [(rule.port_range, rule.source_ip, rule.remark) for rule in mine.rules] == [("22", "10.0.0.0/8", "ssh")]
    assert groups.list_security_groups(security_group_ids=group, max_keys=1).security_groups[0].id == group

    shown = groups.get_security_group_detail(group)
    assert (shown.sg_version, shown.bind_instance_num, shown.tags[0].tag_key) == (1, 0, "env")
    web = Rule(direction="ingress", protocol="tcp", portRange="80", sourceGroupId=group)
    groups.authorize_security_group_rule(group, web, sg_version=1)
    refused(lambda: groups.authorize_security_group_rule(group, web, sg_version=1), 412, "PreconditionFailed")
    refused(lambda: groups.authorize_security_group_rule(group, web), 409, "OperationDenied")
    rules = {rule.port_range: rule for rule in groups.get_security_group_detail(group).rules}
    rule = rules["80"].security_group_rule_id
    assert rules["80"].source_group_id == group

    groups.update_security_group_rule(rule, remark="tls", portrange="443", sg_version=2)
    shown = groups.get_security_group_detail(group)
    assert {(it.port_range, it.remark) for it in shown.rules} == {("22", "ssh"), ("443", "tls")}
    groups.delete_security_group_rule(rule, sg_version=3)
    groups.revoke_security_group_rule(group, ssh)
    assert groups.get_security_group_detail(group).rules == []
    refused(lambda: groups.delete_security_group(default.id), 409, "OperationDenied")
    groups.delete_security_group(group)
    refused(lambda: groups.get_security_group_detail(group), 404, "NoSuchObject")


def test_enterprise_groups(enterprise, templates):
    deny = EsgRule(
        remark="no udp", direction="ingress", action="deny", protocol="udp", portRange="1-65535", priority=1000,
        ethertype="IPv4", sourceIp="all",
    )
    name = fresh("all")
    made = enterprise.create_enterprise_security_group(name, rules=[deny], desc="first", tags=[])
    group = made.enterprise_security_group_id
    assert re.fullmatch(r"esg-[0-9a-z]{12}", group)
    ip_set = templates.create_ip_set(fresh("set"), "IPv4", [Address("10.0.0.0/8", "all")]).ip_set_id
    more = [
        EsgRule(direction="egress", action="allow", protocol="tcp", portRange="22,80,443", priority=1, remoteIpSet=ip_set),
        EsgRule(
            direction="ingress", action="allow", protocol="tcp", portRange="78-98", priority=7, ethertype="IPv4",
            sourceIp="192.168.0.1", destIp="10.0.0.0", sourcePortRange="10-19", localIp="10.0.0.1",
        ),
    ]
    enterprise.authorize_enterprise_security_group_rule(group, more)
    listed = enterprise.list_enterprise_security_groups(marker=group, max_keys=1).enterprise_security_groups[0]
    assert (listed.id, listed.name, listed.desc) == (group, name, "first")
    rules = {rule.priority: rule for rule in listed.rules}
    assert set(rules) == {1, 7, 1000}
    assert (rules[1].remote_ip_set, rules[1].port_range, rules[1].action) == (ip_set, "22,80,443", "allow")
    assert (rules[7].local_ip, rules[7].source_port_range, rules[7].source_ip) == ("10.0.0.1", "10-19", "192.168.0.1")

    rule = rules[1000].enterprise_security_group_rule_id
    enterprise.update_enterprise_security_group_rule(rule, priority=900, remark="still none")
    listed = enterprise.list_enterprise_security_groups(marker=group, max_keys=1).enterprise_security_groups[0]
    assert {it.priority for it in listed.rules} == {1, 7, 900}
    for it in listed.rules:
        enterprise.delete_enterprise_security_group_rule(it.enterprise_security_group_rule_id)
    enterprise.delete_enterprise_security_group(group)
    gone = lambda: enterprise.delete_enterprise_security_group(group)
    refused(gone, 404, "Esg.EsgResourceNotExist")


def test_templates(templates):
    name = fresh("set")
    ip_set = templates.create_ip_set(name, "IPv4", [Address("10.0.0.0/8", "all"), Address("8.8.8.8")]).ip_set_id
    listed = {it.ip_set_id: it for it in templates.list_ip_set(ip_version="IPv4").ip_sets}
    assert (listed[ip_set].name, listed[ip_set].binded_instance_num) == (name, 0)
    family = templates.create_ip_group(fresh("family"), "IPv4", [ip_set]).ip_group_id
    listed = {it.ip_group_id: it for it in templates.list_ip_group(max_keys=1000).ip_groups}
    assert listed[family].ip_set_ids == [ip_set]

    post, get, put, delete = http_methods.POST, http_methods.GET, http_methods.PUT, http_methods.DELETE
    by_id(templates, post, f"/ipSet/{ip_set}/ipAddress", {"ipAddressInfo": [{"ipAddress": "9.9.9.9"}]})
    by_id(templates, post, f"/ipSet/{ip_set}/deleteIpAddress", {"ipAddressInfo": ["8.8.8.8"]})
    by_id(templates, put, f"/ipSet/{ip_set}", {"name": fresh("renamed")}, modifyAttribute="")
    shown = by_id(templates, get, f"/ipSet/{ip_set}")
    assert [it.ip_address for it in shown.ip_address_info] == ["10.0.0.0/8", "9.9.9.9"]
    refused(lambda: by_id(templates, delete, f"/ipSet/{ip_set}"), 409, "OperationDenied")

    more = templates.create_ip_set(fresh("set"), "IPv4", [Address("1.1.1.1")]).ip_set_id
    by_id(templates, post, f"/ipGroup/{family}/bindIpSet", {"ipSetIds": [more]})
    by_id(templates, post, f"/ipGroup/{family}/unbindIpSet", {"ipSetIds": [ip_set]})
    by_id(templates, put, f"/ipGroup/{family}", {"description": "changed"}, modifyAttribute="")
    shown = by_id(templates, get, f"/ipGroup/{family}")
    assert (shown.ip_set_ids, shown.description) == ([more], "changed")
    for path in (f"/ipGroup/{family}", f"/ipSet/{ip_set}", f"/ipSet/{more}"):
        by_id(templates, delete, path)


def test_reserved_segments(tenant, operator, vpc):
    subnets = tenant.baidu_subnet()
    subnet = subnets.create_subnet(fresh("subnet"), operator.zone(), "192.168.0.0/24", vpc).subnet_id
    reserve = subnets.create_subnet_ipreserve(subnet, "192.168.0.64/26", 4, description="later").ip_reserve_id
    assert re.fullmatch(r"ipr-[0-9a-z]{12}", reserve)
    listed = subnets.list_subnet_ipreserve(subnet_id=subnet).ip_reserves
    assert [(it.ip_cidr, it.ip_version, it.description) for it in listed] == [("192.168.0.64/26", "4", "later")]
    shown = subnets.get_subnet(subnet).subnet
    assert shown.available_ip - shown.available_unreserved_ip == 64
    refused(lambda: subnets.create_subnet_ipreserve(subnet, "192.168.0.127", 4), 409, "CidrConflict")
    subnets.delete_subnet_ipreserve(reserve)
    assert subnets.list_subnet_ipreserve(subnet_id=subnet).ip_reserves == []
