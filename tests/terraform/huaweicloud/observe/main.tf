# Flow logs and traffic mirrors.

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

resource "huaweicloud_vpc_network_interface" "source" {
  subnet_id = huaweicloud_vpc_subnet.a.id
  name      = "source"
}

resource "huaweicloud_vpc_network_interface" "target" {
  subnet_id = huaweicloud_vpc_subnet.a.id
  name      = "target"
}

resource "huaweicloud_vpc_flow_log" "subnet" {
  name          = "subnet"
  description   = "all of a"
  resource_type = "network"
  resource_id   = huaweicloud_vpc_subnet.a.id
  log_group_id  = "5a2b3c4d-0000-4000-8000-000000000001"
  log_stream_id = "5a2b3c4d-0000-4000-8000-000000000002"
  traffic_type  = "reject"
  enabled       = false
}

resource "huaweicloud_vpc_flow_log" "vpc" {
  name          = "vpc"
  resource_type = "vpc"
  resource_id   = huaweicloud_vpc.net.id
  log_group_id  = "5a2b3c4d-0000-4000-8000-000000000001"
  log_stream_id = "5a2b3c4d-0000-4000-8000-000000000002"
}

resource "huaweicloud_vpc_traffic_mirror_filter" "dns" {
  name        = "dns"
  description = "questions only"
}

resource "huaweicloud_vpc_traffic_mirror_filter_rule" "dns" {
  traffic_mirror_filter_id = huaweicloud_vpc_traffic_mirror_filter.dns.id
  direction                = "egress"
  protocol                 = "udp"
  ethertype                = "IPv4"
  action                   = "accept"
  priority                 = 10
  source_cidr_block        = "10.0.1.0/24"
  destination_port_range   = "53-53"
  description              = "to any server"
}

resource "huaweicloud_vpc_traffic_mirror_session" "copy" {
  name                       = "copy"
  traffic_mirror_filter_id   = huaweicloud_vpc_traffic_mirror_filter.dns.id
  traffic_mirror_sources     = [huaweicloud_vpc_network_interface.source.id]
  traffic_mirror_target_id   = huaweicloud_vpc_network_interface.target.id
  traffic_mirror_target_type = "eni"
  priority                   = 20
  virtual_network_id         = 1000
  packet_length              = 128
}

data "huaweicloud_vpc_flow_logs" "all" {
  depends_on = [huaweicloud_vpc_flow_log.vpc]
}

data "huaweicloud_vpc_traffic_mirror_sessions" "all" {
  depends_on = [huaweicloud_vpc_traffic_mirror_session.copy]
}
