package sdkgo

import (
	"net"
	"regexp"
	"testing"

	"github.com/baidubce/bce-sdk-go/model"
	"github.com/baidubce/bce-sdk-go/services/eip"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

var postpaid = &eip.Billing{PaymentTiming: "Postpaid", BillingMethod: "ByTraffic"}

// address makes an elastic address that is free to bind.
func (me *tenant) address(t *testing.T) string {
	t.Helper()
	made, err := me.eip.CreateEip(&eip.CreateEipArgs{
		Name: fresh("eip"), BandWidthInMbps: 10, Billing: postpaid, ClientToken: fresh("token"),
	})
	must(t, err)
	me.addressIs(t, made.Eip, "available")
	return made.Eip
}

// addressIs waits until the address has the status.
func (me *tenant) addressIs(t *testing.T, address, status string) eip.EipModel {
	t.Helper()
	page := until(t, func() (*eip.ListEipResult, error) {
		return me.eip.ListEip(&eip.ListEipArgs{Eip: address})
	}, func(it *eip.ListEipResult) bool { return len(it.EipList) == 1 && it.EipList[0].Status == status })
	return page.EipList[0]
}

// gateway makes a NAT gateway in a VPC that has a subnet.
func (me *tenant) gateway(t *testing.T, network string, args vpc.CreateNatGatewayArgs, status vpc.NatStatusType) string {
	t.Helper()
	args.Name, args.VpcId, args.ClientToken = fresh("nat"), network, fresh("token")
	args.Billing = &vpc.Billing{PaymentTiming: vpc.PAYMENT_TIMING_POSTPAID}
	made, err := me.vpc.CreateNatGateway(&args)
	must(t, err)
	me.gatewayIs(t, made.NatId, status)
	return made.NatId
}

func (me *tenant) gatewayIs(t *testing.T, id string, status vpc.NatStatusType) *vpc.NAT {
	t.Helper()
	return until(t, func() (*vpc.NAT, error) { return me.vpc.GetNatGatewayDetail(id) },
		func(it *vpc.NAT) bool { return it.Status == status })
}

func TestEips(t *testing.T) {
	me := newTenant(t)
	args := &eip.CreateEipArgs{
		Name: "one", BandWidthInMbps: 10, Billing: postpaid, ClientToken: fresh("token"),
		Tags: []model.TagModel{{TagKey: "team", TagValue: "net"}},
	}
	made, err := me.eip.CreateEip(args)
	must(t, err)
	holds(t, net.ParseIP(made.Eip) != nil, "address %q", made.Eip)
	again, err := me.eip.CreateEip(args)
	must(t, err)
	equal(t, again.Eip, made.Eip, "the address of the repeated call")
	shown := me.addressIs(t, made.Eip, "available")
	equal(t, shown.Name, "one", "name")
	equal(t, shown.BandWidthInMbps, 10, "bandwidthInMbps")
	equal(t, shown.PaymentTiming, "Postpaid", "paymentTiming")
	equal(t, shown.BillingMethod, "ByTraffic", "billingMethod")
	equal(t, shown.EipInstanceType, "normal", "eipInstanceType")
	equal(t, shown.InstanceId, "", "instanceId")
	equal(t, len(shown.Tags), 1, "tags")
	holds(t, regexp.MustCompile(`^ip-[0-9a-z]{8,12}$`).MatchString(shown.EipId), "eipId %q", shown.EipId)
	holds(t, timestamp.MatchString(shown.CreateTime), "createTime %q", shown.CreateTime)

	must(t, me.eip.ResizeEip(made.Eip, &eip.ResizeEipArgs{NewBandWidthInMbps: 20, ClientToken: fresh("token")}))
	equal(t, me.addressIs(t, made.Eip, "available").BandWidthInMbps, 20, "bandwidthInMbps")
	batch, err := me.eip.BatchCreateEip(&eip.BatchCreateEipArgs{
		Name: "many", BandWidthInMbps: 5, Billing: postpaid, Count: 2, ClientToken: fresh("token"),
	})
	must(t, err)
	equal(t, len(batch.Eips), 2, "addresses of the batch")
	for _, address := range batch.Eips {
		me.addressIs(t, address, "available")
	}
	all, err := me.eip.ListEip(nil)
	must(t, err)
	equal(t, len(all.EipList), 3, "addresses")
	byID, err := me.eip.ListEip(&eip.ListEipArgs{EipIds: []string{shown.EipId}})
	must(t, err)
	equal(t, len(byID.EipList), 1, "addresses by id")
	free, err := me.eip.ListEip(&eip.ListEipArgs{Status: "available", MaxKeys: 2})
	must(t, err)
	equal(t, len(free.EipList), 2, "addresses of the page")
	equal(t, free.IsTruncated, true, "isTruncated")

	must(t, me.eip.UpdateEipDeleteProtect(made.Eip, &eip.UpdateEipDeleteProtectArgs{DeleteProtect: pointer(true)}))
	equal(t, me.addressIs(t, made.Eip, "available").DeleteProtect, true, "deleteProtect")
	holds(t, me.eip.DeleteEip(made.Eip, "") != nil, "a protected address was released")
	must(t, me.eip.UpdateEipDeleteProtect(made.Eip, &eip.UpdateEipDeleteProtectArgs{DeleteProtect: pointer(false)}))
	must(t, me.eip.DeleteEip(made.Eip, fresh("token")))
	must(t, me.eip.OptionalDeleteEip(batch.Eips[0], fresh("token"), false))
	holds(t, me.eip.DeleteEip(made.Eip, "") != nil, "an address was released twice")

	prepaid, err := me.eip.CreateEip(&eip.CreateEipArgs{BandWidthInMbps: 5, Billing: &eip.Billing{
		PaymentTiming: "Prepaid", BillingMethod: "ByBandwidth",
		Reservation: &eip.Reservation{ReservationLength: 1, ReservationTimeUnit: "month"},
	}})
	must(t, err)
	until1 := me.addressIs(t, prepaid.Eip, "available").ExpireTime
	must(t, me.eip.PurchaseReservedEip(prepaid.Eip, &eip.PurchaseReservedEipArgs{Billing: &eip.Billing{
		Reservation: &eip.Reservation{ReservationLength: 2, ReservationTimeUnit: "month"},
	}, ClientToken: fresh("token")}))
	until2 := me.addressIs(t, prepaid.Eip, "available").ExpireTime
	holds(t, until2 > until1, "paid until %q, then until %q", until1, until2)
	holds(t, me.eip.DeleteEip(prepaid.Eip, "") != nil, "an address was released before its term ended")
}

func TestEipOfAGateway(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	me.subnet(t, network, "192.168.1.0/24")
	gateway := me.gateway(t, network, vpc.CreateNatGatewayArgs{Spec: vpc.NAT_GATEWAY_SPEC_SMALL}, vpc.NAT_STATUS_UNCONFIGURED)
	address := me.address(t)
	must(t, me.eip.BindEip(address, &eip.BindEipArgs{InstanceType: "NAT", InstanceId: gateway, ClientToken: fresh("token")}))
	shown := me.addressIs(t, address, "binded")
	equal(t, shown.InstanceType, "NAT", "instanceType")
	equal(t, shown.InstanceId, gateway, "instanceId")
	equal(t, me.gatewayIs(t, gateway, vpc.NAT_STATUS_ACTIVE).Eips[0], address, "the gateway's address")
	bound, err := me.eip.ListEip(&eip.ListEipArgs{InstanceType: "NAT", InstanceId: gateway})
	must(t, err)
	equal(t, len(bound.EipList), 1, "addresses of the gateway")
	holds(t, me.eip.DeleteEip(address, "") != nil, "a bound address was released")
	must(t, me.eip.UnBindEip(address, fresh("token")))
	me.addressIs(t, address, "available")
	me.gatewayIs(t, gateway, vpc.NAT_STATUS_UNCONFIGURED)
	holds(t, me.eip.UnBindEip(address, "") != nil, "a free address was unbound")
}

func TestPlainNatGateway(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	me.subnet(t, network, "192.168.1.0/24")
	out, in := me.address(t), me.address(t)
	id := me.gateway(t, network, vpc.CreateNatGatewayArgs{Spec: vpc.NAT_GATEWAY_SPEC_MEDIUM}, vpc.NAT_STATUS_UNCONFIGURED)
	holds(t, regexp.MustCompile(`^nat-[0-9a-z]{12}$`).MatchString(id), "id %q", id)
	must(t, me.vpc.BindEips(id, &vpc.BindEipsArgs{Eips: []string{out}, ClientToken: fresh("token")}))
	shown := me.gatewayIs(t, id, vpc.NAT_STATUS_ACTIVE)
	equal(t, shown.Id, id, "id")
	equal(t, shown.VpcId, network, "vpcId")
	equal(t, shown.Spec, "medium", "spec")
	equal(t, shown.PaymentTiming, "Postpaid", "paymentTiming")
	equal(t, shown.Eips[0], out, "eips")
	must(t, me.vpc.BindDnatEips(id, &vpc.BindDnatEipsArgs{DnatEips: []string{in}, ClientToken: fresh("token")}))
	equal(t, me.gatewayIs(t, id, vpc.NAT_STATUS_ACTIVE).DnatEips[0], in, "dnatEips")

	must(t, me.vpc.UpdateNatGateway(id, &vpc.UpdateNatGatewayArgs{Name: "renamed", ClientToken: fresh("token")}))
	list, err := me.vpc.ListNatGateway(&vpc.ListNatGatewayArgs{VpcId: network, Name: "renamed"})
	must(t, err)
	equal(t, len(list.Nats), 1, "gateways by name")
	list, err = me.vpc.ListNatGateway(&vpc.ListNatGatewayArgs{VpcId: network, NatId: id, Ip: out})
	must(t, err)
	equal(t, len(list.Nats), 1, "gateways by address")
	must(t, me.vpc.UpdateNatReleaseProtectionSwitch(id, &vpc.UpdateNatReleaseProtectionSwitchArgs{DeleteProtect: true}))
	holds(t, me.vpc.DeleteNatGateway(id, "") != nil, "a protected gateway was deleted")
	must(t, me.vpc.UpdateNatReleaseProtectionSwitch(id, &vpc.UpdateNatReleaseProtectionSwitchArgs{DeleteProtect: false}))

	must(t, me.vpc.UnBindDnatEips(id, &vpc.UnBindDnatEipsArgs{DnatEips: []string{in}, ClientToken: fresh("token")}))
	must(t, me.vpc.UnBindEips(id, &vpc.UnBindEipsArgs{Eips: []string{out}, ClientToken: fresh("token")}))
	me.gatewayIs(t, id, vpc.NAT_STATUS_UNCONFIGURED)
	holds(t, me.vpc.RenewNatGateway(id, &vpc.RenewNatGatewayArgs{Billing: &vpc.Billing{
		Reservation: &vpc.Reservation{ReservationLength: 1, ReservationTimeUnit: "month"},
	}}) != nil, "a postpaid gateway was renewed")
	must(t, me.vpc.DeleteNatGateway(id, fresh("token")))
	until(t, func() (bool, error) {
		_, err := me.vpc.GetNatGatewayDetail(id)
		return err != nil, nil
	}, func(gone bool) bool { return gone })
	_, err = me.vpc.GetNatGatewayDetail(id)
	refused(t, err, 404, "NoSuchNat")
}

func TestEnhancedNatGateway(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	me.subnet(t, network, "192.168.1.0/24")
	first, second := me.address(t), me.address(t)
	id := me.gateway(t, network, vpc.CreateNatGatewayArgs{CuNum: "3", BindEips: []string{first}}, vpc.NAT_STATUS_ACTIVE)
	must(t, me.vpc.EnhanceNatBindEips(id, &vpc.EnhanceNatBindEipsArgs{BindEips: []string{second}, ClientToken: fresh("token")}))
	shown := me.gatewayIs(t, id, vpc.NAT_STATUS_ACTIVE)
	equal(t, len(shown.BindEips), 2, "bindEips")
	equal(t, shown.CuNum, 3, "cuNum")
	must(t, me.vpc.ResizeNatGateway(id, &vpc.ResizeNatGatewayArgs{CuNum: 5, ClientToken: fresh("token")}))
	equal(t, me.gatewayIs(t, id, vpc.NAT_STATUS_ACTIVE).CuNum, 5, "cuNum")
	must(t, me.vpc.EnhanceNatUnBindEips(id, &vpc.EnhanceNatUnBindEipsArgs{BindEips: []string{second}, ClientToken: fresh("token")}))
	equal(t, len(me.gatewayIs(t, id, vpc.NAT_STATUS_ACTIVE).BindEips), 1, "bindEips")
}

func TestNatRules(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	me.subnet(t, network, "192.168.1.0/24")
	me.subnet(t, network, "192.168.2.0/24")
	address := me.address(t)
	id := me.gateway(t, network, vpc.CreateNatGatewayArgs{CuNum: "1", BindEips: []string{address}}, vpc.NAT_STATUS_ACTIVE)

	snat, err := me.vpc.CreateNatGatewaySnatRule(id, &vpc.CreateNatGatewaySnatRuleArgs{
		RuleName: "one", SourceCIDR: "192.168.1.0/25", PublicIpAddresses: []string{address}, ClientToken: fresh("token"),
	})
	must(t, err)
	more, err := me.vpc.BatchCreateNatGatewaySnatRule(&vpc.BatchCreateNatGatewaySnatRuleArgs{
		NatId: id, ClientToken: fresh("token"), SnatRules: []vpc.SnatRuleArgs{
			{RuleName: "two", SourceCIDR: "192.168.1.128/25", PublicIpAddresses: []string{address}},
			{RuleName: "three", SourceCIDR: "192.168.2.0/25", PublicIpAddresses: []string{address}},
		},
	})
	must(t, err)
	equal(t, len(more.SnatRuleIds), 2, "ids of the batch")
	must(t, me.vpc.UpdateNatGatewaySnatRule(id, snat.RuleId, &vpc.UpdateNatGatewaySnatRuleArgs{
		RuleName: "uno", SourceCIDR: "192.168.1.0/26", PublicIpAddresses: []string{address}, ClientToken: fresh("token"),
	}))
	found := map[string]vpc.SnatRule{}
	pages(t, func(marker string) ([]string, bool, string, error) {
		page, err := me.vpc.ListNatGatewaySnatRules(&vpc.ListNatGatewaySnatRuleArgs{NatId: id, Marker: marker, MaxKeys: 2})
		if err != nil {
			return nil, false, "", err
		}
		for _, rule := range page.Rules {
			found[rule.RuleId] = rule
		}
		return nil, page.IsTruncated, page.NextMarker, nil
	})
	equal(t, len(found), 3, "source rules")
	equal(t, found[snat.RuleId].RuleName, "uno", "ruleName")
	equal(t, found[snat.RuleId].SourceCIDR, "192.168.1.0/26", "sourceCIDR")
	equal(t, found[snat.RuleId].PublicIpAddresses[0], address, "publicIpsAddress")

	dnat, err := me.vpc.CreateNatGatewayDnatRule(id, &vpc.CreateNatGatewayDnatRuleArgs{
		RuleName: "one", PublicIpAddress: address, PrivateIpAddress: "192.168.1.8", Protocol: "TCP",
		PublicPort: "1212", PrivatePort: "443", ClientToken: fresh("token"),
	})
	must(t, err)
	batch, err := me.vpc.BatchCreateNatGatewayDnatRule(id, &vpc.BatchCreateNatGatewayDnatRuleArgs{
		ClientToken: fresh("token"), Rules: []vpc.DnatRuleArgs{
			{RuleName: "two", PublicIpAddress: address, PrivateIpAddress: "192.168.1.8", Protocol: "UDP", PublicPort: "53", PrivatePort: "53"},
			{RuleName: "three", PublicIpAddress: address, PrivateIpAddress: "192.168.1.9", Protocol: "TCP", PublicPort: "1213", PrivatePort: "443"},
		},
	})
	must(t, err)
	equal(t, len(batch.RuleIds), 2, "ids of the batch")
	must(t, me.vpc.UpdateNatGatewayDnatRule(id, dnat.RuleId, &vpc.UpdateNatGatewayDnatRuleArgs{
		RuleName: "uno", PublicIpAddress: address, PrivateIpAddress: "192.168.1.10", Protocol: "TCP",
		PublicPort: "1214", PrivatePort: "8443", ClientToken: fresh("token"),
	}))
	rules, err := me.vpc.ListNatGatewayDnatRules(id, &vpc.ListNatGatewaDnatRuleArgs{})
	must(t, err)
	equal(t, len(rules.Rules), 3, "destination rules")
	for _, rule := range rules.Rules {
		if rule.RuleId == dnat.RuleId {
			equal(t, rule.RuleName, "uno", "ruleName")
			equal(t, rule.PrivateIpAddress, "192.168.1.10", "privateIpAddress")
			equal(t, rule.PublicIpAddress, address, "publicIpAddress")
			equal(t, rule.PublicPort, 1214, "publicPort")
			equal(t, rule.PrivatePort, 8443, "privatePort")
			equal(t, rule.Protocol, "TCP", "protocol")
		}
	}
	must(t, me.vpc.DeleteNatGatewaySnatRule(id, snat.RuleId, fresh("token")))
	must(t, me.vpc.DeleteNatGatewayDnatRule(id, dnat.RuleId, fresh("token")))
	holds(t, me.vpc.DeleteNatGatewaySnatRule(id, snat.RuleId, "") != nil, "a source rule was deleted twice")
	holds(t, me.vpc.DeleteNatGatewayDnatRule(id, dnat.RuleId, "") != nil, "a destination rule was deleted twice")
}
