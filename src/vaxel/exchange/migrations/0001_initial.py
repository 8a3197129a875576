# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("exchange", "0001_imports_and_material")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("who", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("units", models.JSONField(default=list)),
                ("forced", models.BooleanField(default=False, verbose_name="more than a tenth left")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="undone")),
                ("undone_by", models.CharField(blank=True, max_length=150, verbose_name="undone by")),
                ("remains", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "done",
                    models.CharField(
                        choices=[("made", "added"), ("changed", "changed"), ("left", "left")],
                        max_length=8,
                        verbose_name="done",
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("key_before", models.JSONField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="exchange.import",
                        verbose_name="import",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="What you call the system the people come from.", max_length=60, verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("csv", "CSV file"),
                            ("vcard", "vCard file"),
                            ("ldap", "LDAP or Active Directory"),
                            ("scim", "SCIM 2.0"),
                            ("rest", "REST API"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("mapping", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        help_text="ldaps://ldap.example.org, or ldap:// with StartTLS.",
                        max_length=200,
                        verbose_name="address",
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        blank=True, help_text="ou=people,dc=example,dc=org", max_length=300, verbose_name="search base"
                    ),
                ),
                (
                    "filter",
                    models.CharField(
                        blank=True, help_text="(objectClass=person)", max_length=500, verbose_name="filter"
                    ),
                ),
                (
                    "user",
                    models.CharField(
                        blank=True, help_text="The DN that logs in. Empty: nobody.", max_length=300, verbose_name="user"
                    ),
                ),
                ("password_sealed", models.TextField(blank=True, default="", editable=False)),
                (
                    "nightly",
                    models.BooleanField(
                        default=False, help_text="Imported by itself, once a night.", verbose_name="every night"
                    ),
                ),
                (
                    "protected",
                    models.BooleanField(
                        default=False,
                        help_text="May keep people with protected identity, too.",
                        verbose_name="protected identities",
                    ),
                ),
                ("sha256", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64)),
                ("seen_at", models.DateTimeField(editable=False, null=True, verbose_name="last heard of")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.AddField(
            model_name="import",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="imports",
                to="exchange.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="ExternalKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("said", models.JSONField(default=dict)),
                ("given", models.JSONField(default=dict)),
                ("extra", models.JSONField(default=dict)),
                ("gone", models.BooleanField(default=False, verbose_name="no longer there")),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("changed", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_keys",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_keys",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="exchange.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a source",
                "verbose_name_plural": "keys of sources",
                "ordering": ["source", "id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("file", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.source",
                        verbose_name="source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("list", "Telephone list, printed from the directory"), ("other", "Other material")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Where it lies or hangs.", max_length=120, verbose_name="place"
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1100),
                        ],
                        verbose_name="days between reviews",
                    ),
                ),
                ("reviewed", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("reviewed_by", models.CharField(blank=True, max_length=150, verbose_name="by")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the staff of the switchboard.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                        verbose_name="answers for it",
                    ),
                ),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
                "ordering": ["organisation", "name"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "name"), name="material_name_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="source_name_once"),
        ),
        migrations.AddConstraint(
            model_name="externalkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)), fields=("source", "key"), name="key_of_person_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="externalkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group__isnull", False)), fields=("source", "key"), name="key_of_group_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="externalkey",
            constraint=models.UniqueConstraint(fields=("source", "person"), name="person_of_source_once"),
        ),
        migrations.AddConstraint(
            model_name="externalkey",
            constraint=models.UniqueConstraint(fields=("source", "group"), name="group_of_source_once"),
        ),
        migrations.AddConstraint(
            model_name="externalkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", None), ("person__isnull", False)),
                    models.Q(("group__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="key_has_one_owner",
            ),
        ),
    ]
