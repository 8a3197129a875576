# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Users and tokens from a terminal."""

from __future__ import annotations

import io

import pytest

from vaxel.directory.models import ApiToken, Operator, Organisation, User
from vaxel.directory.tokens import hashed
from vaxel.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 5))


@pytest.fixture
def gnosjo() -> Organisation:
    return Organisation.objects.create(
        id="gnosjo",
        name="Gnosjö kommun",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        welcome_phrase="Välkommen",
    )


def test_an_administrator_is_added_with_a_password_that_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "kerstin", "--name", "Kerstin Holm", "--administrator"]) == 0
    password = capsys.readouterr().out.removeprefix("Password: ").strip()
    user = User.objects.get(username="kerstin")
    assert user.is_superuser
    assert user.get_full_name() == "Kerstin Holm"
    assert user.check_password(password)


def test_an_operator_is_added_with_her_browser_phone(gnosjo: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "kerstin", "--operator-of", "gnosjo"]) == 0
    operator = Operator.objects.get(user__username="kerstin")
    assert list(operator.organisations.all()) == [gnosjo]
    assert [phone.user for phone in operator.phones.all()] == ["kerstin-web"]
    capsys.readouterr()
    main(["user", "list"])
    assert "operator of gnosjo" in capsys.readouterr().out


def test_an_unknown_organisation_makes_no_user(gnosjo: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "kerstin", "--operator-of", "gnosjoe"]) == 1
    assert "There is no organisation gnosjoe; there are: gnosjo." in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_name_that_is_taken_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create(username="kerstin")
    assert main(["user", "add", "kerstin"]) == 1
    assert "already a user kerstin" in capsys.readouterr().err


def test_a_weak_password_is_refused_and_nothing_is_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))
    assert main(["user", "add", "kerstin"]) == 1
    assert "too common" in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_user_is_disabled_and_enabled() -> None:
    User.objects.create(username="kerstin")
    for action, active in (("disable", False), ("enable", True)):
        assert main(["user", action, "kerstin"]) == 0
        assert User.objects.get(username="kerstin").is_active is active


def test_a_token_is_issued_once_kept_as_a_hash_and_revoked(
    gnosjo: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["user", "add", "kerstin", "--operator-of", "gnosjo"])
    capsys.readouterr()
    assert main(["token", "issue", "kerstin", "call list on the wall"]) == 0
    secret = capsys.readouterr().out.strip()
    token = ApiToken.objects.get()
    assert token.sha256 == hashed(secret)
    main(["token", "list"])
    listed = capsys.readouterr().out
    assert "call list on the wall" in listed
    assert secret not in listed
    assert main(["token", "revoke", str(token.pk)]) == 0
    assert not ApiToken.objects.exists()
    assert main(["token", "revoke", str(token.pk)]) == 1
    assert "There is no token" in capsys.readouterr().err


def test_tokens_are_for_operators_only(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create(username="kerstin")
    assert main(["token", "issue", "kerstin", "x"]) == 1
    assert "is no operator" in capsys.readouterr().err
