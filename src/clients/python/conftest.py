"""What every check needs: where the server is, and connections to it.

.ci/run starts the packaged server and sets the environment; to run against a server of your own:

    SKYPORT_FLIGHT_PORT=50051 SKYPORT_HTTP_PORT=8080 SKYPORT_USER=demo SKYPORT_PASSWORD=demo pytest src/clients/python
"""

import base64
import os
from dataclasses import dataclass

import adbc_driver_flightsql.dbapi as flightsql
import pyarrow.flight as flight
import pytest
from adbc_driver_manager import DatabaseOptions


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@dataclass(frozen=True)
class Server:
    host: str
    flight_port: int
    http_port: int
    user: str
    password: str

    @property
    def uri(self) -> str:
        return f"grpc://{self.host}:{self.flight_port}"

    @property
    def http(self) -> str:
        return f"http://{self.host}:{self.http_port}"

    @property
    def basic(self) -> str:
        return basic(self.user, self.password)

    def connect(self, *, autocommit: bool = True, **db_kwargs: str) -> flightsql.Connection:
        credentials = {
            DatabaseOptions.USERNAME.value: self.user,
            DatabaseOptions.PASSWORD.value: self.password,
        }
        return flightsql.connect(self.uri, db_kwargs=credentials | db_kwargs, autocommit=autocommit)


@pytest.fixture(scope="session")
def server() -> Server:
    return Server(
        host=os.environ.get("SKYPORT_HOST", "127.0.0.1"),
        flight_port=int(os.environ["SKYPORT_FLIGHT_PORT"]),
        http_port=int(os.environ["SKYPORT_HTTP_PORT"]),
        user=os.environ["SKYPORT_USER"],
        password=os.environ["SKYPORT_PASSWORD"],
    )


@pytest.fixture(scope="session")
def stranger() -> str:
    """The credentials of another user."""
    if "SKYPORT_OTHER_USER" not in os.environ:
        pytest.skip("SKYPORT_OTHER_USER and SKYPORT_OTHER_PASSWORD are not set")
    return basic(os.environ["SKYPORT_OTHER_USER"], os.environ["SKYPORT_OTHER_PASSWORD"])


@pytest.fixture
def connection(server):
    with server.connect() as connection:
        yield connection


@pytest.fixture
def cursor(connection):
    with connection.cursor() as cursor:
        yield cursor


@pytest.fixture
def flight_client(server):
    with flight.connect(server.uri) as client:
        yield client


@pytest.fixture
def call_options(server):
    """Basic credentials on every call, for `flight_client`."""
    return flight.FlightCallOptions(headers=[(b"authorization", server.basic.encode())], timeout=60)
