# What is done once: a connection is reset, jobs of upgrades are deleted, a session ends. The upgrades themselves and the
# point-to-cloud gateway come from before.json.

variable "stage" {
  type = number
}
variable "remote" {}
variable "remote_job" {}
variable "site" {}
variable "site_eip" {}
variable "site_job" {}
variable "session" {}

locals {
  again = var.stage == 2 ? "true" : null
}

data "huaweicloud_vpn_p2c_gateways" "all" {}

data "huaweicloud_vpn_servers" "all" {}

data "huaweicloud_vpn_p2c_gateway_availability_zones" "all" {
  flavor = "Professional1"
}

data "huaweicloud_vpn_p2c_gateway_connections" "remote" {
  p2c_gateway_id = var.remote
}

data "huaweicloud_vpn_p2c_gateway_jobs" "remote" {
  resource_id = var.remote
}

data "huaweicloud_vpn_gateway_jobs" "site" {
  resource_id = var.site
}

resource "huaweicloud_vpn_p2c_gateway_connection_disconnect" "anna" {
  p2c_vgw_id       = var.remote
  connection_id    = var.session
  enable_force_new = local.again
  depends_on       = [data.huaweicloud_vpn_p2c_gateway_connections.remote]
}

resource "huaweicloud_vpn_p2c_gateway_job_delete" "remote" {
  job_id           = var.remote_job
  enable_force_new = local.again
  depends_on       = [data.huaweicloud_vpn_p2c_gateway_jobs.remote]
}

resource "huaweicloud_vpn_gateway_job_delete" "site" {
  job_id           = var.site_job
  enable_force_new = local.again
  depends_on       = [data.huaweicloud_vpn_gateway_jobs.site]
}

resource "huaweicloud_vpn_customer_gateway" "branch" {
  name     = "branch"
  id_value = "198.51.100.7"
}

resource "huaweicloud_vpn_connection" "branch" {
  name                = "branch"
  gateway_id          = var.site
  gateway_ip          = var.site_eip
  customer_gateway_id = huaweicloud_vpn_customer_gateway.branch.id
  peer_subnets        = ["192.168.0.0/24"]
  vpn_type            = "static"
  psk                 = "Terraform-Key-1"
}

resource "huaweicloud_vpn_connection_reset" "branch" {
  connection_id    = huaweicloud_vpn_connection.branch.id
  enable_force_new = local.again
}
