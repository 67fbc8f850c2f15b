# A network ACL: ordered rules, address groups, subnets.

resource "huaweicloud_vpc" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_vpc_address_group" "far" {
  name      = "far"
  addresses = ["198.51.100.0/24"]
}

resource "huaweicloud_vpc_network_acl" "edge" {
  name        = "edge"
  description = "in front of a"

  ingress_rules {
    name                   = "web"
    action                 = "allow"
    ip_version             = 4
    protocol               = "tcp"
    source_ip_address      = "0.0.0.0/0"
    source_port            = "1024-65535"
    destination_ip_address = "10.0.1.0/24"
    destination_port       = "80,443"
  }
  ingress_rules {
    name                       = "never"
    action                     = "deny"
    ip_version                 = 4
    protocol                   = "any"
    source_ip_address_group_id = huaweicloud_vpc_address_group.far.id
    destination_ip_address     = "0.0.0.0/0"
  }
  egress_rules {
    name                   = "all"
    action                 = "allow"
    ip_version             = 4
    protocol               = "any"
    source_ip_address      = "0.0.0.0/0"
    destination_ip_address = "0.0.0.0/0"
  }
  associated_subnets {
    subnet_id = huaweicloud_vpc_subnet.a.id
  }
  tags = {
    tier = "edge"
  }
}

data "huaweicloud_vpc_network_acls" "all" {
  name       = huaweicloud_vpc_network_acl.edge.name
  depends_on = [huaweicloud_vpc_network_acl.edge]
}
