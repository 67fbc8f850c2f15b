package sdkgo

import (
	"regexp"
	"strings"
	"testing"

	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/havip"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// instance registers a server that interfaces attach to, as the compute service beside the network would.
func (me *tenant) instance(t *testing.T, network, subnet string) string {
	t.Helper()
	body := map[string]any{"service": "instance", "project": me.project, "vpc": network, "subnet": subnet, "zone": zone, "name": "server"}
	return operator(t, "POST", "registrations", body)["alias"].(string)
}

func (me *tenant) nic(t *testing.T, subnet, group string) string {
	t.Helper()
	made, err := me.eni.CreateEni(&eni.CreateEniArgs{
		Name: fresh("eni"), SubnetId: subnet, SecurityGroupIds: []string{group}, ClientToken: fresh("token"),
		PrivateIpSet: []eni.PrivateIp{{Primary: true}},
	})
	must(t, err)
	return made.EniId
}

func (me *tenant) nicIs(t *testing.T, id, status string) *eni.Eni {
	t.Helper()
	return until(t, func() (*eni.Eni, error) { return me.eni.GetEniDetail(id) },
		func(it *eni.Eni) bool { return it.Status == status })
}

func TestInterfaces(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet, group := me.subnet(t, network, "192.168.1.0/24"), me.group(t, network)
	made, err := me.eni.CreateEni(&eni.CreateEniArgs{
		Name: "nic", Description: "first", SubnetId: subnet, SecurityGroupIds: []string{group}, ClientToken: fresh("token"),
		PrivateIpSet: []eni.PrivateIp{
			{Primary: true, PrivateIpAddress: "192.168.1.10"}, {Primary: false, PrivateIpAddress: "192.168.1.11"},
		},
	})
	must(t, err)
	id := made.EniId
	holds(t, regexp.MustCompile(`^eni-[0-9a-z]{12}$`).MatchString(id), "id %q", id)
	shown := me.nicIs(t, id, "available")
	equal(t, shown.EniId, id, "eniId")
	equal(t, shown.Name, "nic", "name")
	equal(t, shown.Description, "first", "description")
	equal(t, shown.ZoneName, zone, "zoneName")
	equal(t, shown.VpcId, network, "vpcId")
	equal(t, shown.SubnetId, subnet, "subnetId")
	equal(t, shown.InstanceId, "", "instanceId")
	equal(t, strings.Join(shown.SecurityGroupIds, " "), group, "securityGroupIds")
	equal(t, len(shown.EnterpriseSecurityGroupIds), 0, "enterpriseSecurityGroupIds")
	equal(t, len(shown.PrivateIpSet), 2, "addresses")
	equal(t, shown.PrivateIpSet[0], eni.PrivateIp{Primary: true, PrivateIpAddress: "192.168.1.10"}, "primary address")
	holds(t, regexp.MustCompile(`^([0-9a-f]{2}:){5}[0-9a-f]{2}$`).MatchString(shown.MacAddress), "macAddress %q", shown.MacAddress)

	must(t, me.eni.UpdateEni(&eni.UpdateEniArgs{
		EniId: id, Name: pointer("nic-2"), Description: pointer("second"), ClientToken: fresh("token"),
	}))
	list, err := me.eni.ListEni(&eni.ListEniArgs{VpcId: network, Name: "nic-2"})
	must(t, err)
	equal(t, len(list.Eni), 1, "interfaces by name")
	equal(t, list.Eni[0].Description, "second", "description")
	list, err = me.eni.ListEni(&eni.ListEniArgs{VpcId: network, PrivateIpAddress: []string{"192.168.1.10", "192.168.1.99"}})
	must(t, err)
	equal(t, len(list.Eni), 1, "interfaces by address")
	status, err := me.eni.GetEniStatus(id)
	must(t, err)
	equal(t, status.Status, "available", "status")

	more := me.group(t, network)
	must(t, me.eni.UpdateEniSecurityGroup(&eni.UpdateEniSecurityGroupArgs{
		EniId: id, SecurityGroupIds: []string{more}, ClientToken: fresh("token"),
	}))
	holds(t, me.bcc.DeleteSecurityGroup(more) != nil, "a group with an interface was deleted")
	enterprise, err := me.esg.CreateEsg(&esg.CreateEsgArgs{Name: "esg", Rules: []esg.EnterpriseSecurityGroupRule{{
		Direction: "ingress", Ethertype: "IPv4", Protocol: "all", PortRange: "1-65535", SourceIp: "all", Action: "allow", Priority: 1,
	}}})
	must(t, err)
	must(t, me.eni.UpdateEniEnterpriseSecurityGroup(&eni.UpdateEniEnterpriseSecurityGroupArgs{
		EniId: id, EnterpriseSecurityGroupIds: []string{enterprise.EnterpriseSecurityGroupId}, ClientToken: fresh("token"),
	}))
	shown = me.nicIs(t, id, "available")
	equal(t, len(shown.SecurityGroupIds), 0, "securityGroupIds")
	equal(t, len(shown.EnterpriseSecurityGroupIds), 1, "enterpriseSecurityGroupIds")

	must(t, me.eni.DeleteEni(&eni.DeleteEniArgs{EniId: id, ClientToken: fresh("token")}))
	_, err = me.eni.GetEniDetail(id)
	holds(t, err != nil, "a deleted interface is shown")
}

func TestAddressesOfAnInterface(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet, second := me.subnet(t, network, "192.168.1.0/24"), me.subnet(t, network, "192.168.2.0/24")
	id := me.nic(t, subnet, me.group(t, network))
	added, err := me.eni.AddPrivateIp(&eni.EniPrivateIpArgs{EniId: id, PrivateIpAddress: "192.168.1.20", ClientToken: fresh("token")})
	must(t, err)
	equal(t, added.PrivateIpAddress, "192.168.1.20", "privateIpAddress")
	batch, err := me.eni.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{
		EniId: id, PrivateIpAddresses: []string{"192.168.1.21", "192.168.1.22"}, ClientToken: fresh("token"),
	})
	must(t, err)
	equal(t, strings.Join(batch.PrivateIpAddresses, " "), "192.168.1.21 192.168.1.22", "privateIpAddresses")
	counted, err := me.eni.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{EniId: id, PrivateIpAddressCount: 2})
	must(t, err)
	equal(t, len(counted.PrivateIpAddresses), 2, "counted addresses")
	across, err := me.eni.BatchAddPrivateIpCrossSubnet(&eni.EniBatchAddPrivateIpCrossSubnetArgs{
		EniId: id, PrivateIps: []eni.PrivateIpArgs{{PrivateIpAddress: "192.168.2.30", SubnetId: second}}, ClientToken: fresh("token"),
	})
	must(t, err)
	equal(t, strings.Join(across.PrivateIpAddresses, " "), "192.168.2.30", "addresses of another subnet")
	equal(t, len(me.nicIs(t, id, "available").PrivateIpSet), 7, "addresses")

	address := me.address(t)
	must(t, me.eni.BindEniPublicIp(&eni.BindEniPublicIpArgs{
		EniId: id, PrivateIpAddress: "192.168.1.20", PublicIpAddress: address, ClientToken: fresh("token"),
	}))
	me.addressIs(t, address, "binded")
	for _, it := range me.nicIs(t, id, "available").PrivateIpSet {
		if it.PrivateIpAddress == "192.168.1.20" {
			equal(t, it.PublicIpAddress, address, "publicIpAddress")
		}
	}
	must(t, me.eni.UnBindEniPublicIp(&eni.UnBindEniPublicIpArgs{EniId: id, PublicIpAddress: address, ClientToken: fresh("token")}))
	me.addressIs(t, address, "available")

	must(t, me.eni.DeletePrivateIp(&eni.EniPrivateIpArgs{EniId: id, PrivateIpAddress: "192.168.1.20", ClientToken: fresh("token")}))
	must(t, me.eni.BatchDeletePrivateIp(&eni.EniBatchPrivateIpArgs{
		EniId: id, PrivateIpAddresses: append(counted.PrivateIpAddresses, "192.168.2.30"), ClientToken: fresh("token"),
	}))
	left := me.nicIs(t, id, "available").PrivateIpSet
	equal(t, len(left), 3, "addresses that are left")
	for _, it := range left {
		if it.Primary {
			err := me.eni.DeletePrivateIp(&eni.EniPrivateIpArgs{EniId: id, PrivateIpAddress: it.PrivateIpAddress})
			refused(t, err, 403, "PrimaryIPException")
		}
	}
}

func TestInterfaceOfAnInstance(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet := me.subnet(t, network, "192.168.1.0/24")
	id, server := me.nic(t, subnet, me.group(t, network)), me.instance(t, network, subnet)
	quota, err := me.eni.GetEniQuota(&eni.EniQuoteArgs{InstanceId: server})
	must(t, err)
	holds(t, quota.TotalQuantity >= quota.AvailableQuantity && quota.AvailableQuantity > 0, "quota %+v", quota)
	instance := &eni.EniInstance{EniId: id, InstanceId: &server, ClientToken: fresh("token")}
	must(t, me.eni.AttachEniInstance(instance))
	equal(t, me.nicIs(t, id, "inuse").InstanceId, server, "instanceId")
	list, err := me.eni.ListEni(&eni.ListEniArgs{VpcId: network, InstanceId: server})
	must(t, err)
	equal(t, len(list.Eni), 1, "interfaces of the instance")
	refused(t, me.eni.DeleteEni(&eni.DeleteEniArgs{EniId: id}), 403, "EniStatusException")
	instance.ClientToken = fresh("token")
	must(t, me.eni.DetachEniInstance(instance))
	me.nicIs(t, id, "available")
}

func TestHighlyAvailableAddresses(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet := me.subnet(t, network, "192.168.1.0/24")
	made, err := me.havip.CreateHaVip(&havip.CreateHaVipArgs{
		Name: "vip", Description: "first", SubnetId: subnet, PrivateIpAddress: "192.168.1.40", ClientToken: fresh("token"),
	})
	must(t, err)
	id := made.HaVipId
	holds(t, regexp.MustCompile(`^havip-[0-9a-z]{8,12}$`).MatchString(id), "id %q", id)
	must(t, me.havip.UpdateHaVip(&havip.UpdateHaVipArgs{HaVipId: id, Name: "vip-2", Description: "second", ClientToken: fresh("token")}))
	shown, err := me.havip.GetHaVipDetail(id)
	must(t, err)
	equal(t, shown.HaVipId, id, "haVipId")
	equal(t, shown.Name, "vip-2", "name")
	equal(t, shown.Description, "second", "description")
	equal(t, shown.VpcId, network, "vpcId")
	equal(t, shown.SubnetId, subnet, "subnetId")
	equal(t, shown.PrivateIpAddress, "192.168.1.40", "privateIpAddress")
	equal(t, shown.Status, "available", "status")

	nic := me.nic(t, subnet, me.group(t, network))
	instances := &havip.HaVipInstanceArgs{HaVipId: id, InstanceIds: []string{nic}, InstanceType: "ENI", ClientToken: fresh("token")}
	must(t, me.havip.HaVipAttachInstance(instances))
	address := me.address(t)
	must(t, me.havip.HaVipBindPublicIp(&havip.HaVipBindPublicIpArgs{HaVipId: id, PublicIpAddress: address, ClientToken: fresh("token")}))
	list, err := me.havip.ListHaVip(&havip.ListHaVipArgs{VpcId: network})
	must(t, err)
	equal(t, len(list.HaVips), 1, "addresses")
	equal(t, list.HaVips[0].Status, "binded", "status")
	equal(t, list.HaVips[0].PublicIpAddress, address, "publicIpAddress")
	equal(t, len(list.HaVips[0].BindedInstances), 1, "bindedInstances")
	equal(t, list.HaVips[0].BindedInstances[0], havip.HaVipBindedInstance{InstanceId: nic, InstanceType: "ENI", Master: true}, "instance")
	holds(t, me.havip.DeleteHaVip(&havip.DeleteHaVipArgs{HaVipId: id}) != nil, "an address with instances was deleted")

	must(t, me.havip.HaVipUnbindPublicIp(&havip.HaVipUnbindPublicIpArgs{HaVipId: id, ClientToken: fresh("token")}))
	instances.ClientToken = fresh("token")
	must(t, me.havip.HaVipDetachInstance(instances))
	must(t, me.havip.DeleteHaVip(&havip.DeleteHaVipArgs{HaVipId: id, ClientToken: fresh("token")}))
	_, err = me.havip.GetHaVipDetail(id)
	refused(t, err, 404, noSuch)
}

func TestIPv6Gateway(t *testing.T) {
	me := newTenant(t)
	operator(t, "PUT", "conditions/feature.ipv6", map[string]any{"scope": "project/" + me.project, "value": true})
	network, err := me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: "six", Cidr: "192.168.0.0/16", EnableIpv6: true})
	must(t, err)
	made, err := me.vpc.CreateIPv6Gateway(&vpc.CreateIPv6GatewayArgs{
		Name: "gateway", VpcId: network.VPCID, BandwidthInMbps: 10, ClientToken: fresh("token"),
		Billing: &vpc.Billing{PaymentTiming: vpc.PAYMENT_TIMING_POSTPAID},
	})
	must(t, err)
	id := made.GatewayId
	must(t, me.vpc.ResizeIPv6Gateway(id, &vpc.ResizeIPv6GatewayArgs{BandwidthInMbps: 20, ClientToken: fresh("token")}))
	shown, err := me.vpc.ListIPv6Gateway(&vpc.ListIPv6GatewayArgs{VpcId: network.VPCID})
	must(t, err)
	equal(t, shown.GatewayId, id, "gatewayId")
	equal(t, shown.BandwidthInMbps, 20, "bandwidthInMbps")
	equal(t, shown.VpcId, network.VPCID, "vpcId")
	detail, err := me.vpc.GetVPCDetail(network.VPCID)
	must(t, err)
	block := detail.VPC.Ipv6Cidr
	address := strings.Split(block, "/")[0] + "8"

	only, err := me.vpc.CreateIPv6GatewayEgressOnlyRule(id, &vpc.CreateIPv6GatewayEgressOnlyRuleArgs{Cidr: block, ClientToken: fresh("token")})
	must(t, err)
	rules, err := me.vpc.ListIPv6GatewayEgressOnlyRule(id, &vpc.ListIPv6GatewayEgressOnlyRuleArgs{MaxKeys: 10})
	must(t, err)
	equal(t, len(rules.EgressOnlyRules), 1, "rules")
	equal(t, rules.EgressOnlyRules[0], vpc.EgressOnlyRule{EgressOnlyRuleId: only.EgressOnlyRuleId, Cidr: block}, "rule")
	limit, err := me.vpc.CreateIPv6GatewayRateLimitRule(id, &vpc.CreateIPv6GatewayRateLimitRuleArgs{
		IPv6Address: address, IngressBandwidthInMbps: 5, EgressBandwidthInMbps: 6, ClientToken: fresh("token"),
	})
	must(t, err)
	must(t, me.vpc.UpdateIPv6GatewayRateLimitRule(id, limit.RateLimitRuleId, &vpc.UpdateIPv6GatewayRateLimitRuleArgs{
		IngressBandwidthInMbps: pointer(7), EgressBandwidthInMbps: pointer(8), ClientToken: fresh("token"),
	}))
	limits, err := me.vpc.ListIPv6GatewayRateLimitRule(id, &vpc.ListIPv6GatewayRateLimitRuleArgs{MaxKeys: 10})
	must(t, err)
	equal(t, len(limits.RateLimitRules), 1, "limits")
	equal(t, limits.RateLimitRules[0], vpc.RateLimitRule{
		RateLimitRuleId: limit.RateLimitRuleId, IPv6Address: address, IngressBandwidthInMbps: 7, EgressBandwidthInMbps: 8,
	}, "limit")

	must(t, me.vpc.UpdateIPv6GatewayDeleteProtect(id, &vpc.UpdateIPv6GatewayDeleteProtectArgs{DeleteProtect: true}))
	holds(t, me.vpc.DeleteIPv6Gateway(id, &vpc.DeleteIPv6GatewayArgs{}) != nil, "a protected gateway was deleted")
	must(t, me.vpc.UpdateIPv6GatewayDeleteProtect(id, &vpc.UpdateIPv6GatewayDeleteProtectArgs{DeleteProtect: false}))
	must(t, me.vpc.DeleteIPv6GatewayEgressOnlyRule(id, only.EgressOnlyRuleId, &vpc.DeleteIPv6GatewayEgressOnlyRuleArgs{}))
	must(t, me.vpc.DeleteIPv6GatewayRateLimitRule(id, limit.RateLimitRuleId, &vpc.DeleteIPv6GatewayRateLimitRuleArgs{}))
	must(t, me.vpc.DeleteIPv6Gateway(id, &vpc.DeleteIPv6GatewayArgs{ClientToken: fresh("token")}))
}
