"""The decision about each host, port and address: precedence, groups, and what is embedded."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from hyperhttp import AddressPolicy, AddressRefused, ConfigError
from hyperhttp._base.address_gate import AddressGate, literal_ip

PUBLIC = AddressPolicy.public


def refusal(policy: AddressPolicy, text: str) -> str | None:
    return AddressGate(policy).refusal(ip_address(text))


def test_a_policy_that_allows_everything_needs_no_gate() -> None:
    assert AddressGate.of(AddressPolicy()) is None
    assert AddressGate.of(AddressPolicy.anywhere(allow={"10.0.0.0/8"}, mixed="drop")) is None
    assert AddressPolicy.anywhere() == AddressPolicy()


@pytest.mark.parametrize(
    "policy",
    [AddressPolicy(scope="public"), AddressPolicy(deny={"private"}), AddressPolicy(ports={443})],
)
def test_a_policy_that_restricts_something_needs_one(policy: AddressPolicy) -> None:
    assert AddressGate.of(policy) is not None


def test_a_check_needs_one_too() -> None:
    assert AddressGate.of(AddressPolicy(), lambda *_: True) is not None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("0.0.0.0", "unspecified"),
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "metadata"),
        ("224.0.0.1", "multicast"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("2001:0:101:101::80ff:fffe", "loopback"),
        ("fd00:ec2::254", "metadata"),
        ("fe80::1%1", "link-local"),
    ],
)
def test_public_refuses_special_addresses_by_their_group(text: str, group: str) -> None:
    assert str(refusal(PUBLIC(), text)).startswith(f"{group} (")
    assert refusal(AddressPolicy(), text) is None
    assert str(refusal(AddressPolicy(deny={group}), text)) == f"in deny ({group})"
    if not text.startswith(("64:", "2001:", "2002:")):
        assert refusal(PUBLIC(allow={group}), text) is None


@pytest.mark.parametrize("text", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_public_allows_public_addresses(text: str) -> None:
    assert refusal(PUBLIC(), text) is None


def test_allow_overrides_the_scope_and_deny_overrides_allow() -> None:
    policy = PUBLIC(allow={"10.1.0.0/16", "192.168.0.7"}, deny={"10.1.9.0/24", "1.1.1.1"})
    assert refusal(policy, "10.1.0.1") is None
    assert refusal(policy, "192.168.0.7") is None
    assert refusal(policy, "192.168.0.8") == "private (192.168.0.0/16, private use)"
    assert refusal(policy, "10.1.9.1") == "in deny (10.1.9.0/24)"
    assert refusal(policy, "1.1.1.1") == "in deny (1.1.1.1/32)"
    assert refusal(policy, "::ffff:10.1.9.1") == "in deny (10.1.9.0/24)"


def test_a_network_of_mapped_addresses_is_one_of_ipv4() -> None:
    assert AddressPolicy(deny={"::ffff:10.0.0.0/104"}).deny == {"10.0.0.0/8"}


def test_an_embedded_address_needs_to_be_allowed_as_well() -> None:
    assert refusal(PUBLIC(allow={"64:ff9b:1::/48"}), "64:ff9b:1::101:101") is None
    assert refusal(PUBLIC(allow={"64:ff9b:1::/48"}), "64:ff9b:1::a00:1") is not None
    both = PUBLIC(allow={"64:ff9b:1::/48", "10.0.0.0/8"})
    assert refusal(both, "64:ff9b:1::a00:1") is None


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("169.254.0.0/16", "169.254.169.254"),
        ("link-local", "169.254.169.254"),
        ("100.64.0.0/10", "100.100.100.200"),
        ("fd00::/8", "fd00:ec2::254"),
        ("0.0.0.0/0", "169.254.169.254"),
    ],
)
def test_a_network_does_not_allow_the_metadata_services_in_it(entry: str, address: str) -> None:
    assert str(refusal(PUBLIC(allow={entry}), address)).startswith("metadata (")
    assert refusal(PUBLIC(allow={entry, "metadata"}), address) is None
    assert refusal(PUBLIC(allow={entry, address}), address) is None


def test_a_group_does_not_deny_what_is_public() -> None:
    policy = AddressPolicy(deny={"reserved"})
    for text in ("64:ff9b::101:101", "192.0.0.9", "2001:20::1"):
        assert refusal(policy, text) is None
    assert refusal(policy, "240.0.0.1") == "in deny (reserved)"


@pytest.mark.parametrize("host", ["localhost", "localhost.", "a.localhost", "A.LocalHost."])
def test_public_refuses_the_names_of_this_machine(host: str) -> None:
    gate = AddressGate(PUBLIC())
    assert gate.name_refusal(host, 80) == "loopback (localhost and *.localhost)"
    with pytest.raises(AddressRefused) as caught:
        gate.check_name(host, 80)
    assert (caught.value.host, caught.value.address) == (host, "")
    for entry in ("loopback", "127.0.0.1", "::1"):
        assert AddressGate(PUBLIC(allow={entry})).name_refusal(host, 80) is None
    assert AddressGate(AddressPolicy(ports={80})).name_refusal(host, 80) is None


def test_ports_that_are_not_listed_are_refused() -> None:
    gate = AddressGate(AddressPolicy(ports={80, 443}))
    assert gate.name_refusal("example.com", 443) is None
    assert gate.name_refusal("example.com", 22) == "port 22 isn't in ports"
    assert gate.host_refusal("10.0.0.1", 80) is None


def test_a_host_in_numbers_is_refused_without_a_lookup() -> None:
    gate = AddressGate(PUBLIC())
    assert gate.host_refusal("example.com", 80) is None
    assert gate.host_refusal("10.0.0.1", 80) == "private (10.0.0.0/8, private use)"
    assert literal_ip("example.com") is None
    assert literal_ip("::1") == IPv6Address("::1")
    assert literal_ip("127.0.0.1") == IPv4Address("127.0.0.1")


def test_unix_sockets_need_to_be_allowed() -> None:
    with pytest.raises(AddressRefused) as caught:
        AddressGate(PUBLIC()).check_socket("example.com", "/run/app.sock")
    assert caught.value.address == "/run/app.sock"
    AddressGate(PUBLIC(unix_sockets="allow")).check_socket("example.com", "/run/app.sock")


def test_each_policy_has_a_key_of_its_own() -> None:
    def check(*_: object) -> bool:
        return True

    gates = [
        AddressGate(PUBLIC()),
        AddressGate(PUBLIC(), check),
        AddressGate(PUBLIC(), lambda *_: True),
        AddressGate(PUBLIC(allow={"10.0.0.0/8"})),
        AddressGate(PUBLIC(ports={80})),
        AddressGate(AddressPolicy(ports={80})),
    ]
    assert len({gate.key for gate in gates}) == len(gates)
    assert AddressGate(PUBLIC()).key == gates[0].key == " under scope=public"
    assert AddressGate(PUBLIC(), check).key == gates[1].key


@pytest.mark.parametrize("entry", ["10.0.0.1/8", "example.com", "", "Private", "10.0.0.0/33", "*"])
@pytest.mark.parametrize("option", ["allow", "deny"])
def test_what_is_no_network_and_no_group_is_refused(option: str, entry: str) -> None:
    with pytest.raises(ConfigError) as caught:
        AddressPolicy(**{option: {entry}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # by the case
    assert caught.value.option == option
    assert caught.value.allowed == "a set of networks, addresses and groups"
