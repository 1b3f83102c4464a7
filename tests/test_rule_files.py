"""Shipped files of rules are asked for by name, and a name that is none tells those there are."""

import pytest

from terminal.domain.errors import ConfigurationError
from terminal.rule_files import read_obligations, read_profile


@pytest.mark.parametrize("name", ["none", "../sse_2025", "/etc/passwd", "", "SSE_2025.toml"])
@pytest.mark.fault("F47")
def test_an_unknown_profile_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"there are .*sse_2025"):
        read_profile(name)


def test_obligation_terms_are_named_and_a_wrong_name_tells_those_there_are() -> None:
    assert read_obligations("hkex").coverage.count == 100
    with pytest.raises(ConfigurationError, match="deribit, eurex, hkex, sse_generic, sse_simulation_2014"):
        read_obligations("../sse_2025")
