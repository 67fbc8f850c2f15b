# A peering that another account accepts, and a virtual address of several ports.

variable "stage" {
  type = number
}
variable "endpoint" {}
variable "region" {}
variable "far_project" {}
variable "far_ak" {}
variable "far_sk" {}

provider "huaweicloud" {
  alias                   = "far"
  region                  = var.region
  access_key              = var.far_ak
  secret_key              = var.far_sk
  project_id              = var.far_project
  auth_url                = "${var.endpoint}/v3"
  cloud                   = "example.com"
  insecure                = true
  skip_check_website_type = true
  skip_check_upgrade      = true
  endpoints = {
    vpc = "${var.endpoint}/"
    iam = "${var.endpoint}/"
    eps = "${var.endpoint}/"
  }
}

resource "huaweicloud_vpc" "near" {
  name = "near"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc" "far" {
  provider = huaweicloud.far
  name     = "far"
  cidr     = "10.1.0.0/16"
}

resource "huaweicloud_vpc_peering_connection" "both" {
  name           = var.stage == 2 ? "together" : "both"
  vpc_id         = huaweicloud_vpc.near.id
  peer_vpc_id    = huaweicloud_vpc.far.id
  peer_tenant_id = var.far_project
}

resource "huaweicloud_vpc_peering_connection_accepter" "far" {
  provider                  = huaweicloud.far
  vpc_peering_connection_id = huaweicloud_vpc_peering_connection.both.id
  accept                    = true
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.near.id
}

resource "huaweicloud_vpc_network_interface" "port" {
  count     = 3
  subnet_id = huaweicloud_vpc_subnet.a.id
  name      = "port-${count.index}"

  # The virtual address opens its ports to any address.
  lifecycle {
    ignore_changes = [allowed_addresses]
  }
}

resource "huaweicloud_networking_vip" "shared" {
  network_id = huaweicloud_vpc_subnet.a.id
  name       = var.stage == 2 ? "common" : "shared"
}

resource "huaweicloud_networking_vip_associate" "shared" {
  vip_id   = huaweicloud_networking_vip.shared.id
  port_ids = slice(huaweicloud_vpc_network_interface.port[*].id, var.stage - 1, var.stage + 1)
}

data "huaweicloud_vpc_peering_connections" "active" {
  status     = "ACTIVE"
  depends_on = [huaweicloud_vpc_peering_connection_accepter.far]
}
