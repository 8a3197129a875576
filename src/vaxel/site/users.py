# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel user`` and ``vaxel token``: who may log in, and which programs may act for an operator."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from typing import TYPE_CHECKING, Any

from vaxel.site.plain import PlainError
from vaxel.site.start_django import django
from vaxel.site.words import _

if TYPE_CHECKING:
    from vaxel.directory.models import Operator, Organisation, User


def register(subparsers: Any) -> None:
    _register_user(subparsers)
    _register_token(subparsers)


def _register_user(subparsers: Any) -> None:
    user = subparsers.add_parser("user", help=_("list, add and change users"))
    actions = user.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)

    actions.add_parser("list", help=_("everyone who may log in")).set_defaults(run=list_users)

    add = actions.add_parser("add", help=_("add a user; a password is asked for, or made"))
    add.add_argument("user", help=_("the name to log in with"))
    add.add_argument("--name", default="", help=_("first and last name"))
    add.add_argument("--administrator", action="store_true", help=_("may change everything"))
    add.add_argument(
        "--operator-of",
        action="append",
        default=[],
        metavar=_("ORGANISATION"),
        help=_("serves its switchboard; repeatable"),
    )
    add.set_defaults(run=add_user)

    for name, function, text in (
        ("password", change_password, _("give a user a new password")),
        ("disable", disable_user, _("a user may no longer log in; nothing is deleted")),
        ("enable", enable_user, _("a user may log in again")),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("user", help=_("the name to log in with"))
        action.set_defaults(run=function)


def _register_token(subparsers: Any) -> None:
    token = subparsers.add_parser("token", help=_("list, issue and revoke API tokens"))
    actions = token.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)

    actions.add_parser("list", help=_("all tokens, without their secret")).set_defaults(run=list_tokens)

    issue = actions.add_parser("issue", help=_("a new token; it is shown once"))
    issue.add_argument("user", help=_("the operator for whom the program acts"))
    issue.add_argument("label", help=_("what the token is for"))
    issue.set_defaults(run=issue_token)

    revoke = actions.add_parser("revoke", help=_("the program may act no longer"))
    revoke.add_argument("token", type=int, help=_("the number in the list"))
    revoke.set_defaults(run=revoke_token)


def list_users(_options: argparse.Namespace) -> None:
    django()
    from vaxel.directory.models import User

    for user in User.objects.order_by("username").prefetch_related("operator__organisations"):
        print(f"{user.username:<24}{user.get_full_name():<32}{', '.join(_roles(user))}".rstrip())


def _roles(user: User) -> list[str]:
    roles = [] if user.is_active else [_("disabled")]
    if user.is_superuser:
        roles.append(_("administrator"))
    if hasattr(user, "operator"):
        served = " ".join(organisation.pk for organisation in user.operator.organisations.all())
        roles.append(_("operator of {organisations}").format(organisations=served or _("nothing")))
    return roles


def add_user(options: argparse.Namespace) -> None:
    django()
    from django.db import transaction

    from vaxel.directory.models import User

    if User.objects.filter(username=options.user).exists():
        raise PlainError(_("There is already a user {user}: choose another name.").format(user=options.user))
    organisations = [_organisation(name) for name in options.operator_of]
    first, _space, last = options.name.partition(" ")
    user = User(username=options.user, first_name=first, last_name=last)
    user.is_staff = user.is_superuser = options.administrator
    _give_password(user)
    with transaction.atomic():
        user.save()
        if organisations:
            _make_operator(user, organisations)


def _make_operator(user: User, organisations: list[Organisation]) -> None:
    """With a telephone in the browser, so that she can begin at once."""
    from vaxel.directory.models import Operator, Phone, PhoneKind

    operator = Operator.objects.create(user=user, name=user.get_full_name() or user.username)
    operator.organisations.set(organisations)
    Phone.objects.create(
        user=f"{user.username}-web".lower(), kind=PhoneKind.BROWSER, organisation=organisations[0], operator=operator
    )


def _give_password(user: User) -> None:
    """One that is typed twice at a terminal, or read from a pipe, or made when nothing is typed."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = _asked_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not password:
        password = secrets.token_urlsafe(12)
        print(_("Password: {password}").format(password=password))
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PlainError(" ".join(error.messages)) from error
    user.set_password(password)


def _asked_password() -> str:
    password = getpass.getpass(_("Password (empty: one is made): "))
    if password and getpass.getpass(_("Once more: ")) != password:
        raise PlainError(_("The two passwords differ: nothing was changed."))
    return password


def change_password(options: argparse.Namespace) -> None:
    user = _user(options.user)
    _give_password(user)
    user.save()


def disable_user(options: argparse.Namespace) -> None:
    _set_active(_user(options.user), active=False)


def enable_user(options: argparse.Namespace) -> None:
    _set_active(_user(options.user), active=True)


def _set_active(user: User, *, active: bool) -> None:
    from vaxel.directory.changes import raise_version

    user.is_active = active
    user.save()
    # An operator's tokens open the hub until the controller has read the directory anew.
    raise_version()


def list_tokens(_options: argparse.Namespace) -> None:
    django()
    from vaxel.directory.models import ApiToken

    for token in ApiToken.objects.select_related("operator__user").order_by("pk"):
        print(f"{token.pk:>6}  {token.operator.user.username:<24}{token.made:%Y-%m-%d}  {token.label}")


def issue_token(options: argparse.Namespace) -> None:
    operator = _operator(_user(options.user))
    from vaxel.directory.models import ApiToken
    from vaxel.directory.tokens import hashed, new_api_token

    token = new_api_token()
    ApiToken.objects.create(operator=operator, label=options.label, sha256=hashed(token))
    print(token)


def revoke_token(options: argparse.Namespace) -> None:
    django()
    from vaxel.directory.models import ApiToken

    token = ApiToken.objects.filter(pk=options.token).first()
    if token is None:
        raise PlainError(_("There is no token {token}: see `vaxel token list`.").format(token=options.token))
    token.delete()


def _user(name: str) -> User:
    django()
    from vaxel.directory.models import User

    user = User.objects.filter(username=name).first()
    if user is None:
        raise PlainError(_("There is no user {user}: see `vaxel user list`.").format(user=name))
    return user


def _operator(user: User) -> Operator:
    if not hasattr(user, "operator"):
        raise PlainError(_("{user} is no operator, and tokens are for operators.").format(user=user.username))
    operator: Operator = user.operator
    return operator


def _organisation(name: str) -> Organisation:
    from vaxel.directory.models import Organisation

    organisation = Organisation.objects.filter(pk=name).first()
    if organisation is None:
        known = ", ".join(Organisation.objects.order_by("pk").values_list("pk", flat=True)) or _("none yet")
        raise PlainError(_("There is no organisation {name}; there are: {known}.").format(name=name, known=known))
    return organisation
