# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker speaks the names of those who can be called, a few at a time, and forgets those who can't."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rows
from vaxel.directory.models import Group
from vaxel.prompts import upkeep
from vaxel.prompts.upkeep import Upkeep
from vaxel.site.config import Config
from vaxel.telephony import engine, names, prompts
from vaxel.telephony.audio import read_wave
from vaxel.telephony.names import Named

pytestmark = pytest.mark.django_db


@pytest.fixture
def config(tmp_path: Path, engine_root: Path | None) -> Config:
    return Config(var=tmp_path, engine_root=engine_root)


def there(config: Config) -> set[str]:
    folder = engine.places(config).prompts / "names"
    return {str(path.relative_to(folder)).removesuffix(".wav") for path in folder.rglob("*.wav")}


def test_people_with_a_number_and_groups_are_named_but_protected_identities_never(config: Config) -> None:
    gnosjo = rows.organisation()
    anna = rows.person(gnosjo)
    rows.person(gnosjo, "Dold Person", "46980319202", protected=True)
    rows.person(gnosjo, "Ingen Telefon", "")
    vatten = Group.objects.create(organisation=gnosjo, name="Vatten och avlopp")
    assert {named.key for named in upkeep.wanted()} == {anna.key, vatten.key}
    assert names.keep_up(upkeep.wanted(), config, 60)
    assert there(config) == {f"gnosjo/{anna.key}", f"gnosjo/{vatten.key}"}
    anna.protected = True
    anna.save()
    assert names.keep_up(upkeep.wanted(), config, 60)
    assert there(config) == {f"gnosjo/{vatten.key}"}


def test_the_work_is_bounded_and_goes_on_where_it_stopped(config: Config) -> None:
    people = [Named("tana", f"p{n}", "nb", f"Berit {n}") for n in range(4)]
    assert not names.keep_up(people, config, 0)
    assert there(config) == set()
    rounds = 0
    while not names.keep_up(people, config, 0.001):
        rounds += 1
    assert 1 <= rounds <= 4
    assert there(config) == {f"tana/p{n}" for n in range(4)}


def test_a_new_name_is_spoken_anew_and_nothing_else(config: Config) -> None:
    people = [Named("tana", "p1", "nb", "Berit Varsi"), Named("tana", "p2", "nb", "Nils Varsi")]
    names.keep_up(people, config, 60)
    folder = engine.places(config).prompts / "names/tana"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    names.keep_up([Named("tana", "p1", "nb", "Berit Elvebakk-Guttormsen"), people[1]], config, 60)
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"p1.wav", "p1.wav16", "p1.alaw"}
    samples, rate = read_wave(folder / "p1.wav")
    assert 0.8 < len(samples) / rate < 3


def test_a_new_municipality_gets_its_welcome_and_names_within_a_few_rounds(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Upkeep(config)
    # The four languages are made at start: here only what this test is about.
    monkeypatch.setattr(prompts, "texts", lambda language: {})
    gnosjo = rows.organisation()
    anna = rows.person(gnosjo)
    work.work()
    folder = engine.places(config).prompts
    assert (folder / "sv/welcome-gnosjo.wav").exists()
    assert there(config) == {f"gnosjo/{anna.key}"}
    (folder / "sv/welcome-gnosjo.wav").unlink()
    work.work()
    assert not (folder / "sv/welcome-gnosjo.wav").exists()
    gnosjo.welcome_phrase = "Hej, Gnosjö kommun."
    gnosjo.save()
    work.work()
    assert (folder / "sv/welcome-gnosjo.wav").exists()


def test_without_a_synthesiser_the_worker_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows.person(rows.organisation())
    monkeypatch.setenv("PATH", str(tmp_path))
    Upkeep(Config(var=tmp_path, engine_root=tmp_path / "none")).work()
