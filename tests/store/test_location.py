"""Where a workspace lies: addresses are read, and never give a secret away."""

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import Invalid
from linker.store.location import Folder, Server, locate
from linker.store.postgresql import Postgres

SECRET = "S3cr3t"
WITH_SECRET = [
    f"postgresql://ana:{SECRET}@host/db",
    f"postgresql://ana:{SECRET}@host:5433/db?sslmode=require",
    f"postgresql://:{SECRET}@host/db",
    f"postgresql://host/db?password={SECRET}",
    f"postgresql://host/db?sslpassword={SECRET}",
    f"postgresql://ana:12{SECRET}#x@host/db",
    f"postgresql://ana:12/{SECRET}@host/db",
    f"postgresql://ana:12?{SECRET}@host/db",
    f"postgresql://ana:12?{SECRET}=@host/db",
    f"postgresql://ana:[{SECRET}@host/db",
    f"postgresql://ana@host/db?workspace={SECRET}",
    f"postgresql://ana@host/db?options=-c%20x={SECRET}",
    f"postgres+psycopg://ana:{SECRET}@host/db",
    f"mysql://ana:{SECRET}@host/db",
    f"postgresql:/ana:{SECRET}@host/db",
    f"postgres:ana:{SECRET}@host/db",
    f"POSTGRESQL:/ana:{SECRET}@host/db",
    f"host=host dbname=db user=ana password={SECRET}",
]


@pytest.mark.parametrize("address", WITH_SECRET)
def test_an_address_with_a_password_is_refused_without_repeating_it(address):
    with pytest.raises(Invalid) as told:
        locate(address)
    assert SECRET not in str(told.value)
    for arguments in (["-w", address, "records"], ["unarchive", "x.zip", address]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2
        assert SECRET not in result.output
    result = CliRunner().invoke(main, ["records"], env={"LINKER_WORKSPACE": address})
    assert result.exit_code == 2
    assert SECRET not in result.output


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana@db.example.org:5433/office?sslmode=verify-full&workspace=kenya",
        "postgresql://db.example.org/office?workspace=kenya",
        "postgresql:///office?host=/var/run/postgresql&workspace=kenya-2",
        "postgresql://a%40b@[::1]:5432/office?workspace=kenya",
    ],
)
def test_an_address_comes_back_as_it_was(address):
    location = locate(address)
    assert isinstance(location, Server)
    assert location.address == address
    assert locate(location.address) == location


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://host/",
        "postgresql://host",
        "postgresql://host/a/b",
        "postgresql://host/db?workspace=Kenya",
        "postgresql://host/db?workspace=../up",
        "postgresql://host/db?workspace=",
        "postgresql://host/db?sslmode=require&sslmode=disable",
        "postgresql://host/db?what=this",
        "postgresql://host:port/db",
        "http://host/db",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Invalid):
        locate(address)


def test_the_first_workspace_has_a_name():
    assert locate("postgres://host/db") == Server("host", "", "", "db", "workspace")


def test_a_path_is_a_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert locate("~/kenya") == locate(tmp_path / "kenya") == Folder(tmp_path / "kenya")
    assert locate("postgresql:kenya") == Folder(locate("postgresql:kenya").path)


def test_files_of_a_workspace_are_kept_by_server_database_and_name(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.delenv("PGPORT", raising=False)
    base = locate("postgresql://one/db?workspace=a").files
    assert base.is_relative_to(tmp_path)
    others = ("two/db?workspace=a", "one/dc?workspace=a", "one/db?workspace=b", "one:5433/db"
              "?workspace=a", "/db?workspace=a")  # fmt: skip
    assert len({base, *(locate(f"postgresql://{other}").files for other in others)}) == 6
    same = ("ana@one/db?workspace=a", "one:5432/db?workspace=a&sslmode=require")
    assert {locate(f"postgresql://{other}").files for other in same} == {base}
    monkeypatch.setenv("PGHOST", "one")
    assert locate("postgresql:///db?workspace=a").files == base


def test_what_an_address_says_of_tls_reaches_the_driver():
    pytest.importorskip("psycopg", reason="the extra `server` is not installed")
    options = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "channel_binding": "require"}
    query = "&".join(f"{key}={value}" for key, value in options.items())
    engine = Postgres(locate(f"postgresql://ana@host/db?{query}")).engine()
    given = []

    def asked(*arguments, **named):
        given.append(named)
        raise ZeroDivisionError

    engine.dialect.connect = asked
    with pytest.raises(ZeroDivisionError):
        engine.connect()
    assert options.items() <= given[0].items()
    assert given[0]["user"] == "ana"
    assert "password" not in given[0]
