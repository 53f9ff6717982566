"""Whether the server can have its address, asked before anything is opened."""

import errno
import socket
from contextlib import closing
from typing import Final

from casebound.foundation.base.refusals import RefusedError
from casebound.upkeep.running.processes import listener_on, program_of

_PORTS: Final = 2**16


class AddressError(RefusedError):
    """The server cannot have its address."""

    what = "casebound was not started, because it cannot have its address."
    do = "Name another with --port N, or --host for another address of this machine."


class PortTakenError(AddressError):
    """Somebody else listens on the port."""

    what = "casebound was not started, because its port is in use."
    do = "Stop that program, or name another port with --port N."


def check_address(host: str, port: int) -> None:
    """Make sure that a server may listen on an address of this machine.

    Two servers with workers could both listen on one port, and each would get half of the
    requests. So a port on which anybody listens is refused.

    Raises:
        AddressError: it may not; the detail says why, and who has the port.
    """
    if not 0 < port < _PORTS:
        raise AddressError(f"There is no port {port}.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with closing(socket.socket(family, kind, protocol)) as trial:
            # A port of connections that have ended is free; one with a listener is not.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as failed:
        if failed.errno == errno.EADDRINUSE:
            raise PortTakenError(_who_has(port)) from None
        why = {
            errno.EACCES: f"This user may not listen on port {port}: choose one from 1024 on.",
            errno.EADDRNOTAVAIL: f"{host} is not an address of this machine.",
        }.get(failed.errno or 0, f"{host}, port {port}, is not an address to listen on.")
        raise AddressError(why) from None


def _who_has(port: int) -> str:
    process = listener_on(port)
    if process is None:
        return f"Another program listens on port {port}; this user may not see which."
    return f"Process {process}{program_of(process)} listens on port {port}."
