# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fill an empty installation with one municipality, and write the engine's configuration. Run as a program of its own, because
Django binds a process to one database.

Prints one JSON object: ``operators`` (``id``, ``user``, ``token``) and ``people`` (``id``, ``user``, ``number``); the SIP password of
all is the one given.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import redirect_stdout
from typing import Any

MAIN_NUMBER = "46313900600"
MOST_CALLS = 5_000
"""By the trunk at a time: more than any benchmark brings up."""
TRUNK = "bench"
ORGANISATION = "bench"
POLICY = f"""
[policy]
organisation = "{ORGANISATION}"
municipality = "Bänkarps kommun"
country = "SE"
language = "sv"
version = "2026-01-01"
valid_from = 2026-01-01
title = "For benchmarks"
[[policy.document]]
id = "benchmark"
title = "For benchmarks"
decided = 2026-01-01
[[clause]]
id = "BEN-1"
kinds = ["enforced"]
text.en = "Telephones that nobody answers ring through the longest benchmark."
source = {{ document = "benchmark", section = "1" }}
[[clause.control]]
use = "ring-limit"
seconds = 300
"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--operators", type=int, required=True)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--password", required=True)
    parser.add_argument("--trunk-port", type=int, required=True)
    arguments = parser.parse_args()
    with redirect_stdout(sys.stderr):
        made = populate(arguments.operators, arguments.people, arguments.password, arguments.trunk_port)
    print(json.dumps(made))
    return 0


def populate(operators: int, people: int, password: str, trunk_port: int) -> dict[str, Any]:
    from vaxel.site import prepare
    from vaxel.site.config import config

    prepare.database(config())
    from django.db import transaction

    with transaction.atomic():
        made = _municipality(operators, people, password, trunk_port)
    prepare.announcements_and_configuration(config())
    return made


def _municipality(operators: int, people: int, password: str, trunk_port: int) -> dict[str, Any]:
    from vaxel.directory import models as m

    home = m.Organisation.objects.create(
        id=ORGANISATION,
        name="Bänkarps kommun",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        welcome_phrase="Bänkarps kommun",
        welcome_prompt=False,
    )
    _put_policy_in_force()
    m.Number.objects.create(number=MAIN_NUMBER, organisation=home, kind="main")
    m.Trunk.objects.create(
        name=TRUNK, host="127.0.0.1", port=trunk_port, match=f"127.0.0.1:{trunk_port}", most_calls=MOST_CALLS
    )
    return {
        "operators": [_operator(home, n, password) for n in range(1, operators + 1)],
        "people": [_person(home, n, password) for n in range(1, people + 1)],
    }


def _put_policy_in_force() -> None:
    from vaxel.directory.audit import By
    from vaxel.policy import actions

    by = By(name="Benchmark")
    actions.activate(actions.propose(POLICY, by, organisation=ORGANISATION), by)


def _operator(home: Any, n: int, password: str) -> dict[str, Any]:
    from vaxel.directory import models as m
    from vaxel.directory.tokens import hashed

    user, token = f"op-{n}", f"vxa_bench{n:040d}"
    account = m.User.objects.create(username=user, password="!")
    operator = m.Operator.objects.create(user=account, name=f"Telefonist {n}")
    operator.organisations.add(home)
    m.Phone.objects.create(user=user, password=password, kind="desk", organisation=home, operator=operator)
    m.ApiToken.objects.create(operator=operator, label="bench", sha256=hashed(token))
    return {"id": operator.key, "user": user, "token": token}


def _person(home: Any, n: int, password: str) -> dict[str, Any]:
    from vaxel.directory import models as m

    user, number = f"person-{n}", str(int(MAIN_NUMBER) + n)
    person = m.Person.objects.create(organisation=home, name=f"Handläggare {n}")
    m.Number.objects.create(number=number, organisation=home, kind="direct", person=person)
    m.Phone.objects.create(user=user, password=password, kind="desk", organisation=home, person=person)
    return {"id": person.key, "user": user, "number": number}


if __name__ == "__main__":
    sys.exit(main())
