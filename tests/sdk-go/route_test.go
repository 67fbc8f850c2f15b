package sdkgo

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/baidubce/bce-sdk-go/services/vpc"
)

const (
	region = "bj"
	denied = "OperationDenied"
)

// other makes a VPC of 172.16.0.0/16, so that 192.168.0.0/16 can peer with it.
func (me *tenant) other(t *testing.T) string {
	t.Helper()
	made, err := me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: fresh("other"), Cidr: "172.16.0.0/16"})
	must(t, err)
	return made.VPCID
}

// peering makes a peering of two networks of the account, ready to carry.
func (me *tenant) peering(t *testing.T, from, to string) *vpc.PeerConn {
	t.Helper()
	made, err := me.vpc.CreatePeerConn(&vpc.CreatePeerConnArgs{
		BandwidthInMbps: 20, LocalVpcId: from, PeerVpcId: to, PeerRegion: region, LocalIfName: "here", PeerIfName: "there",
		Description: "first", Billing: &vpc.Billing{PaymentTiming: vpc.PAYMENT_TIMING_POSTPAID}, ClientToken: fresh("token"),
	})
	must(t, err)
	return until(t, func() (*vpc.PeerConn, error) {
		return me.vpc.GetPeerConnDetail(made.PeerConnId, vpc.PEERCONN_ROLE_INITIATOR)
	}, func(it *vpc.PeerConn) bool { return it.Status == vpc.PEERCONN_STATUS_ACTIVE })
}

func TestRouteRules(t *testing.T) {
	me := newTenant(t)
	network, other := me.network(t), me.other(t)
	me.subnet(t, network, "192.168.1.0/24")
	hop := me.peering(t, network, other)

	table, err := me.vpc.GetRouteTableDetail("", network)
	must(t, err)
	holds(t, regexp.MustCompile(`^rt-[0-9a-z]{12}$`).MatchString(table.RouteTableId), "id %q", table.RouteTableId)
	equal(t, table.VpcId, network, "vpcId")
	same, err := me.vpc.GetRouteTableDetail(table.RouteTableId, "")
	must(t, err)
	equal(t, same.VpcId, network, "vpcId by the table's id")
	given := len(table.RouteRules)

	args := &vpc.CreateRouteRuleArgs{
		RouteTableId: table.RouteTableId, SourceAddress: "0.0.0.0/0", DestinationAddress: "172.16.0.0/16",
		NexthopId: hop.LocalIfId, NexthopType: vpc.NEXTHOP_TYPE_PEERCONN, Description: "first", ClientToken: fresh("token"),
	}
	made, err := me.vpc.CreateRouteRule(args)
	must(t, err)
	again, err := me.vpc.CreateRouteRule(args)
	must(t, err)
	equal(t, again.RouteRuleId, made.RouteRuleId, "the id of the repeated call")

	list, err := me.vpc.GetRouteRuleDetail(&vpc.GetRouteRuleArgs{VpcId: network})
	must(t, err)
	equal(t, len(list.RouteRules), given+1, "rules")
	shown := ruleOf(t, list.RouteRules, made.RouteRuleId)
	equal(t, shown.RouteTableId, table.RouteTableId, "routeTableId")
	equal(t, shown.SourceAddress, "0.0.0.0/0", "sourceAddress")
	equal(t, shown.DestinationAddress, "172.16.0.0/16", "destinationAddress")
	equal(t, shown.NexthopType, vpc.NEXTHOP_TYPE_PEERCONN, "nexthopType")
	equal(t, shown.NexthopId, hop.LocalIfId, "nexthopId")
	equal(t, shown.Description, "first", "description")

	must(t, me.vpc.UpdateRouteRule(&vpc.UpdateRouteRuleArgs{
		RouteRuleId: made.RouteRuleId, SourceAddress: "192.168.1.0/24", DestinationAddress: "172.17.0.0/16",
		NexthopId: hop.LocalIfId, Description: "second",
	}))
	table, err = me.vpc.GetRouteTableDetail(table.RouteTableId, "")
	must(t, err)
	shown = ruleOf(t, table.RouteRules, made.RouteRuleId)
	equal(t, shown.SourceAddress, "192.168.1.0/24", "sourceAddress")
	equal(t, shown.DestinationAddress, "172.17.0.0/16", "destinationAddress")
	equal(t, shown.Description, "second", "description")

	// Only a rule with a standby path can be switched; the SDK sends this one without its action key.
	holds(t, me.vpc.SwitchRoute(made.RouteRuleId, fresh("token")) != nil, "a rule without a standby path was switched")
	must(t, me.vpc.DeleteRouteRule(made.RouteRuleId, fresh("token")))
	refused(t, me.vpc.DeleteRouteRule(made.RouteRuleId, ""), 404, noSuch)
	_, err = me.vpc.GetRouteTableDetail("rt-000000000000", "")
	refused(t, err, 404, noSuch)
}

func TestRouteRulesOfIPv6(t *testing.T) {
	me := newTenant(t)
	operator(t, "PUT", "conditions/feature.ipv6", map[string]any{"scope": "project/" + me.project, "value": true})
	network, err := me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: "six", Cidr: "192.168.0.0/16", EnableIpv6: true})
	must(t, err)
	made, err := me.vpc.CreateIPv6Gateway(&vpc.CreateIPv6GatewayArgs{
		Name: "gateway", VpcId: network.VPCID, BandwidthInMbps: 10, ClientToken: fresh("token"),
		Billing: &vpc.Billing{PaymentTiming: vpc.PAYMENT_TIMING_POSTPAID},
	})
	must(t, err)
	table, err := me.vpc.GetRouteTableDetail("", network.VPCID)
	must(t, err)
	rule, err := me.vpc.CreateRouteRule(&vpc.CreateRouteRuleArgs{
		RouteTableId: table.RouteTableId, SourceAddress: "::/0", DestinationAddress: "2001:db8:ff00::/40", IpVersion: "6",
		NexthopId: made.GatewayId, NexthopType: vpc.NEXTHOP_TYPE_IPV6GATEWAY, ClientToken: fresh("token"),
	})
	must(t, err)
	list, err := me.vpc.GetRouteRuleDetail(&vpc.GetRouteRuleArgs{VpcId: network.VPCID})
	must(t, err)
	shown := ruleOf(t, list.RouteRules, rule.RouteRuleId)
	equal(t, shown.SourceAddress, "::/0", "sourceAddress")
	equal(t, shown.DestinationAddress, "2001:db8:ff00::/40", "destinationAddress")
	equal(t, shown.NexthopType, vpc.NEXTHOP_TYPE_IPV6GATEWAY, "nexthopType")
	equal(t, shown.NexthopId, made.GatewayId, "nexthopId")
	refused(t, me.vpc.DeleteIPv6Gateway(made.GatewayId, &vpc.DeleteIPv6GatewayArgs{}), 409, denied)
	must(t, me.vpc.DeleteRouteRule(rule.RouteRuleId, fresh("token")))
	must(t, me.vpc.DeleteIPv6Gateway(made.GatewayId, &vpc.DeleteIPv6GatewayArgs{ClientToken: fresh("token")}))
}

func ruleOf(t *testing.T, rules []vpc.RouteRule, id string) vpc.RouteRule {
	t.Helper()
	for _, rule := range rules {
		if rule.RouteRuleId == id {
			return rule
		}
	}
	t.Fatalf("no rule %s in %+v", id, rules)
	return vpc.RouteRule{}
}

func TestRouteRulePages(t *testing.T) {
	me := newTenant(t)
	network, other := me.network(t), me.other(t)
	hop := me.peering(t, network, other)
	table, err := me.vpc.GetRouteTableDetail("", network)
	must(t, err)
	for number := 0; number < 5; number++ {
		_, err := me.vpc.CreateRouteRule(&vpc.CreateRouteRuleArgs{
			RouteTableId: table.RouteTableId, SourceAddress: "0.0.0.0/0",
			DestinationAddress: fmt.Sprintf("172.16.%d.0/24", number),
			NexthopId:          hop.LocalIfId, NexthopType: vpc.NEXTHOP_TYPE_PEERCONN,
		})
		must(t, err)
	}
	seen := map[string]bool{}
	for _, page := range pages(t, func(marker string) ([]string, bool, string, error) {
		args := &vpc.GetRouteRuleArgs{RouteTableId: table.RouteTableId, Marker: marker, MaxKeys: 2}
		page, err := me.vpc.GetRouteRuleDetail(args)
		if err != nil {
			return nil, false, "", err
		}
		rules := names(page.RouteRules, func(it vpc.RouteRule) string { return it.DestinationAddress })
		return rules, page.IsTruncated, page.NextMarker, nil
	}) {
		for _, destination := range page {
			seen[destination] = true
		}
	}
	for number := 0; number < 5; number++ {
		holds(t, seen[fmt.Sprintf("172.16.%d.0/24", number)], "rule %d is on no page", number)
	}
}

func TestAclRules(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet := me.subnet(t, network, "192.168.1.0/24")
	rule := vpc.AclRuleRequest{
		SubnetId: subnet, Description: "first", Protocol: vpc.ACL_RULE_PROTOCOL_TCP, SourceIpAddress: "0.0.0.0/0",
		DestinationIpAddress: "192.168.1.0/24", SourcePort: string(vpc.ACL_RULE_PORT_ALL), DestinationPort: "443",
		Position: 20, Direction: vpc.ACL_RULE_DIRECTION_INGRESS, Action: vpc.ACL_RULE_ACTION_ALLOW,
	}
	out := rule
	out.Direction, out.Position, out.Action = vpc.ACL_RULE_DIRECTION_EGRESS, 21, vpc.ACL_RULE_ACTION_DENY
	out.SourceIpAddress, out.DestinationIpAddress = "192.168.1.0/24", "10.0.0.0/8"
	must(t, me.vpc.CreateAclRule(&vpc.CreateAclRuleArgs{AclRules: []vpc.AclRuleRequest{rule, out}, ClientToken: fresh("token")}))

	list, err := me.vpc.ListAclRules(&vpc.ListAclRulesArgs{SubnetId: subnet})
	must(t, err)
	shown := map[int]vpc.AclRule{}
	for _, it := range list.AclRules {
		if it.Id != "" {
			shown[it.Position] = it
		}
	}
	equal(t, len(shown), 2, "rules with an id")
	equal(t, shown[20].SubnetId, subnet, "subnetId")
	equal(t, shown[20].Description, "first", "description")
	equal(t, shown[20].Protocol, vpc.ACL_RULE_PROTOCOL_TCP, "protocol")
	equal(t, shown[20].SourceIpAddress, "0.0.0.0/0", "sourceIpAddress")
	equal(t, shown[20].DestinationIpAddress, "192.168.1.0/24", "destinationIpAddress")
	equal(t, shown[20].SourcePort, "all", "sourcePort")
	equal(t, shown[20].DestinationPort, "443", "destinationPort")
	equal(t, shown[20].Direction, vpc.ACL_RULE_DIRECTION_INGRESS, "direction")
	equal(t, shown[21].Action, vpc.ACL_RULE_ACTION_DENY, "action")

	update := &vpc.UpdateAclRuleArgs{
		Description: "second", Protocol: vpc.ACL_RULE_PROTOCOL_UDP, SourceIpAddress: "10.0.0.0/8",
		DestinationIpAddress: "192.168.1.8", SourcePort: "1000-2000", DestinationPort: "53", Position: 30,
		Action: vpc.ACL_RULE_ACTION_DENY, ClientToken: fresh("token"),
	}
	must(t, me.vpc.UpdateAclRule(shown[20].Id, update))
	entries, err := me.vpc.ListAclEntrys(network)
	must(t, err)
	equal(t, entries.VpcId, network, "vpcId")
	equal(t, entries.VpcCidr, "192.168.0.0/16", "vpcCidr")
	equal(t, len(entries.AclEntrys), 1, "entries")
	equal(t, entries.AclEntrys[0].SubnetId, subnet, "subnetId")
	equal(t, entries.AclEntrys[0].SubnetCidr, "192.168.1.0/24", "subnetCidr")
	for _, it := range entries.AclEntrys[0].AclRules {
		if it.Id == shown[20].Id {
			equal(t, it.Position, 30, "position")
			equal(t, it.Protocol, vpc.ACL_RULE_PROTOCOL_UDP, "protocol")
			equal(t, it.Description, "second", "description")
		}
	}
	update.ClientToken = ""
	must(t, me.vpc.DeleteAclRule(shown[20].Id, fresh("token")))
	must(t, me.vpc.DeleteAclRule(shown[21].Id, ""))
	refused(t, me.vpc.DeleteAclRule(shown[21].Id, ""), 404, noSuch)
	refused(t, me.vpc.UpdateAclRule(shown[21].Id, update), 404, noSuch)
}

func TestPeering(t *testing.T) {
	me := newTenant(t)
	network, other := me.network(t), me.other(t)
	shown := me.peering(t, network, other)
	id := shown.PeerConnId
	holds(t, regexp.MustCompile(`^peerconn-[0-9a-z]{12}$`).MatchString(id), "id %q", id)
	equal(t, shown.Role, vpc.PEERCONN_ROLE_INITIATOR, "role")
	equal(t, shown.BandwidthInMbps, 20, "bandwidthInMbps")
	equal(t, shown.Description, "first", "description")
	equal(t, shown.LocalIfName, "here", "localIfName")
	equal(t, shown.LocalVpcId, network, "localVpcId")
	equal(t, shown.PeerVpcId, other, "peerVpcId")
	equal(t, shown.PeerRegion, region, "peerRegion")
	equal(t, shown.PaymentTiming, "Postpaid", "paymentTiming")
	equal(t, shown.DnsStatus, vpc.DNS_STATUS_CLOSE, "dnsStatus")
	holds(t, timestamp.MatchString(shown.CreatedTime), "createdTime %q", shown.CreatedTime)
	there, err := me.vpc.GetPeerConnDetail(id, vpc.PEERCONN_ROLE_ACCEPTOR)
	must(t, err)
	equal(t, there.Role, vpc.PEERCONN_ROLE_ACCEPTOR, "role")
	equal(t, there.LocalVpcId, other, "localVpcId of the other end")
	equal(t, there.PeerVpcId, network, "peerVpcId of the other end")
	equal(t, there.LocalIfName, "there", "localIfName of the other end")
	holds(t, there.LocalIfId != shown.LocalIfId && there.LocalIfId != "", "interfaces %q and %q", shown.LocalIfId, there.LocalIfId)

	update := &vpc.UpdatePeerConnArgs{LocalIfId: shown.LocalIfId, LocalIfName: "near", Description: "second"}
	must(t, me.vpc.UpdatePeerConn(id, update))
	must(t, me.vpc.ResizePeerConn(id, &vpc.ResizePeerConnArgs{NewBandwidthInMbps: 30, ClientToken: fresh("token")}))
	must(t, me.vpc.UpdatePeerConnDeleteProtect(id, &vpc.UpdatePeerConnDeleteProtectArgs{DeleteProtect: true}))
	holds(t, me.vpc.DeletePeerConn(id, "") != nil, "a protected peering was deleted")
	must(t, me.vpc.UpdatePeerConnDeleteProtect(id, &vpc.UpdatePeerConnDeleteProtectArgs{DeleteProtect: false}))
	must(t, me.vpc.OpenPeerConnSyncDNS(id, &vpc.PeerConnSyncDNSArgs{Role: vpc.PEERCONN_ROLE_INITIATOR, ClientToken: fresh("token")}))
	dns := func(status vpc.DnsStatusType) {
		t.Helper()
		until(t, func() (*vpc.PeerConn, error) { return me.vpc.GetPeerConnDetail(id, vpc.PEERCONN_ROLE_INITIATOR) },
			func(it *vpc.PeerConn) bool { return it.DnsStatus == status })
	}
	dns(vpc.DNS_STATUS_OPEN)
	must(t, me.vpc.ClosePeerConnSyncDNS(id, &vpc.PeerConnSyncDNSArgs{Role: vpc.PEERCONN_ROLE_INITIATOR}))
	dns(vpc.DNS_STATUS_CLOSE)

	list, err := me.vpc.ListPeerConn(&vpc.ListPeerConnsArgs{VpcId: network})
	must(t, err)
	equal(t, len(list.PeerConns), 1, "peerings of the VPC")
	equal(t, list.PeerConns[0].LocalIfName, "near", "localIfName")
	equal(t, list.PeerConns[0].Description, "second", "description")
	equal(t, list.PeerConns[0].BandwidthInMbps, 30, "bandwidthInMbps")

	// What is paid afterwards has no term to renew and nothing to give back.
	renewal := &vpc.RenewPeerConnArgs{Billing: &vpc.Billing{
		Reservation: &vpc.Reservation{ReservationLength: 1, ReservationTimeUnit: "month"},
	}}
	holds(t, me.vpc.RenewPeerConn(id, renewal) != nil, "a postpaid peering was renewed")
	holds(t, me.vpc.RefundPeerConn(id, "") != nil, "a postpaid peering was refunded")
	must(t, me.vpc.DeletePeerConn(id, fresh("token")))
	until(t, func() (bool, error) {
		_, err := me.vpc.GetPeerConnDetail(id, vpc.PEERCONN_ROLE_INITIATOR)
		return err != nil, nil
	}, func(gone bool) bool { return gone })
}

func TestPeeringOfAccounts(t *testing.T) {
	me, you := newTenant(t), newTenant(t)
	network := me.network(t)
	apply := func() string {
		made, err := me.vpc.CreatePeerConn(&vpc.CreatePeerConnArgs{
			BandwidthInMbps: 20, LocalVpcId: network, PeerVpcId: you.other(t), PeerRegion: region, PeerAccountId: you.account,
			Billing: &vpc.Billing{PaymentTiming: vpc.PAYMENT_TIMING_POSTPAID},
		})
		must(t, err)
		shown, err := me.vpc.GetPeerConnDetail(made.PeerConnId, vpc.PEERCONN_ROLE_INITIATOR)
		must(t, err)
		equal(t, shown.Status, vpc.PEERCONN_STATUS_CONSULTING, "status")
		return made.PeerConnId
	}
	status := func(id string) vpc.PeerConnStatusType {
		shown, err := me.vpc.GetPeerConnDetail(id, vpc.PEERCONN_ROLE_INITIATOR)
		must(t, err)
		return shown.Status
	}
	first := apply()
	holds(t, me.vpc.AcceptPeerConnApply(first, "") != nil, "the applicant accepted for the other account")
	must(t, you.vpc.AcceptPeerConnApply(first, fresh("token")))
	equal(t, status(first), vpc.PEERCONN_STATUS_ACTIVE, "status")
	second := apply()
	must(t, you.vpc.RejectPeerConnApply(second, fresh("token")))
	equal(t, status(second), vpc.PEERCONN_STATUS_CONSULT_FAILED, "status")
}
