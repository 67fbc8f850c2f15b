# Rules of subnets' ACLs, in both directions.

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_subnet" "a" {
  name      = "a"
  zone_name = "cn-bj-a"
  cidr      = "192.168.1.0/24"
  vpc_id    = baiducloud_vpc.net.id
}

resource "baiducloud_acl" "web" {
  subnet_id              = baiducloud_subnet.a.id
  description            = "the web"
  protocol               = "tcp"
  source_ip_address      = "0.0.0.0/0"
  destination_ip_address = "192.168.1.0/24"
  source_port            = "all"
  destination_port       = "443"
  position               = 20
  direction              = "ingress"
  action                 = "allow"
}

resource "baiducloud_acl" "no" {
  subnet_id              = baiducloud_subnet.a.id
  protocol               = "udp"
  source_ip_address      = "192.168.1.8"
  destination_ip_address = "10.0.0.0/8"
  source_port            = "1000-2000"
  destination_port       = "53"
  position               = 21
  direction              = "egress"
  action                 = "deny"
}

data "baiducloud_acls" "a" {
  subnet_id  = baiducloud_subnet.a.id
  depends_on = [baiducloud_acl.web, baiducloud_acl.no]

  lifecycle {
    postcondition {
      condition     = length([for it in self.acls : it if contains([20, 21], it.position)]) == 2
      error_message = "the rules are not listed"
    }
  }
}
