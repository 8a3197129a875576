# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import vaxel.directory.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.SlugField(
                        help_text="Short name in addresses and file names.",
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                        verbose_name="id",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("sv", "Swedish"), ("nb", "Norwegian Bokmål"), ("da", "Danish"), ("en", "English")],
                        help_text="Of its prompts.",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        choices=[("SE", "Sweden"), ("NO", "Norway"), ("DK", "Denmark")],
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        max_length=64, validators=[vaxel.directory.models.check_time_zone], verbose_name="time zone"
                    ),
                ),
                (
                    "welcome_phrase",
                    models.CharField(
                        help_text="What the operator says first; shown when a call is offered.",
                        max_length=200,
                        verbose_name="welcome phrase",
                    ),
                ),
                (
                    "welcome_prompt",
                    models.BooleanField(
                        default=True,
                        help_text="Callers hear a welcome before they wait for an operator.",
                        verbose_name="recorded welcome",
                    ),
                ),
                (
                    "rings",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="How many times a direct number rings before the call goes on.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="rings",
                    ),
                ),
                (
                    "ring_seconds",
                    models.FloatField(
                        default=5.0,
                        help_text="Seconds, with the pause after it, in the country's network.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="length of a ring",
                    ),
                ),
                (
                    "no_answer",
                    models.CharField(
                        choices=[("voicemail", "Voicemail"), ("switchboard", "The switchboard")],
                        default="voicemail",
                        max_length=16,
                        verbose_name="when nobody answers",
                    ),
                ),
                (
                    "offer_seconds",
                    models.FloatField(
                        default=20.0,
                        help_text="Seconds for which a call is offered to one operator before the next one gets it.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="offer",
                    ),
                ),
                (
                    "recall_seconds",
                    models.FloatField(
                        default=25.0,
                        help_text="Seconds after which a transferred call that nobody answers comes back.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="recall",
                    ),
                ),
                (
                    "park_seconds",
                    models.FloatField(
                        default=120.0,
                        help_text="Seconds after which a parked call comes back.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="parking",
                    ),
                ),
                (
                    "voicemail_seconds",
                    models.FloatField(
                        default=180.0,
                        help_text="Seconds.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(1800),
                        ],
                        verbose_name="longest voice message",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveIntegerField(
                        default=180,
                        help_text="Calls, voice messages and finished messages are erased after so many days.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days kept",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Trunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(max_length=32, unique=True, verbose_name="name")),
                ("host", models.CharField(max_length=255, verbose_name="host")),
                (
                    "port",
                    models.PositiveIntegerField(
                        default=5060,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(65535),
                        ],
                        verbose_name="port",
                    ),
                ),
                (
                    "transport",
                    models.CharField(
                        choices=[("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")],
                        default="udp",
                        max_length=3,
                        verbose_name="transport",
                    ),
                ),
                (
                    "match",
                    models.TextField(
                        blank=True,
                        help_text="From which its calls are accepted, one address or network a line.",
                        verbose_name="addresses",
                    ),
                ),
                ("user", models.CharField(blank=True, max_length=64, verbose_name="user")),
                ("password", models.CharField(blank=True, max_length=128, verbose_name="password")),
                (
                    "register",
                    models.BooleanField(
                        default=False, help_text="Log in at the host with user and password.", verbose_name="register"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        choices=[("SE", "Sweden"), ("NO", "Norway"), ("DK", "Denmark")],
                        help_text="Whose national numbers it delivers. Empty: numbers come in international form.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "trunk",
                "verbose_name_plural": "trunks",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("sv", "Swedish"), ("nb", "Norwegian Bokmål"), ("da", "Danish"), ("en", "English")],
                        help_text="The language of the pages. Empty: the browser's.",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Operator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="operator",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(
                        related_name="operators", to="directory.organisation", verbose_name="organisations"
                    ),
                ),
            ],
            options={
                "verbose_name": "operator",
                "verbose_name_plural": "operators",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=120, verbose_name="label")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="directory.operator",
                        verbose_name="operator",
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "verbose_name_plural": "API keys",
                "ordering": ["-made"],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "tasks",
                    models.TextField(
                        blank=True, help_text="What she does, in the words of citizens.", verbose_name="tasks"
                    ),
                ),
                ("search_words", models.TextField(blank=True, verbose_name="search words")),
                (
                    "no_answer",
                    models.CharField(
                        blank=True,
                        choices=[("voicemail", "Voicemail"), ("switchboard", "The switchboard")],
                        help_text="Empty: as the organisation has decided.",
                        max_length=16,
                        verbose_name="when nobody answers",
                    ),
                ),
                ("has_greeting", models.BooleanField(default=False, verbose_name="has a personal greeting")),
                (
                    "protected",
                    models.BooleanField(
                        default=False,
                        help_text="Found only by those who are allowed to.",
                        verbose_name="protected identity",
                    ),
                ),
                ("search_text", models.TextField(blank=True, default="", editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="With it she reads her own messages.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "id"],
                "permissions": [("see_protected", "Can find people with protected identity")],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddField(
            model_name="group",
            name="people",
            field=models.ManyToManyField(
                related_name="groups", through="directory.Membership", to="directory.person", verbose_name="members"
            ),
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.CharField(
                        max_length=63,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9._-]{0,62}$",
                                "Use small letters, digits, full stop, hyphen and underscore.",
                            )
                        ],
                        verbose_name="SIP user",
                    ),
                ),
                (
                    "password",
                    models.CharField(
                        default=vaxel.directory.models.new_password, max_length=64, verbose_name="SIP password"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("desk", "Desk phone"), ("browser", "Browser")],
                        default="desk",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="label")),
                (
                    "caller_number",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the person's direct number, or the organisation's main number.",
                        max_length=15,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{1,14}$",
                                "Write the number in international form, digits only, without + or 00: 46980319201.",
                            )
                        ],
                        verbose_name="number shown",
                    ),
                ),
                ("lent_to", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("lent_at", models.DateTimeField(editable=False, null=True)),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="directory.operator",
                        verbose_name="operator",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "telephone",
                "verbose_name_plural": "telephones",
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.unit",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="people",
                to="directory.unit",
                verbose_name="unit",
            ),
        ),
        migrations.CreateModel(
            name="WorldVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("n", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_world_version")],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(
                        max_length=15,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{1,14}$",
                                "Write the number in international form, digits only, without + or 00: 46980319201.",
                            )
                        ],
                        verbose_name="number",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("main", "Main number"), ("direct", "Direct number"), ("group", "Group number")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbers",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbers",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbers",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "number",
                "verbose_name_plural": "numbers",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", None), ("kind", "main"), ("person", None)),
                            models.Q(("group", None), ("kind", "direct"), ("person__isnull", False)),
                            models.Q(("group__isnull", False), ("kind", "group"), ("person", None)),
                            _connector="OR",
                        ),
                        name="number_has_one_owner",
                        violation_error_message="A direct number belongs to a person, a group number to a group, a main number to neither.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("group", "person"), name="member_once"),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="group_name_once"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("parent", "name"), name="unit_name_once"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent", None)), fields=("organisation", "name"), name="top_unit_name_once"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organisation", "name"], name="directory_p_organis_57d5e5_idx"),
        ),
    ]
