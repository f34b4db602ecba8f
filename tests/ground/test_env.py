from pathlib import Path

import pytest

from platforms_site.env import Env, Refused


@pytest.mark.parametrize("text", ["1", "true", "YES", "on"])
def test_yes_is_read(text: str) -> None:
    assert Env({"DEBUG": text}).bool("DEBUG") is True


@pytest.mark.parametrize("text", ["0", "False", "no", "off"])
def test_no_is_read(text: str) -> None:
    assert Env({"DEBUG": text}).bool("DEBUG") is False


@pytest.mark.parametrize("text", ["maybe", "2", "真", "t"])
def test_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"^DEBUG must be one of "):
        Env({"DEBUG": text}).bool("DEBUG", False)


def test_a_missing_variable_without_a_default_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"^SECRET_KEY is not set\.$"):
        Env({"SECRET_KEY": "  "}).text("SECRET_KEY")


def test_a_whole_number_in_range_is_read() -> None:
    assert Env({"PORT": "9000"}).int("PORT", least=1, most=65535) == 9000


@pytest.mark.parametrize("text", ["-1", "0", "65536", "9e3", "９０００", "80 80", "0x50"])
def test_another_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"^PORT must be a whole number from 1 to 65535\.$"):
        Env({"PORT": text}).int("PORT", 8000, least=1, most=65535)


def test_a_list_is_split_at_commas() -> None:
    assert Env({"HOSTS": "a.example, b.example"}).list("HOSTS") == ["a.example", "b.example"]
    assert Env({}).list("HOSTS", []) == []


def test_an_empty_item_in_a_list_is_refused() -> None:
    with pytest.raises(Refused, match=r"^HOSTS has an empty item"):
        Env({"HOSTS": "a,,b"}).list("HOSTS")


def test_a_choice_outside_the_choices_is_refused() -> None:
    assert Env({"MODE": "b"}).choice("MODE", ("a", "b")) == "b"
    with pytest.raises(Refused, match=r"^MODE must be one of a, b\.$"):
        Env({"MODE": "c"}).choice("MODE", ("a", "b"), "a")


def test_an_address_of_the_right_scheme_is_read() -> None:
    assert Env({"REDIS_URL": "redis://:p%40ss@h:6379/0"}).url("REDIS_URL", ("redis",)).hostname == "h"


@pytest.mark.parametrize("text", ["http://h", "redis:///0", "h:6379", "redis://h:port", "redis://[::1"])
def test_another_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Env({"REDIS_URL": text}).url("REDIS_URL", ("redis",))
    assert str(refused.value).startswith("REDIS_URL ")
    assert text not in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    assert Env({"KEY_FILE": str(file)}).secret("KEY") == "from the file"


def test_a_secret_given_twice_or_in_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^KEY and KEY_FILE are both set"):
        Env({"KEY": "a", "KEY_FILE": "/b"}).secret("KEY")
    with pytest.raises(Refused, match=r"^KEY_FILE points to a file that cannot be read"):
        Env({"KEY_FILE": str(tmp_path / "none")}).secret("KEY")
