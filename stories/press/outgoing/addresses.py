"""Where we may connect to: an address on the open internet, over https."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"https": 443, "http": 80}
LONGEST = 1000
# Besides what Python 3.11 knows as not global: relays that lead to IPv4, examples.
_GLOBAL_6 = ip_network("2000::/3")
_NOT_OPEN = [ip_network(net) for net in ("192.88.99.0/24", "2002::/16", "2001::/23", "3fff::/20")]


class Refused(Exception):
    """We don't send there; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is a name in ASCII or an IP address without brackets, `path` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str, *, plain: bool = False) -> Target:
    """The parts of an address. Raises Refused for another form, or http without `plain` or the
    setting."""
    if len(url) > LONGEST or not url.isprintable() or " " in url:
        raise Refused(_("Địa chỉ dài quá hoặc có ký tự không dùng được."))
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise Refused(_("Địa chỉ không đúng dạng.")) from error
    schemes = ("https", "http") if plain or settings.WEBHOOK_PLAIN_HTTP else ("https",)
    if parts.scheme not in schemes:
        raise Refused(_("Địa chỉ phải bắt đầu bằng https://."))
    if not parts.host or parts.auth or parts.fragment:
        raise Refused(_("Địa chỉ không được mang tên đăng nhập hoặc phần sau dấu #."))
    host = parts.host.strip("[]").rstrip(".")
    if not host or "%" in host:
        raise Refused(_("Địa chỉ không đúng dạng."))
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    return Target(parts.scheme, host, port, parts.request_uri)


def checked(target: Target) -> list[str]:
    """The IP addresses of the host, looked up now, once; each may be connected to.

    Raises Refused when there is none, or when even one of them is not on the open internet.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(_("Không tìm thấy máy chủ %(host)s.") % {"host": target.host}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses:
        raise Refused(_("Không tìm thấy máy chủ %(host)s.") % {"host": target.host})
    if not settings.WEBHOOK_PRIVATE_ADDRESSES and not all(map(is_open, addresses)):
        raise Refused(
            _("%(host)s dẫn tới địa chỉ trong mạng nội bộ, không kết nối tới đó.")
            % {"host": target.host}
        )
    return addresses


def is_open(address: str) -> bool:
    """Whether the address (as text) is one of a single machine on the open internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        return False  # an IPv4 address in disguise: nobody's name leads there honestly
    return ip.is_global and not ip.is_multicast and not _leads_elsewhere(ip)


def _leads_elsewhere(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and (ip not in _GLOBAL_6 or ip.is_site_local):
        return True
    return any(ip in net for net in _NOT_OPEN if net.version == ip.version)
