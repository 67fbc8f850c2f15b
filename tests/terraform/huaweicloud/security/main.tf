# Security groups with rules of every sort, and the address groups that rules name.

resource "huaweicloud_networking_secgroup" "web" {
  name        = "web"
  description = "what the world may reach"
  tags = {
    tier = "front"
  }
}

resource "huaweicloud_networking_secgroup" "app" {
  name = "app"
}

resource "huaweicloud_networking_secgroup" "bare" {
  name                 = "bare"
  delete_default_rules = true
}

resource "huaweicloud_vpc_address_group" "offices" {
  name        = "offices"
  description = "where we sit"
  addresses   = ["192.168.10.10", "192.168.20.0/24", "192.168.3.2-192.168.3.40"]
}

resource "huaweicloud_vpc_address_group" "noted" {
  name         = "noted"
  max_capacity = 10
  ip_extra_set {
    ip      = "203.0.113.0/24"
    remarks = "documentation"
  }
}

resource "huaweicloud_networking_secgroup_rule" "ssh" {
  security_group_id = huaweicloud_networking_secgroup.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_ip_prefix  = "203.0.113.0/24"
  description       = "from the office"
}

resource "huaweicloud_networking_secgroup_rule" "web" {
  security_group_id = huaweicloud_networking_secgroup.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  ports             = "80,443,8000-8100"
  remote_ip_prefix  = "0.0.0.0/0"
  action            = "allow"
  priority          = 50
}

resource "huaweicloud_networking_secgroup_rule" "never" {
  security_group_id       = huaweicloud_networking_secgroup.web.id
  direction               = "ingress"
  ethertype               = "IPv4"
  protocol                = "udp"
  ports                   = "53"
  action                  = "deny"
  priority                = 2
  remote_address_group_id = huaweicloud_vpc_address_group.offices.id
}

resource "huaweicloud_networking_secgroup_rule" "among" {
  security_group_id = huaweicloud_networking_secgroup.app.id
  direction         = "ingress"
  ethertype         = "IPv4"
  remote_group_id   = huaweicloud_networking_secgroup.web.id
}

resource "huaweicloud_networking_secgroup_rule" "ping" {
  security_group_id = huaweicloud_networking_secgroup.app.id
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "icmp"
}

data "huaweicloud_networking_secgroup" "web" {
  name       = huaweicloud_networking_secgroup.web.name
  depends_on = [huaweicloud_networking_secgroup_rule.ssh]
}

data "huaweicloud_networking_secgroup_rules" "web" {
  security_group_id = huaweicloud_networking_secgroup.web.id
}

data "huaweicloud_vpc_address_groups" "all" {
  depends_on = [huaweicloud_vpc_address_group.noted]
}
