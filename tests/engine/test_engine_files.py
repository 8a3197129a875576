# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The configuration files: what people write can't break out of its line, and secrets stay where they belong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.engine.conftest import RunningEngine, make_config, make_model
from vaxel.telephony import engine as product
from vaxel.telephony.engine import EngineModel, FallbackNumber, Phone, PhoneKind, Trunk, program
from vaxel.telephony.engine.text import HEADER, display_name, section, value

MODEL = make_model(15080)
PHONE = MODEL.phones[0]


def write(tmp_path: Path, root: Path | None, model: EngineModel) -> dict[str, str]:
    config = make_config(tmp_path / "v", root)
    product.write(model, config)
    return {file.name: file.read_text() for file in product.places(config).etc.iterdir()}


def test_every_file_says_that_edits_are_lost_and_is_for_its_owner_alone(engine: RunningEngine) -> None:
    files = list(engine.places.etc.iterdir())
    assert len(files) > 15
    for file in files:
        assert file.read_text().startswith(HEADER)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(engine.places.etc.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a;b", r"a\;b"),
        ("a\n[evil]\ncontext=x", "a [evil] context=x"),
        ("\x00a\x7f", "a"),
        ("  å ", "å"),
    ],
)
def test_a_value_stays_on_its_line(given: str, written: str) -> None:
    assert value(given) == written


def test_a_value_that_begins_with_an_angle_keeps_it() -> None:
    assert section("x", {"password": ">a"}) == "[x]\npassword = >a\n"


def test_a_name_cannot_end_its_quotes() -> None:
    assert display_name('Eva" <sip:evil>\n;x') == "Eva sip:evil x"


def test_a_name_with_odd_characters_adds_no_section(tmp_path: Path, engine_root: Path | None) -> None:
    evil = replace(PHONE, display_name='"\n[trunk-x]\ntype=endpoint\n', password="p\n[other]")
    files = write(tmp_path, engine_root, replace(MODEL, phones=(evil,)))
    sections = [line for line in files["pjsip_phones.conf"].splitlines() if line.startswith("[")]
    assert {line.strip("[]").split("]")[0] for line in sections} == {
        "vaxel-desk",
        "vaxel-browser",
        "vaxel-login",
        "vaxel-contact",
        PHONE.user,
    }


@pytest.mark.parametrize(
    "model",
    [
        replace(MODEL, phones=(replace(PHONE, user="a]b"),)),
        replace(MODEL, phones=(replace(PHONE, user=""),)),
        replace(MODEL, phones=(replace(PHONE, user="trunk-pstn"),)),
        replace(MODEL, phones=(replace(PHONE, user="system"),)),
        replace(MODEL, trunks=(Trunk(name="a b", host="192.0.2.1"),)),
        replace(MODEL, numbers=(FallbackNumber(number="1,2", organisation="x", language="sv", phones=()),)),
        replace(MODEL, numbers=(FallbackNumber(number="1", organisation="x", language="sv", phones=("a&b",)),)),
        replace(MODEL, emergency=("112,1,System(x)",)),
    ],
)
def test_what_the_engine_cannot_carry_is_refused_and_nothing_is_written(
    model: EngineModel, tmp_path: Path, engine_root: Path | None
) -> None:
    config = make_config(tmp_path / "v", engine_root)
    product.write(MODEL, config)
    before = {file.name: file.read_text() for file in product.places(config).etc.iterdir()}
    with pytest.raises(product.ConfigurationError):
        product.write(model, config)
    assert {file.name: file.read_text() for file in product.places(config).etc.iterdir()} == before


def test_a_person_who_changes_rewrites_the_telephones_alone(tmp_path: Path, engine_root: Path | None) -> None:
    config = make_config(tmp_path / "v", engine_root)
    product.write(MODEL, config)
    renamed = replace(MODEL, phones=(replace(PHONE, display_name="Gift Nyman"), *MODEL.phones[1:]))
    assert product.write(renamed, config) == frozenset({"pjsip_phones.conf"})


def test_a_file_that_is_no_longer_ours_is_removed(tmp_path: Path, engine_root: Path | None) -> None:
    config = make_config(tmp_path / "v", engine_root)
    product.write(MODEL, config)
    (product.places(config).etc / "sip.conf").write_text("old")
    product.write(MODEL, config)
    assert not (product.places(config).etc / "sip.conf").exists()


def test_a_hundred_thousand_numbers_are_written_in_seconds(tmp_path: Path, engine_root: Path | None) -> None:
    numbers = tuple(
        FallbackNumber(number=str(46370000000 + n), organisation="x", language="sv", phones=(f"p{n}",), queue=False)
        for n in range(100_000)
    )
    files = write(tmp_path, engine_root, replace(MODEL, numbers=numbers))
    assert files["extensions.conf"].count("fallback-phones,s,1") == 100_000


def test_a_telephone_named_by_its_number_is_known_only_by_its_log_in(tmp_path: Path, engine_root: Path | None) -> None:
    numeric: Phone = replace(PHONE, user="4637010011")
    files = write(tmp_path, engine_root, replace(MODEL, phones=(numeric,)))
    assert "identify_by = auth_username\n" in files["pjsip_phones.conf"]


@pytest.mark.parametrize(
    ("version", "usable"),
    [
        ("18.24.0", False),
        ("20.14.1", False),
        ("20.15.0", True),
        ("21.9", False),
        ("22.4.1", False),
        ("22.5.0", True),
        ("23.0.0", True),
    ],
)
def test_an_installed_engine_is_used_only_when_it_takes_requests_over_its_websocket(version: str, usable: bool) -> None:
    assert program.new_enough(version) is usable


@pytest.mark.parametrize(
    ("version", "left_to_us"),
    [("20.15.2", False), ("20.17.0", True), ("21.12.3", True), ("22.5.0", False), ("22.7.0", True), ("23.1.0", True)],
)
def test_a_telephones_transfers_are_declined_by_an_engine_too_old_to_leave_them_to_us(
    version: str, left_to_us: bool
) -> None:
    assert program.leaves_transfers_to_us(version) is left_to_us


@pytest.mark.parametrize(
    ("version", "survives"),
    [("22.10.1", False), ("22.11.0", True), ("21.12.3", False), ("20.21.0", True), ("23.1.0", True)],
)
def test_a_telephone_may_transfer_unasked_only_where_the_engine_survives_it(version: str, survives: bool) -> None:
    assert program.survives_transfers(version) is survives


@pytest.mark.parametrize("allowed", [True, False])
def test_desk_phones_of_the_house_alone_may_transfer(tmp_path: Path, engine_root: Path | None, allowed: bool) -> None:
    visitor = replace(PHONE, user="visitor", organisation="")
    config = make_config(tmp_path / "v", engine_root).model_copy(update={"phone_transfers": allowed})
    product.write(replace(MODEL, phones=(*MODEL.phones, visitor)), config)
    written = (product.places(config).etc / "pjsip_phones.conf").read_text()
    sections = {part.split("]")[0]: part for part in written.split("\n[") if "allow_transfer = yes" in part}
    desks = {phone.user for phone in MODEL.phones if phone.kind is PhoneKind.DESK}
    assert set(sections) == (desks if allowed else set())
    assert all("PJSIP_TRANSFER_HANDLING()=ari-only" in part for part in sections.values())
