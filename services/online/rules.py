"""Whom an allowance counts for. Pure."""

from ipaddress import IPv6Address, ip_address


def address_of(ip: str) -> str:
    """One visitor's: an IPv4 address, or the /64 that one line has of IPv6. Some proxies add the port, which is
    another for each connection.
    """
    try:
        address = ip_address(_without_port(ip).partition("%")[0])
    except ValueError:
        return ip
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"


def _without_port(ip: str) -> str:
    if ip.startswith("["):
        return ip[1:].partition("]")[0]
    return ip.partition(":")[0] if ip.count(":") == 1 else ip
