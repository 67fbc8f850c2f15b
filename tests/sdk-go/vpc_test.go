package sdkgo

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/baidubce/bce-sdk-go/model"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

const (
	badRequest  = "BadRequest"
	noSuch      = "NoSuchObject"
	needRelease = "ResourceNeedRelease"
)

var timestamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

func TestVpcLife(t *testing.T) {
	me := newTenant(t)
	tags := []model.TagModel{{TagKey: "team", TagValue: "net"}}
	args := &vpc.CreateVPCArgs{Name: "life", Description: "first", Cidr: "10.1.0.0/16", Tags: tags}
	made, err := me.vpc.CreateVPC(args)
	must(t, err)
	holds(t, regexp.MustCompile(`^vpc-[0-9a-z]{12}$`).MatchString(made.VPCID), "id %q", made.VPCID)

	detail, err := me.vpc.GetVPCDetail(made.VPCID)
	must(t, err)
	shown := detail.VPC
	equal(t, shown.VPCId, made.VPCID, "vpcId")
	equal(t, shown.Name, "life", "name")
	equal(t, shown.Description, "first", "description")
	equal(t, shown.Cidr, "10.1.0.0/16", "cidr")
	equal(t, shown.IsDefault, false, "isDefault")
	equal(t, len(shown.Subnets), 0, "subnets")
	equal(t, len(shown.Tags), 1, "tags")
	equal(t, shown.Tags[0], tags[0], "tag")
	holds(t, timestamp.MatchString(shown.CreatedTime), "createdTime %q", shown.CreatedTime)

	must(t, me.vpc.UpdateVPC(made.VPCID, &vpc.UpdateVPCArgs{Name: "life-2", Description: "second"}))
	list, err := me.vpc.ListVPC(&vpc.ListVPCArgs{VpcIds: made.VPCID})
	must(t, err)
	equal(t, len(list.VPCs), 1, "vpcs of the filter")
	equal(t, list.VPCs[0].Name, "life-2", "name")
	equal(t, list.VPCs[0].Description, "second", "description")
	equal(t, list.VPCs[0].CreatedTime, shown.CreatedTime, "createdTime")

	must(t, me.vpc.DeleteVPC(made.VPCID, fresh("token")))
	_, err = me.vpc.GetVPCDetail(made.VPCID)
	refused(t, err, 404, noSuch)
	refused(t, me.vpc.UpdateVPC(made.VPCID, &vpc.UpdateVPCArgs{Name: "gone"}), 404, noSuch)
	refused(t, me.vpc.DeleteVPC(made.VPCID, ""), 404, noSuch)
}

func TestVpcClientToken(t *testing.T) {
	me := newTenant(t)
	args := &vpc.CreateVPCArgs{Name: "once", Cidr: "10.0.0.0/16", ClientToken: fresh("token")}
	first, err := me.vpc.CreateVPC(args)
	must(t, err)
	again, err := me.vpc.CreateVPC(args)
	must(t, err)
	equal(t, again.VPCID, first.VPCID, "the id of the repeated call")
	args.Name = "twice"
	_, err = me.vpc.CreateVPC(args)
	refused(t, err, 403, "IdempotentParameterMismatch")
	list, err := me.vpc.ListVPC(nil)
	must(t, err)
	equal(t, len(list.VPCs), 1, "vpcs")
}

func TestVpcPages(t *testing.T) {
	me := newTenant(t)
	me.quota(t, "vpc", 20)
	for number := 0; number < 7; number++ {
		_, err := me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: fmt.Sprintf("page-%d", number), Cidr: "10.0.0.0/16"})
		must(t, err)
	}
	walked := pages(t, func(marker string) ([]string, bool, string, error) {
		page, err := me.vpc.ListVPC(&vpc.ListVPCArgs{Marker: marker, MaxKeys: 3})
		if err != nil {
			return nil, false, "", err
		}
		equal(t, page.MaxKeys, 3, "maxKeys")
		return names(page.VPCs, func(it vpc.VPC) string { return it.VPCID }), page.IsTruncated, page.NextMarker, nil
	})
	equal(t, len(walked), 3, "pages")
	seen := map[string]bool{}
	for _, page := range walked {
		for _, id := range page {
			seen[id] = true
		}
	}
	equal(t, len(seen), 7, "vpcs of all pages")
	defaults, err := me.vpc.ListVPC(&vpc.ListVPCArgs{IsDefault: "true"})
	must(t, err)
	others, err := me.vpc.ListVPC(&vpc.ListVPCArgs{IsDefault: "false"})
	must(t, err)
	equal(t, len(defaults.VPCs)+len(others.VPCs), 7, "vpcs by isDefault")
}

func TestVpcRefusals(t *testing.T) {
	me, stranger := newTenant(t), newTenant(t)
	for _, args := range []vpc.CreateVPCArgs{
		{Name: "", Cidr: "10.0.0.0/16"},
		{Name: "default", Cidr: "10.0.0.0/16"},
		{Name: strings.Repeat("n", 66), Cidr: "10.0.0.0/16"},
		{Name: "n", Cidr: "10.0.0.1/16"},
		{Name: "n", Cidr: "11.0.0.0/16"},
		{Name: "n", Cidr: "ten"},
		{Name: "n", Cidr: "10.0.0.0/16", Description: strings.Repeat("d", 201)},
	} {
		_, err := me.vpc.CreateVPC(&args)
		refused(t, err, 400, badRequest)
	}
	mine := me.network(t)
	_, err := stranger.vpc.GetVPCDetail(mine)
	refused(t, err, 404, noSuch)
	refused(t, stranger.vpc.DeleteVPC(mine, ""), 404, noSuch)
	me.subnet(t, mine, "192.168.1.0/24")
	refused(t, me.vpc.DeleteVPC(mine, ""), 409, needRelease)
	me.quota(t, "vpc", 1)
	_, err = me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: "more", Cidr: "10.0.0.0/16"})
	refused(t, err, 413, "LimitExceeded")
}

func TestSecondaryBlocks(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	blocks := []string{"10.8.0.0/16", "10.9.0.0/16"}
	must(t, me.vpc.UpdateVPC(network, &vpc.UpdateVPCArgs{Name: "two", SecondaryCidr: blocks}))
	detail, err := me.vpc.GetVPCDetail(network)
	must(t, err)
	equal(t, strings.Join(detail.VPC.SecondaryCidr, " "), strings.Join(blocks, " "), "secondaryCidr")
	args := &vpc.CreateSubnetArgs{Name: "s", ZoneName: zone, Cidr: "10.9.0.0/24", VpcId: network, VpcSecondaryCidr: blocks[1]}
	made, err := me.vpc.CreateSubnet(args)
	must(t, err)
	shown, err := me.vpc.GetSubnetDetail(made.SubnetId)
	must(t, err)
	equal(t, shown.Subnet.Cidr, "10.9.0.0/24", "cidr")
}

func TestSubnetLife(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	args := &vpc.CreateSubnetArgs{
		Name: "life", ZoneName: zone, Cidr: "192.168.1.0/24", VpcId: network, Description: "first",
		SubnetType: vpc.SUBNET_TYPE_BCC, Tags: []model.TagModel{{TagKey: "k", TagValue: "v"}}, ClientToken: fresh("token"),
	}
	made, err := me.vpc.CreateSubnet(args)
	must(t, err)
	again, err := me.vpc.CreateSubnet(args)
	must(t, err)
	equal(t, again.SubnetId, made.SubnetId, "the id of the repeated call")

	detail, err := me.vpc.GetSubnetDetail(made.SubnetId)
	must(t, err)
	shown := detail.Subnet
	equal(t, shown.SubnetId, made.SubnetId, "subnetId")
	equal(t, shown.Name, "life", "name")
	equal(t, shown.ZoneName, zone, "zoneName")
	equal(t, shown.Cidr, "192.168.1.0/24", "cidr")
	equal(t, shown.VPCId, network, "vpcId")
	equal(t, shown.SubnetType, vpc.SUBNET_TYPE_BCC, "subnetType")
	equal(t, shown.Description, "first", "description")
	equal(t, len(shown.Tags), 1, "tags")
	holds(t, timestamp.MatchString(shown.CreatedTime), "createdTime %q", shown.CreatedTime)
	holds(t, shown.AvailableIp >= 250 && shown.AvailableIp <= 254, "availableIp %d", shown.AvailableIp)
	inside, err := me.vpc.GetVPCDetail(network)
	must(t, err)
	equal(t, len(inside.VPC.Subnets), 1, "subnets of the vpc")
	equal(t, inside.VPC.Subnets[0].SubnetId, made.SubnetId, "subnet of the vpc")

	must(t, me.vpc.UpdateSubnet(made.SubnetId, &vpc.UpdateSubnetArgs{Name: "life-2", Description: "second"}))
	list, err := me.vpc.ListSubnets(&vpc.ListSubnetArgs{VpcId: network, ZoneName: zone, SubnetType: vpc.SUBNET_TYPE_BCC})
	must(t, err)
	equal(t, len(list.Subnets), 1, "subnets")
	equal(t, list.Subnets[0].Name, "life-2", "name")
	list, err = me.vpc.ListSubnets(&vpc.ListSubnetArgs{SubnetIds: made.SubnetId})
	must(t, err)
	equal(t, len(list.Subnets), 1, "subnets by id")
	list, err = me.vpc.ListSubnets(&vpc.ListSubnetArgs{VpcId: network, SubnetType: vpc.SUBNET_TYPE_BBC})
	must(t, err)
	equal(t, len(list.Subnets), 0, "subnets of another type")

	must(t, me.vpc.DeleteSubnet(made.SubnetId, fresh("token")))
	_, err = me.vpc.GetSubnetDetail(made.SubnetId)
	refused(t, err, 404, noSuch)
	refused(t, me.vpc.DeleteSubnet(made.SubnetId, ""), 404, noSuch)
	must(t, me.vpc.DeleteVPC(network, ""))
}

func TestSubnetRefusals(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	me.subnet(t, network, "192.168.0.0/24")
	create := func(args vpc.CreateSubnetArgs) error {
		if args.ZoneName == "" {
			args.ZoneName = zone
		}
		_, err := me.vpc.CreateSubnet(&args)
		return err
	}
	for _, cidr := range []string{"192.168.0.0/24", "192.168.0.128/25", "192.168.0.0/20"} {
		refused(t, create(vpc.CreateSubnetArgs{Name: "n", Cidr: cidr, VpcId: network}), 409, "CidrConflict")
	}
	for _, cidr := range []string{"10.0.0.0/24", "192.168.9.1/24", "192.168.9.0/33"} {
		refused(t, create(vpc.CreateSubnetArgs{Name: "n", Cidr: cidr, VpcId: network}), 400, badRequest)
	}
	refused(t, create(vpc.CreateSubnetArgs{Name: "n", Cidr: "192.168.9.0/24", VpcId: "vpc-000000000000"}), 404, noSuch)
	refused(t, create(vpc.CreateSubnetArgs{Name: "n", Cidr: "192.168.9.0/24", VpcId: network, SubnetType: "XYZ"}), 400, badRequest)
}

func TestAddressesOfAVpc(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	subnet := me.subnet(t, network, "192.168.0.0/24")
	used, err := me.vpc.GetResourceIp(&vpc.GetResourceIpArgs{VpcId: network, SubnetId: subnet, PageNo: 1, PageSize: 10})
	must(t, err)
	equal(t, used.PageNo, 1, "pageNo")
	equal(t, used.PageSize, 10, "pageSize")
	equal(t, used.TotalCount, len(used.Result), "totalCount")
	info, err := me.vpc.GetPrivateIpAddressesInfo(&vpc.GetVpcPrivateIpArgs{
		VpcId: network, PrivateIpAddresses: []string{"192.168.0.9"},
	})
	must(t, err)
	equal(t, len(info.VpcPrivateIpAddresses), 0, "addresses in use")
	_, err = me.vpc.GetPrivateIpAddressesInfo(&vpc.GetVpcPrivateIpArgs{
		VpcId: network, PrivateIpRange: "192.168.0.1-192.168.0.50",
	})
	must(t, err)
	hosts, err := me.vpc.GetNetworkTopologyInfo(&vpc.GetNetworkTopologyArgs{HostIp: "10.200.0.1", HostId: "h-none"})
	must(t, err)
	equal(t, len(hosts.NetworkTopologies), 0, "hosts")
}

func TestRelay(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	must(t, me.vpc.OpenRelay(&vpc.UpdateVpcRelayArgs{VpcId: network, ClientToken: fresh("token")}))
	detail, err := me.vpc.GetVPCDetail(network)
	must(t, err)
	equal(t, detail.VPC.Relay, true, "relay")
	must(t, me.vpc.ShutdownRelay(&vpc.UpdateVpcRelayArgs{VpcId: network}))
	detail, err = me.vpc.GetVPCDetail(network)
	must(t, err)
	equal(t, detail.VPC.Relay, false, "relay")
	refused(t, me.vpc.OpenRelay(&vpc.UpdateVpcRelayArgs{VpcId: "vpc-000000000000"}), 404, noSuch)
}

func TestKeys(t *testing.T) {
	me := newTenant(t)
	key := operator(t, "POST", "keys", map[string]any{"account": me.account, "cloud": "baidu"})
	access, secret := key["access_key"].(string), key["secret_key"].(string)
	_, err := tenantOf(t, me.account, me.project, access, secret).vpc.ListVPC(nil)
	must(t, err)
	_, err = tenantOf(t, me.account, me.project, access, strings.Repeat("0", len(secret))).vpc.ListVPC(nil)
	refused(t, err, 400, "SignatureDoesNotMatch")
	_, err = tenantOf(t, me.account, me.project, "AKNOBODY", secret).vpc.ListVPC(nil)
	refused(t, err, 403, "InvalidAccessKeyId")
}

func TestDhcpOptions(t *testing.T) {
	me := newTenant(t)
	network := me.network(t)
	must(t, me.vpc.CreateVPCDhcp(network, &vpc.CreateVpcDhcpArgs{DomainNameServers: "192.168.0.53", ClientToken: fresh("token")}))
	must(t, me.vpc.UpdateVPCDhcp(network, &vpc.UpdateVpcDhcpArgs{DomainNameServers: "192.168.0.54"}))
	shown, err := me.vpc.GetVPCDhcpInfo(network)
	must(t, err)
	equal(t, shown.VPCID, network, "vpcId")
	equal(t, shown.DhcpOptions.DomainNameServers, "192.168.0.54", "domainNameServers")
}
