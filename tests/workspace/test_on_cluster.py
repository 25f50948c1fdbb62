"""Building on a Dask cluster: as one process would, whatever worker is lost; nobody uninvited."""

import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

import psutil
import pytest
from many_states import STATES, archived

from linker.cli import main
from linker.errors import Invalid, LinkerError
from linker.store.builds import Overtaken
from linker.store.location import Folder
from linker.store.moving import fill_server
from linker.workspace import on_cluster
from linker.workspace.building import Builder
from linker.workspace.cluster_address import Scheduler
from linker.workspace.parcel import built_apart, packed, taken_in
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT


def quietly(*_):
    """Tell nobody how far it is."""


def test_what_is_built_of_a_parcel_is_what_is_built_here(copied, encoder, tmp_path):
    with copied("here") as here:
        here.build(states=["CHL"])
        wanted = archived(here, tmp_path)
        shard = here.indices.search_file("CHL").read_bytes()
    with copied("sent") as linker:
        builder = Builder(linker.store, linker.encoder, linker.indices, linker.reader)
        parcel = packed(builder, "CHL")
        made, report = built_apart(parcel, encoder, tmp_path / "apart", False, quietly)
        taken_in(builder, made, parcel.digest)
        assert report.records == len(linker.store.records("CHL"))
        assert archived(linker, tmp_path) == wanted
        assert len(linker.indices.of("CHL")) > 0
        assert linker.indices.search_file("CHL").read_bytes() == shard
        assert linker.build(states=["CHL"]).up_to_date == ("CHL",)
        with pytest.raises(Overtaken):
            taken_in(builder, made, parcel.digest)
        again = packed(builder, "CHL")
        assert built_apart(again, encoder, tmp_path / "again", False, quietly) is None
        assert archived(linker, tmp_path) == wanted


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5", "build.example.org", "[2001:db8::1]"])
def test_what_others_could_reach_without_a_certificate_is_refused(host):
    with pytest.raises(Invalid, match=r"runs whatever anybody sends.*tls://.*--tls-ca"):
        Scheduler(f"tcp://{host}:8786")
    from linker.workspace.cluster_node import run_workers

    with pytest.raises(Invalid, match="runs whatever anybody sends"):
        run_workers(Scheduler("tcp://127.0.0.1:8786"), 1, host)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8786",
        "http://localhost:1",
        "tls://",
        "tcp://:x",
        "tcp://127.0.0.1?x",
        "tcp://a@127.0.0.1",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Invalid, match="like tls://HOST"):
        Scheduler(address)


def test_certificates_that_are_missing_or_none_are_told(tmp_path):
    with pytest.raises(Invalid, match=r"--tls-ca FILE is missing \(or LINKER_TLS_CA\)"):
        Scheduler("tls://10.0.0.5:8786").security()
    text = tmp_path / "some.pem"
    text.write_text("no certificate\n", encoding="utf-8")
    with pytest.raises(Invalid, match="no certificates that fit"):
        Scheduler("tls://10.0.0.5:8786", text, text, text).security()


def test_without_the_extra_the_remedy_is_said(monkeypatch, capsys, copied, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    copied("work").close()
    order = ["-w", str(tmp_path / "work"), "build", "--scheduler", "tcp://127.0.0.1:8786"]
    with pytest.raises(SystemExit) as ended:
        main(order)
    assert ended.value.code == 1
    assert "pip install 'linker[cluster]'" in capsys.readouterr().err


class Workers:
    """A client whose workers say what they have installed."""

    def __init__(self, **workers):
        self.workers = workers

    def run(self, function, on_error):
        return self.workers


def test_workers_that_would_make_something_else_are_refused(encoder):
    here = on_cluster.installed(encoder)
    on_cluster._check(Workers(one=here, two=dict(here)), here)
    other = {**here, "engine": "0"}
    with pytest.raises(
        Invalid, match=rf"two: engine is 0, here {here['engine']}.*Install the same"
    ):
        on_cluster._check(Workers(one=here, two=other), here)
    none = ModuleNotFoundError("No module named 'linker'")
    with pytest.raises(Invalid, match=r"two: cannot say what it has .*No module named 'linker'"):
        on_cluster._check(Workers(one=here, two=none), here)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Two authorities, each with a certificate that it issued; (ca, certificate, key) of each."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def issued(name, issuer=None):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        by, signing = issuer or (subject, key)
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
            .sign(signing, hashes.SHA256())
        )
        files = [tmp_path_factory.mktemp("tls") / f"{name}.pem" for _ in range(2)]
        pem = serialization.Encoding.PEM
        files[0].write_bytes(certificate.public_bytes(pem))
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        files[1].write_bytes(key.private_bytes(pem, *plain))
        return (subject, key), files

    def authority(name):
        issuer, (ca, _) = issued(f"{name}-ca")
        _, (certificate, key) = issued(name, issuer)
        return ca, certificate, key

    return authority("own"), authority("other")


def end(process):
    """Kill a process with those that it started."""
    with suppress(psutil.NoSuchProcess):
        whole = psutil.Process(process.pid)
        for one in (*whole.children(recursive=True), whole):
            one.kill()


@pytest.fixture
def started():
    """Start commands of the cluster; all are ended at the end."""
    with ExitStack() as stack:

        def start(role, place):
            command = [sys.executable, "-m", "linker", "cluster", role, place.address]
            for name in ("tls_ca", "tls_cert", "tls_key"):
                command += [f"--{name.replace('_', '-')}", str(getattr(place, name))]
            process = stack.enter_context(subprocess.Popen(command, cwd=CHECKOUT))
            stack.callback(end, process)
            return process

        yield start


@pytest.fixture
def cluster(certificates, started):
    """A scheduler with certificates, and its process with those of its two workers."""
    place = Scheduler(f"tls://127.0.0.1:{free_port()}", *certificates[0])
    return place, [started(role, place) for role in ("scheduler", "worker", "worker")]


def listening(process):
    """Return where a process and those that it started listen."""
    whole = psutil.Process(process.pid)
    found = [c for p in (whole, *whole.children(recursive=True)) for c in p.net_connections("inet")]
    return {tuple(c.laddr) for c in found if c.status == psutil.CONN_LISTEN}


def free_port():
    """Return a port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nothing_but_time(copied, alone, tmp_path, cluster):
    place, (scheduler, *workers) = cluster
    begun = []
    with copied("work") as linker:

        def kill_the_first(stage, done, _):
            if stage.endswith("reading") and not done:
                begun.append(stage)
            if len(set(begun)) == 2 and len(begun) == 2 and stage.endswith("SDG links"):
                end(workers[0])

        report = linker.build(kill_the_first, scheduler=place)
        assert [one.state for one in report.built] == sorted(STATES)
        assert listening(scheduler) == {("127.0.0.1", place.port)}, (
            "an HTTP server, or all networks"
        )
        assert {host for host, _ in listening(workers[1])} == {"127.0.0.1"}
        assert (workers[0].wait(10), workers[1].poll()) == (-signal.SIGKILL, None)
        assert archived(linker, tmp_path) == alone
        assert linker.build(scheduler=place).up_to_date == tuple(sorted(STATES))
    assert set(begun) == {f"{state}: reading" for state in STATES}
    assert len(begun) > len(STATES), "no State was under way on the worker that was killed"


@pytest.mark.long
def test_a_build_that_is_killed_goes_on_and_nobody_uninvited_gets_in(
    imported, alone, tmp_path, cluster, certificates, postgres
):
    place, _ = cluster
    location = postgres()
    fill_server(Folder(imported), location)
    code = (
        "import sys\nfrom linker import Linker\n"
        "from linker.workspace.cluster_address import Scheduler\n"
        "told = lambda stage, *_: print(stage, flush=True)\n"
        "Linker.open(sys.argv[1]).build(told, scheduler=Scheduler(*sys.argv[2:]))\n"
    )
    files = map(str, (place.tls_ca, place.tls_cert, place.tls_key))
    command = [sys.executable, "-c", code, location.address, place.address, *files]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    while not process.stdout.readline().startswith(STATES[2]):  # the first two are done, or nearly
        assert process.poll() is None
    process.kill()
    process.communicate()
    with Linker.open(location) as linker:
        report = linker.build(scheduler=place)
        assert report.built, "the build had ended before it was killed"
        assert archived(linker, tmp_path) == alone
        linker.store.drop_builds(but=())
        stranger = Scheduler(place.address, *certificates[1])
        with pytest.raises(LinkerError, match="no scheduler answers"):
            linker.build(scheduler=stranger)
        with pytest.raises(LinkerError, match="no scheduler answers"):
            linker.build(scheduler=Scheduler(place.address.replace("tls:", "tcp:")))
