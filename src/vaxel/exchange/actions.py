# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Imports as pages, command line, REST API, SCIM and the worker do them: read, plan, carry out; and let go of what was changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.models import Organisation, Person, User
from vaxel.exchange import mapping as columns
from vaxel.exchange import tables, vcard
from vaxel.exchange.apply import put, put_functions, put_people
from vaxel.exchange.fields import BY_NAME, CONSENTS, Entry, Problem
from vaxel.exchange.known import directory, unit_paths, values_of
from vaxel.exchange.models import Draft, ExternalKey, Source, SourceKind
from vaxel.exchange.plan import Options, Plan, plan
from vaxel.exchange.tables import FileRefused, Table

DRAFT_LASTS = timedelta(days=1)


def read(content: bytes) -> tuple[Table, SourceKind]:
    """The table in a CSV or vCard file. Raises ``FileRefused``."""
    if vcard.is_vcard(content):
        return vcard.read(content), SourceKind.VCARD
    return tables.read(content), SourceKind.CSV


def suggested(source: Source, table: Table, kind: SourceKind) -> dict[str, str]:
    """Which column holds what: as kept with the source, else guessed."""
    kept: Mapping[str, str] = source.mapping
    if kind is SourceKind.VCARD:
        kept = {**vcard.MAPPING, **kept}
    return columns.for_table(table, kept)


def planned(source: Source, table: Table, chosen: Mapping[str, str], options: Options) -> Plan:
    """What importing ``table`` would do. Raises ``FileRefused``."""
    entries, problems = columns.entries(table, chosen, source.organisation.country)
    return planned_entries(source, entries, problems, options)


def planned_entries(source: Source, entries: Iterable[Entry], problems: Iterable[Problem], options: Options) -> Plan:
    """The same for people who don't come from a table."""
    return plan(entries, problems, directory(source), options)


def keep_mapping(source: Source, chosen: Mapping[str, str]) -> None:
    """Remember for the next file which column holds what."""
    merged = {**source.mapping, **chosen}
    if merged != source.mapping:
        source.mapping = merged
        source.save(update_fields=["mapping"])


def source_of(organisation: Organisation, name: str, kind: SourceKind) -> Source:
    """The organisation's source of that name, made when there is none. Raises ``ValidationError`` for one that isn't fed by files."""
    name = " ".join(name.split())[:60] or _("file")
    found = Source.objects.filter(organisation=organisation, name=name).first()
    if found is None:
        found = Source(organisation=organisation, name=name, kind=kind)
        found.full_clean()
        found.save()
    elif (found.kind in (SourceKind.SCIM, SourceKind.LDAP)) and kind != found.kind:
        told = _("“%(name)s” is fed by %(kind)s: give the file a name of its own.")
        raise ValidationError({"source": told % {"name": name, "kind": found.get_kind_display()}})
    return found


# ── files that wait ─────────────────────────────────────────────────────────────────────────────────────────────────────


def keep_draft(source: Source, user: User, name: str, content: bytes) -> Draft:
    """Keep an uploaded file until it is imported. Raises ``ValidationError`` when it can't be read."""
    try:
        read(content)
    except FileRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    forget_drafts()
    file = PurePath(name.replace("\\", "/")).name[:200]
    return Draft.objects.create(organisation=source.organisation, user=user, source=source, file=file, content=content)


def forget_drafts() -> int:
    """Remove files that nobody has imported for a day. How many."""
    return Draft.objects.filter(at__lt=timezone.now() - DRAFT_LASTS).delete()[0]


# ── what was changed by hand ────────────────────────────────────────────────────────────────────────────────────────────


def held(key: ExternalKey, values: Mapping[str, str]) -> dict[str, str]:
    """The fields of a person with ``values`` that were changed by hand, with what the source says instead."""
    return {
        name: said for name, said in key.said.items() if values.get(name, "") not in (said, key.given.get(name, ""))
    }


def let_go(key: ExternalKey, name: str, by: By) -> Person:
    """The field ``name`` gets what the source says, and follows it from now on. Raises ``ValidationError``."""
    person = key.person
    if person is None or name not in key.said:
        told = _("The source says nothing of %(name)s.")
        raise ValidationError(told % {"name": BY_NAME[name].label if name in BY_NAME else name})
    home = key.source.organisation
    value = key.said[name]
    if name == "numbers":
        raise ValidationError(_("Change the numbers on the person's page, or in the source: they may have new owners."))
    if name in CONSENTS:
        raise ValidationError(_("Only she herself can agree again to what is done with her mobile number."))
    units = {path.casefold(): id_ for id_, path in unit_paths(home).items()}
    if name == "unit" and value and value.casefold() not in units:
        raise ValidationError(_("There is no unit “%(name)s” any longer.") % {"name": value})
    with acting(by), guarded(home.pk):
        put(person, {name: value}, units)
        person.save()
        put_functions(person, {name: value})
        put_people(person, {name: value})
        key.given = {**key.given, name: value}
        key.save(update_fields=["given", "changed"])
    return person


def all_held(organisation: Organisation) -> list[tuple[ExternalKey, dict[str, str], dict[str, str]]]:
    """Everybody of whom something was changed by hand: her key, what it is now, and what the source says."""
    paths = unit_paths(organisation)
    keys = ExternalKey.objects.filter(source__organisation=organisation, person__isnull=False, gone=False)
    found = []
    keys = keys.select_related("person__place", "source").order_by("person__name")
    for key in keys.prefetch_related("person__numbers", "person__further_functions", "person__substitutes"):
        assert key.person is not None
        values = values_of(key.person, paths)
        kept = held(key, values)
        if kept:
            found.append((key, {name: values[name] for name in kept}, kept))
    return found
