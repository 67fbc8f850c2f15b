#!/usr/bin/env python3
"""Drives a real vpcd with the vendors' Terraform providers: tests/terraform/run.py [WORD...]

Each folder tests/terraform/<provider>/<case> is one configuration: plan, apply, a second plan without changes, an
update, import of every resource into an empty state, a plan of that state without changes, destroy. A WORD picks cases
by name. README.md tells what the providers cannot do with any server.

  VPCD_BIN                  the server to test (default target/release/vpcd)
  VPCD_TERRAFORM_PROVIDERS  the folder with terraform-provider-huaweicloud, -opentelekomcloud and -baiducloud
  TERRAFORM                 the program (default terraform)

`imports.json` of a case tells what its import needs beyond the id: {"address": "id with {attribute}"}, null for what
the provider cannot import; "ignored": {"type": ["attribute"]} names what the provider does not read back on import;
"first": ["address"] is what has to be there before the rest can be planned.

A configuration that declares `variable "stage"` is applied with stage 1, then with stage 2: that plan must change
something, make or destroy nothing else than what depends on `count`, and replace nothing.

`before.json` of a case makes what the provider has no resource for, in this order: {"method", "path", "body"} is a
signed call of the tenant, or of the operator where the path begins with /admin/. "until": {"path.to.field": value}
repeats it until the answer says so. "save": {"name": "path.to.field"} keeps a field of the answer as the variable
`name`, which later steps write as {name} and the configuration as var.name. {project} is known from the start;
var.endpoint, var.region and var.certificates (a folder with SM2 certificates) are given to every configuration.
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import calls

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

PROVIDER = {
    "huaweicloud": """
terraform {{
  required_providers {{
    huaweicloud = {{ source = "huaweicloud/huaweicloud" }}
  }}
}}
provider "huaweicloud" {{
  region                  = "{region}"
  access_key              = "{ak}"
  secret_key              = "{sk}"
  project_id              = "{project}"
  auth_url                = "{endpoint}/v3"
  cloud                   = "example.com"
  insecure                = true
  skip_check_website_type = true
  skip_check_upgrade      = true
  endpoints = {{
    vpc = "{endpoint}/"
    iam = "{endpoint}/"
    vpn = "{endpoint}/"
    eps = "{endpoint}/"
    bss = "{endpoint}/"
    dns = "{endpoint}/"
  }}
}}
""",
    "opentelekomcloud": """
terraform {{
  required_providers {{
    opentelekomcloud = {{ source = "opentelekomcloud/opentelekomcloud" }}
  }}
}}
provider "opentelekomcloud" {{
  auth_url    = "{endpoint}/v3"
  region      = "{region}"
  access_key  = "{ak}"
  secret_key  = "{sk}"
  tenant_id   = "{project}"
  tenant_name = "{region}"
  insecure    = true
}}
""",
    # What this provider cannot be pointed at a server of one's own with: assume_role (its STS client takes no endpoint),
    # and services outside the VPC contract (certificates, SMS, CFS, BLS, BEC, SNIC) that only variables name.
    "baiducloud": """
terraform {{
  required_providers {{
    baiducloud = {{ source = "baidubce/baiducloud" }}
  }}
}}
provider "baiducloud" {{
  region     = "bj"
  access_key = "{baidu_ak}"
  secret_key = "{baidu_sk}"
  endpoints {{
    vpc        = "{baidu_endpoint}"
    bcc        = "{baidu_endpoint}"
    eip        = "{baidu_endpoint}"
    eni        = "{baidu_endpoint}"
    esg        = "{baidu_endpoint}"
    et_gateway = "{baidu_endpoint}"
  }}
}}
""",
}
# The address of each provider in the registry.
SOURCE = {
    "huaweicloud": "huaweicloud/huaweicloud",
    "opentelekomcloud": "opentelekomcloud/opentelekomcloud",
    "baiducloud": "baidubce/baiducloud",
}

# What a provider never reads back of a resource, whatever the case: after an import its plan cannot but set it.
UNREAD = {
    "baiducloud_vpc": ["enable_ipv6"],
    "baiducloud_nat_gateway": ["cu_num", "dnat_eips"],
    "baiducloud_nat_snat_rule": ["nat_id"],
    "baiducloud_eip": ["route_type"],
}


class Wrong(Exception):
    """What a case showed, in a few lines."""


class Server:
    """A vpcd with an ephemeral database."""

    def __init__(self, folder):
        program = os.environ.get("VPCD_BIN", str(ROOT / "target/release/vpcd"))
        env = folder / "env"
        self.log = folder / "server.log"
        ports = [arg for name in ("huawei", "baidu", "admin") for arg in (f"--{name}", "127.0.0.1:0")]
        with open(self.log, "w") as log:
            command = [program, "serve", "--ephemeral", *ports, "--env-file", str(env)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(400):
            if env.exists() and "VPCD_ADMIN_TOKEN=" in env.read_text():
                break
            time.sleep(0.025)
        self.env = {}
        for line in env.read_text().splitlines():
            name, _, value = line.removeprefix("export ").partition("=")
            self.env[name] = value.strip("'\"")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Terraform:
    """Terraform in one folder, with the providers of this machine."""

    def __init__(self, folder, providers):
        self.folder = folder
        rc = folder / "terraform.rc"
        names = [f'    "{SOURCE[name]}" = "{providers}"' for name in PROVIDER]
        inside = "\n".join(names)
        rc.write_text(f"provider_installation {{\n  dev_overrides {{\n{inside}\n  }}\n  direct {{}}\n}}\n")
        self.env = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": str(rc),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }

    def set(self, variables):
        """Variables of the configuration; those that it does not declare are no error."""
        self.env.update({f"TF_VAR_{name}": str(value) for name, value in variables.items()})

    def run(self, *args, good=(0,)):
        command = [os.environ.get("TERRAFORM", "terraform"), *args]
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=600)
        if done.returncode not in good:
            said = (done.stdout + done.stderr).strip().splitlines()
            raise Wrong(f"terraform {' '.join(args)}: exit {done.returncode}\n" + "\n".join(said[-60:]))
        return done

    def plan(self):
        """The changes of managed resources that a plan holds."""
        self.run("plan", "-input=false", "-no-color", "-out=plan", "-detailed-exitcode", good=(0, 2))
        plan = json.loads(self.run("show", "-json", "plan").stdout)
        changes = [it for it in plan.get("resource_changes", []) if it["mode"] == "managed"]
        return [it for it in changes if it["change"]["actions"] not in (["no-op"], ["read"])]

    def planned_changes(self, ignored):
        """What a plan would change, without what a case says the provider does not read back."""
        found = []
        for it in self.plan():
            change, passed = it["change"], set(ignored.get(it["type"], []))
            before, after = change["before"] or {}, change["after"] or {}
            unknown = change.get("after_unknown") or {}
            names = {name for name in {*before, *after} if bare(before.get(name)) != bare(after.get(name))}
            names = {name for name in names if not unknown.get(name)} - passed
            # How long the provider waits is nothing of the resource; old ones plan to write it down.
            names.discard("timeouts")
            forced = {path[0] for path in change.get("replace_paths", [])}
            excused = change["actions"] == ["update"] or (forced and forced <= passed)
            if names or not excused:
                told = {name: [before.get(name), after.get(name)] for name in sorted(names)}
                found.append(f"{it['address']} {change['actions']} {json.dumps(told)}")
        return found

    def resources(self):
        """Managed resources of the state, in the order in which they were made."""
        state = json.loads(self.run("show", "-json").stdout)
        root = state.get("values", {}).get("root_module", {})
        return [it for it in root.get("resources", []) if it["mode"] == "managed"]


def bare(value):
    """A block of which nothing is set is no block: an import leaves it out, a configuration writes it."""
    if isinstance(value, dict) and all(it is None for it in value.values()):
        return None
    return value


def prepare(case, env):
    """Makes what before.json asks for; returns the variables that it saved."""
    file = case / "before.json"
    saved = {"project": env["VPCD_HUAWEI_PROJECT_ID"]}
    for step in json.loads(file.read_text()) if file.exists() else []:
        answer = calls.until(env, calls.filled(step, saved))
        for name, path in step.get("save", {}).items():
            saved[name] = calls.field(answer, path)
            if saved[name] is None:
                raise Wrong(f"no {path} in the answer of {step['path']}: {answer}")
    return saved


def play(case, server, providers):
    """One configuration through its whole life; answers how many resources it made and updated."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for file in case.iterdir():
            shutil.copy(file, folder)
        env = server.env
        text = PROVIDER[case.parent.name].format(
            endpoint=env["VPCD_HUAWEI_ENDPOINT"].rstrip("/"),
            region=env["VPCD_HUAWEI_REGION"],
            ak=env["VPCD_HUAWEI_AK"],
            sk=env["VPCD_HUAWEI_SK"],
            project=env["VPCD_HUAWEI_PROJECT_ID"],
            baidu_endpoint=env["VPCD_BAIDU_ENDPOINT"].rstrip("/"),
            baidu_ak=env["VPCD_BAIDU_AK"],
            baidu_sk=env["VPCD_BAIDU_SK"],
        )
        (folder / "provider.tf").write_text(text)
        notes = folder / "imports.json"
        notes = json.loads(notes.read_text()) if notes.exists() else {}
        terraform = Terraform(folder, providers)
        terraform.set({"endpoint": env["VPCD_HUAWEI_ENDPOINT"].rstrip("/"), "region": env["VPCD_HUAWEI_REGION"]})
        terraform.set({"certificates": HERE.parent / "sdk" / "certificates", "stage": 1, **prepare(case, env)})
        with contextlib.ExitStack() as ending:
            ending.callback(terraform.run, "destroy", "-auto-approve", "-input=false", "-no-color")
            for_first = [f"-target={it}" for it in notes.get("first", [])]
            if for_first:
                terraform.run("apply", "-auto-approve", "-input=false", "-no-color", *for_first)
            apply(terraform, notes)
            updated = update(terraform, notes) if 'variable "stage"' in (case / "main.tf").read_text() else 0
            made = terraform.resources()
            reimport(terraform, made, notes)
        if terraform.resources():
            raise Wrong("the destroy left resources in the state")
        return len(made), updated


def apply(terraform, notes):
    """Makes the configuration so, after which a plan has nothing to do."""
    terraform.run("apply", "-auto-approve", "-input=false", "-no-color")
    changes = terraform.planned_changes(notes.get("never", {}))
    if changes:
        raise Wrong("the second plan is not empty:\n" + "\n".join(changes))


def update(terraform, notes):
    """Goes to the second stage; answers how many resources that changes in place."""
    terraform.set({"stage": 2})
    planned = [(it["address"], it["change"]["actions"]) for it in terraform.plan()]
    replaced = [address for address, actions in planned if len(actions) > 1]
    if replaced:
        raise Wrong("the second stage would replace " + ", ".join(replaced))
    updated = [address for address, actions in planned if actions == ["update"]]
    if not updated:
        raise Wrong("the second stage changes nothing in place")
    apply(terraform, notes)
    return len(updated)


def reimport(terraform, made, notes):
    """Forgets the state, imports everything, and expects a plan without changes."""
    state = terraform.folder / "terraform.tfstate"
    kept = terraform.folder / "kept.tfstate"
    shutil.move(state, kept)
    try:
        given = notes.get("imports", {})
        lost = []
        for it in made:
            form = given.get(it["address"], given.get(it["type"], "{id}"))
            if form is None:
                lost.append(it["address"])
                continue
            name = form.format(**it["values"])
            terraform.run("import", "-input=false", "-no-color", it["address"], name)
        types = {it["type"] for it in made}
        ignored = {it: UNREAD.get(it, []) + notes.get("ignored", {}).get(it, []) for it in types}
        changes = [it for it in terraform.planned_changes(ignored) if it.split()[0] not in lost]
        if changes:
            raise Wrong("the plan after the import is not empty:\n" + "\n".join(changes))
    finally:
        shutil.move(kept, state)


def main():
    providers = os.environ.get("VPCD_TERRAFORM_PROVIDERS", "")
    program = os.environ.get("TERRAFORM", "terraform")
    skipped, failed, passed = [], [], 0
    if not shutil.which(program):
        skipped.append(f"terraform: no {program} in PATH")
    words = sys.argv[1:]
    for provider in PROVIDER:
        if not (pathlib.Path(providers) / f"terraform-provider-{provider}").is_file():
            skipped.append(f"terraform {provider}: no terraform-provider-{provider} in VPCD_TERRAFORM_PROVIDERS")
            continue
        if skipped:
            continue
        for case in sorted((HERE / provider).iterdir()):
            name = f"{provider}/{case.name}"
            if words and not any(word in name for word in words):
                continue
            with tempfile.TemporaryDirectory() as folder:
                server = Server(pathlib.Path(folder))
                begun = time.monotonic()
                try:
                    made, updated = play(case, server, pathlib.Path(providers).resolve())
                    told = f"{made} resources, {updated} updated in place, {time.monotonic() - begun:.0f} s"
                    print(f"ok      {name}: {told}", flush=True)
                    passed += 1
                except (Wrong, AssertionError, subprocess.TimeoutExpired) as wrong:
                    first = f"{wrong.__context__}\n" if wrong.__context__ else ""
                    print(f"FAILED  {name}\n{first}{wrong}\n" + server.log.read_text()[-2000:], flush=True)
                    failed.append(name)
                finally:
                    server.stop()
    for it in skipped:
        print(f"SKIPPED {it}")
    print(f"terraform: {passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
