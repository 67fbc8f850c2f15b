"""Fixtures: the server that run.sh started, a fresh tenant per test file, and servers of a test's own."""

import os

import pytest

from cloud import VARIABLES, Cloud, Server


def pytest_configure(config):
    missing = [name for name in (*VARIABLES, "VPCD_BIN") if not os.environ.get(name)]
    if missing and not config.option.collectonly:
        pytest.exit(f"{missing[0]} is not set: start these tests with tests/sdk/run.sh", returncode=4)


@pytest.fixture(scope="session")
def cloud():
    """The server that run.sh started."""
    return Cloud(os.environ)


@pytest.fixture(scope="session")
def operator(cloud):
    return cloud.operator


@pytest.fixture(scope="module")
def tenant(cloud, request):
    """An account of this test file's own."""
    return cloud.tenant(request.module.__name__.removeprefix("test_").replace("_", "-"))


@pytest.fixture
def stranger(cloud):
    """A second account, empty, for one test."""
    return cloud.tenant("stranger")


@pytest.fixture
def start(tmp_path):
    """start(data=None) runs a server of the test's own; whatever still runs at the end is killed."""
    running = []

    def one(data=None):
        running.append(Server(tmp_path, data))
        return running[-1]

    yield one
    for server in running:
        server.kill()
