"""Whether the web view may be reached from other machines, and what is said about it."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from ecosystem.errors import SettingsError
from ecosystem.settings import Settings
from ecosystem.values import Text

SHORTEST = 10
ANYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - to be refused
CLOSED = Text(
    "на адрес {host} картата е достъпна за всички, които достигат тази машина по мрежата: всичко "
    "записано, с хората в него, конзолата за четене и формулярите, които решават.",
    "at the address {host} everybody who reaches this machine over the network is let to the map: "
    "all that is recorded with the people in it, the reading console, and the forms that decide.",
)
ALLOW = Text(
    "Ако това е целта, добавете --allow-network и задайте парола в ECOSYSTEM_PASSWORD.",
    "If that is what you want, add --allow-network and set a password in ECOSYSTEM_PASSWORD.",
)
NO_PASSWORD = Text(
    "в мрежата картата се показва само срещу парола от поне {shortest} знака.",
    "in a network the map is shown only for a password of at least {shortest} characters.",
)
SET_ONE = Text("Задайте я в ECOSYSTEM_PASSWORD.", "Set it in ECOSYSTEM_PASSWORD.")
OPEN = Text(
    "Отворено в мрежата: който знае паролата, вижда всичко записано, пита в конзолата и решава. "
    "Връзката не е шифрована; извън мрежа, на която имате доверие, сложете пред нея прокси с TLS.",
    "Open to the network: whoever knows the password sees all that is recorded, asks in the "
    "console, and decides. The connection is not encrypted: outside a network that you trust, put "
    "a proxy with TLS before it.",
)


def said(text: Text, settings: Settings) -> str:
    """A text in the language of the settings."""
    return text.show(settings.lang)[0]


def beyond_this_machine(host: str) -> bool:
    """Whether other machines may reach what listens at ``host``."""
    if host in ANYWHERE:
        return True
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host.lower() != "localhost"


def refuse_carelessness(settings: Settings, allowed: bool) -> None:
    """Let nobody open the map to a network by accident, or without a password.

    Raises
    ------
    SettingsError
        In the language of the settings, with what would be open and what to do.
    """
    if not beyond_this_machine(settings.host):
        return
    if not allowed:
        raise SettingsError(
            said(CLOSED, settings).format(host=settings.host), said(ALLOW, settings)
        )
    if len(settings.password) < SHORTEST:
        raise SettingsError(
            said(NO_PASSWORD, settings).format(shortest=SHORTEST), said(SET_ONE, settings)
        )


def name_of(host: str) -> str:
    """The name or address under which others reach what listens at ``host``."""
    if host not in ANYWHERE:
        return host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as one:
        try:
            # Sends nothing: only asks which of this machine's addresses leads out.
            one.connect(("2001:db8::1" if ":" in host else "192.0.2.1", 9))
            return str(one.getsockname()[0])
        except OSError:
            return socket.gethostname()
