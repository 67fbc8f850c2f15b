# Security groups with rules by address and by group.

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_security_group" "web" {
  name        = "web"
  description = "the web"
  vpc_id      = baiducloud_vpc.net.id
  tags = {
    tier = "front"
  }
}

resource "baiducloud_security_group" "store" {
  name   = "store"
  vpc_id = baiducloud_vpc.net.id
}

resource "baiducloud_security_group_rule" "https" {
  security_group_id = baiducloud_security_group.web.id
  remark            = "https"
  direction         = "ingress"
  ether_type        = "IPv4"
  protocol          = "tcp"
  port_range        = "443"
  source_ip         = "10.0.0.0/8"
}

resource "baiducloud_security_group_rule" "out" {
  security_group_id = baiducloud_security_group.web.id
  remark            = "out"
  direction         = "egress"
  ether_type        = "IPv4"
  protocol          = "udp"
  port_range        = "1000-2000"
  dest_ip           = "10.1.0.0/16"
}

resource "baiducloud_security_group_rule" "store" {
  security_group_id = baiducloud_security_group.store.id
  remark            = "from the web"
  direction         = "ingress"
  ether_type        = "IPv4"
  protocol          = "tcp"
  port_range        = "5432"
  source_group_id   = baiducloud_security_group.web.id
}

data "baiducloud_security_groups" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_security_group.web, baiducloud_security_group.store]

  lifecycle {
    postcondition {
      condition     = length([for it in self.security_groups : it if contains(["web", "store"], it.name)]) == 2
      error_message = "the groups are not listed"
    }
  }
}

data "baiducloud_security_group_rules" "web" {
  security_group_id = baiducloud_security_group.web.id
  vpc_id            = baiducloud_vpc.net.id
  depends_on        = [baiducloud_security_group_rule.https, baiducloud_security_group_rule.out]

  lifecycle {
    postcondition {
      condition     = length([for it in self.rules : it if contains(["443", "1000-2000"], it.port_range)]) == 2
      error_message = "the rules are not listed"
    }
  }
}
