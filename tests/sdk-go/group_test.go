package sdkgo

import (
	"regexp"
	"testing"

	"github.com/baidubce/bce-sdk-go/model"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// group makes a regular security group in the VPC.
func (me *tenant) group(t *testing.T, network string) string {
	t.Helper()
	args := &api.CreateSecurityGroupArgs{Name: fresh("group"), VpcId: network, Rules: []api.SecurityGroupRuleModel{}}
	made, err := me.bcc.CreateSecurityGroup(args)
	must(t, err)
	return made.SecurityGroupId
}

func TestSecurityGroups(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	source := me.group(t, network)
	made, err := me.bcc.CreateSecurityGroup(&api.CreateSecurityGroupArgs{
		Name: "web", Desc: "first", VpcId: network, ClientToken: fresh("token"),
		Tags: []model.TagModel{{TagKey: "tier", TagValue: "front"}},
		Rules: []api.SecurityGroupRuleModel{{
			Remark: "https", Direction: "ingress", Ethertype: "IPv4", Protocol: "tcp", PortRange: "443", SourceIp: "10.0.0.0/8",
		}},
	})
	must(t, err)
	id := made.SecurityGroupId
	holds(t, regexp.MustCompile(`^g-[0-9a-z]{12}$`).MatchString(id), "id %q", id)

	fromGroup := &api.SecurityGroupRuleModel{
		Remark: "store", Direction: "ingress", Ethertype: "IPv4", Protocol: "tcp", PortRange: "5000-6000", SourceGroupId: source,
	}
	must(t, me.bcc.AuthorizeSecurityGroupRule(id, &api.AuthorizeSecurityGroupArgs{Rule: fromGroup, ClientToken: fresh("token")}))
	refused(t, me.bcc.AuthorizeSecurityGroupRule(id, &api.AuthorizeSecurityGroupArgs{Rule: fromGroup}), 409, denied)

	detail, err := api.GetSecurityGroupDetail(me.bcc, id)
	must(t, err)
	equal(t, detail.Id, id, "id")
	equal(t, detail.Name, "web", "name")
	equal(t, detail.Desc, "first", "desc")
	equal(t, detail.VpcId, network, "vpcId")
	equal(t, detail.BindInstanceNum, 0, "bindInstanceNum")
	equal(t, len(detail.Tags), 1, "tags")
	rules := map[string]api.SecurityGroupRuleVo{}
	for _, rule := range detail.Rules {
		rules[rule.Remark] = rule
	}
	https := rules["https"]
	equal(t, https.Direction, "ingress", "direction")
	equal(t, https.Ethertype, "IPv4", "ethertype")
	equal(t, https.Protocol, "tcp", "protocol")
	equal(t, https.PortRange, "443", "portRange")
	equal(t, https.SourceIp, "10.0.0.0/8", "sourceIp")
	equal(t, https.SecurityGroupId, id, "securityGroupId")
	holds(t, https.SecurityGroupRuleId != "", "a rule without an id")
	equal(t, rules["store"].SourceGroupId, source, "sourceGroupId")

	must(t, me.bcc.UpdateSecurityGroupRule(&api.UpdateSecurityGroupRuleArgs{
		SecurityGroupRuleId: https.SecurityGroupRuleId, SgVersion: detail.SgVersion,
		Remark: pointer("tls"), PortRange: pointer("8443"), SourceIp: pointer("10.1.0.0/16"), Protocol: pointer("tcp"),
	}))
	list, err := me.bcc.ListSecurityGroup(&api.ListSecurityGroupArgs{VpcId: network})
	must(t, err)
	shown := groupOf(t, list.SecurityGroups, id)
	found := false
	for _, rule := range shown.Rules {
		if rule.Remark == "tls" {
			found = true
			equal(t, rule.PortRange, "8443", "portRange")
			equal(t, rule.SourceIp, "10.1.0.0/16", "sourceIp")
			equal(t, rule.SecurityGroupRuleId, https.SecurityGroupRuleId, "securityGroupRuleId")
		}
	}
	holds(t, found, "the changed rule is not in %+v", shown.Rules)

	holds(t, me.bcc.DeleteSecurityGroup(source) != nil, "a group that a rule names was deleted")
	must(t, me.bcc.RevokeSecurityGroupRule(id, &api.RevokeSecurityGroupArgs{Rule: fromGroup}))
	must(t, me.bcc.DeleteSecurityGroupRule(&api.DeleteSecurityGroupRuleArgs{SecurityGroupRuleId: https.SecurityGroupRuleId}))
	refused(t, me.bcc.DeleteSecurityGroupRule(&api.DeleteSecurityGroupRuleArgs{
		SecurityGroupRuleId: https.SecurityGroupRuleId,
	}), 404, noSuch)
	must(t, me.bcc.DeleteSecurityGroup(source))
	must(t, me.bcc.DeleteSecurityGroup(id))
	refused(t, me.bcc.DeleteSecurityGroup(id), 404, noSuch)
	must(t, me.vpc.DeleteVPC(network, ""))
}

func groupOf(t *testing.T, groups []api.SecurityGroupModel, id string) api.SecurityGroupModel {
	t.Helper()
	for _, group := range groups {
		if group.Id == id {
			return group
		}
	}
	t.Fatalf("no group %s in %+v", id, groups)
	return api.SecurityGroupModel{}
}

func TestEnterpriseGroups(t *testing.T) {
	me := newTenant(t)
	rule := esg.EnterpriseSecurityGroupRule{
		Remark: "https", Direction: "ingress", Ethertype: "IPv4", Protocol: "tcp", PortRange: "443", SourceIp: "10.0.0.0/8",
		Action: "allow", Priority: 100,
	}
	made, err := me.esg.CreateEsg(&esg.CreateEsgArgs{
		Name: "web", Desc: "first", Rules: []esg.EnterpriseSecurityGroupRule{rule}, ClientToken: fresh("token"),
		Tags: []model.TagModel{{TagKey: "tier", TagValue: "front"}},
	})
	must(t, err)
	id := made.EnterpriseSecurityGroupId
	holds(t, regexp.MustCompile(`^esg-[0-9a-z]{12}$`).MatchString(id), "id %q", id)

	deny := rule
	deny.Remark, deny.Action, deny.Priority, deny.PortRange = "none", "deny", 200, "1-65535"
	must(t, me.esg.CreateEsgRules(&esg.CreateEsgRuleArgs{
		EnterpriseSecurityGroupId: id, Rules: []esg.EnterpriseSecurityGroupRule{deny}, ClientToken: fresh("token"),
	}))
	list, err := me.esg.ListEsg(&esg.ListEsgArgs{})
	must(t, err)
	equal(t, len(list.EnterpriseSecurityGroups), 1, "groups")
	shown := list.EnterpriseSecurityGroups[0]
	equal(t, shown.Id, id, "id")
	equal(t, shown.Name, "web", "name")
	equal(t, shown.Desc, "first", "desc")
	equal(t, len(shown.Tags), 1, "tags")
	rules := map[string]esg.EnterpriseSecurityGroupRule{}
	for _, it := range shown.Rules {
		rules[it.Remark] = it
	}
	equal(t, rules["https"].Protocol, "tcp", "protocol")
	equal(t, rules["https"].PortRange, "443", "portRange")
	equal(t, rules["https"].SourceIp, "10.0.0.0/8", "sourceIp")
	equal(t, rules["https"].Priority, 100, "priority")
	equal(t, rules["none"].Action, "deny", "action")

	changed := rules["https"].EnterpriseSecurityGroupRuleId
	must(t, me.esg.UpdateEsgRule(&esg.UpdateEsgRuleArgs{
		EnterpriseSecurityGroupRuleId: changed, ClientToken: fresh("token"),
		Remark: pointer("tls"), PortRange: pointer("8443"), Priority: pointer(50), Protocol: pointer("tcp"),
		SourceIp: pointer("all"), Action: pointer("allow"),
	}))
	list, err = me.esg.ListEsg(&esg.ListEsgArgs{})
	must(t, err)
	for _, it := range list.EnterpriseSecurityGroups[0].Rules {
		if it.EnterpriseSecurityGroupRuleId == changed {
			equal(t, it.Remark, "tls", "remark")
			equal(t, it.Priority, 50, "priority")
			equal(t, it.SourceIp, "all", "sourceIp")
		}
	}
	gone := &esg.DeleteEsgRuleArgs{EnterpriseSecurityGroupRuleId: changed, ClientToken: fresh("token")}
	must(t, me.esg.DeleteEsgRule(gone))
	gone.ClientToken = ""
	holds(t, me.esg.DeleteEsgRule(gone) != nil, "a rule was deleted twice")
	must(t, me.esg.DeleteEsg(&esg.DeleteEsgArgs{EnterpriseSecurityGroupId: id, ClientToken: fresh("token")}))
	holds(t, me.esg.DeleteEsg(&esg.DeleteEsgArgs{EnterpriseSecurityGroupId: id}) != nil, "a group was deleted twice")
}

func TestParameterTemplates(t *testing.T) {
	me := newTenant(t)
	set, err := me.vpc.CreateIpSet(&vpc.CreateIpSetArgs{
		Name: "set", IpVersion: "IPv4", Description: "first", ClientToken: fresh("token"),
		IpAddressInfo: []vpc.TemplateIpAddressInfo{{IpAddress: "10.0.0.1", Description: "one"}},
	})
	must(t, err)
	holds(t, regexp.MustCompile(`^ips-[0-9a-z]{12}$`).MatchString(set.IpSetId), "id %q", set.IpSetId)
	must(t, me.vpc.AddIpAddress2IpSet(set.IpSetId, &vpc.AddIpAddress2IpSetArgs{
		IpAddressInfo: []vpc.TemplateIpAddressInfo{{IpAddress: "10.1.0.0/16", Description: "block"}}, ClientToken: fresh("token"),
	}))
	must(t, me.vpc.DeleteIpAddress(set.IpSetId, &vpc.DeleteIpAddressArgs{IpAddressInfo: []string{"10.0.0.1"}}))
	must(t, me.vpc.UpdateIpSet(set.IpSetId, &vpc.UpdateIpSetArgs{Name: pointer("set-2"), Description: pointer("second")}))
	shown, err := me.vpc.GetIpSetDetail(set.IpSetId)
	must(t, err)
	equal(t, shown.IpSetId, set.IpSetId, "ipSetId")
	equal(t, shown.Name, "set-2", "name")
	equal(t, shown.Description, "second", "description")
	equal(t, shown.IpVersion, "IPv4", "ipVersion")
	equal(t, len(shown.IpAddressInfo), 1, "addresses")
	equal(t, shown.IpAddressInfo[0], vpc.TemplateIpAddressInfo{IpAddress: "10.1.0.0/16", Description: "block"}, "address")
	sets, err := me.vpc.ListIpSet(&vpc.ListIpSetArgs{IpVersion: "IPv4"})
	must(t, err)
	equal(t, len(sets.IpSets), 1, "sets")
	equal(t, sets.IpSets[0].BindedInstanceNum, 0, "bindedInstanceNum")

	more, err := me.vpc.CreateIpSet(&vpc.CreateIpSetArgs{
		Name: "more", IpVersion: "IPv4", IpAddressInfo: []vpc.TemplateIpAddressInfo{{IpAddress: "10.2.0.1"}},
	})
	must(t, err)
	group, err := me.vpc.CreateIpGroup(&vpc.CreateIpGroupArgs{
		Name: "group", IpVersion: "IPv4", Description: "first", IpSetIds: []string{set.IpSetId}, ClientToken: fresh("token"),
	})
	must(t, err)
	holds(t, regexp.MustCompile(`^ipg-[0-9a-z]{12}$`).MatchString(group.IpGroupId), "id %q", group.IpGroupId)
	must(t, me.vpc.AddIpSet2IpGroup(group.IpGroupId, &vpc.AddIpSet2IpGroupArgs{IpSetIds: []string{more.IpSetId}}))
	must(t, me.vpc.UpdateIpGroup(group.IpGroupId, &vpc.UpdateIpGroupArgs{Name: pointer("group-2"), Description: pointer("second")}))
	detail, err := me.vpc.GetIpGroupDetail(group.IpGroupId)
	must(t, err)
	equal(t, detail.Name, "group-2", "name")
	equal(t, detail.Description, "second", "description")
	equal(t, len(detail.IpSetIds), 2, "sets of the group")
	groups, err := me.vpc.ListIpGroup(&vpc.ListIpGroupArgs{IpVersion: "IPv4", MaxKeys: 10})
	must(t, err)
	equal(t, len(groups.IpGroups), 1, "groups")

	holds(t, me.vpc.DeleteIpSet(more.IpSetId, &vpc.DeleteIpSetArgs{}) != nil, "a set of a group was deleted")
	must(t, me.vpc.UnbindIpSet(group.IpGroupId, &vpc.UnbindIpSetArgs{IpSetIds: []string{more.IpSetId}}))
	must(t, me.vpc.DeleteIpSet(more.IpSetId, &vpc.DeleteIpSetArgs{ClientToken: fresh("token")}))
	must(t, me.vpc.DeleteIpGroup(group.IpGroupId, &vpc.DeleteIpGroupArgs{ClientToken: fresh("token")}))
	must(t, me.vpc.DeleteIpSet(set.IpSetId, &vpc.DeleteIpSetArgs{}))
	_, err = me.vpc.GetIpSetDetail(set.IpSetId)
	refused(t, err, 404, noSuch)
	_, err = me.vpc.GetIpGroupDetail(group.IpGroupId)
	refused(t, err, 404, noSuch)
}

func TestReservedSegments(t *testing.T) {
	me := newTenant(t)
	subnet := me.subnet(t, me.network(t), "192.168.1.0/24")
	args := &vpc.CreateIpreserveArgs{
		SubnetId: subnet, IpCidr: "192.168.1.64/28", IpVersion: 4, Description: "kept", ClientToken: fresh("token"),
	}
	made, err := me.vpc.CreateIpreserve(args)
	must(t, err)
	list, err := me.vpc.ListIpreserve(&vpc.ListIpeserveArgs{SubnetId: subnet})
	must(t, err)
	equal(t, len(list.IpReserves), 1, "segments")
	equal(t, list.IpReserves[0].IpReserveId, made.IpReserveId, "ipReserveId")
	equal(t, list.IpReserves[0].IpCidr, "192.168.1.64/28", "ipCidr")
	equal(t, list.IpReserves[0].IpVersion, "4", "ipVersion")
	equal(t, list.IpReserves[0].Description, "kept", "description")
	detail, err := me.vpc.GetSubnetDetail(subnet)
	must(t, err)
	equal(t, detail.Subnet.AvailableIp-detail.Subnet.AvailableUnreservedIp, 16, "addresses that are kept")
	must(t, me.vpc.DeleteIpreserve(made.IpReserveId, fresh("token")))
	refused(t, me.vpc.DeleteIpreserve(made.IpReserveId, ""), 404, noSuch)
}
