# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import vaxel.directory.models.choices
import vaxel.directory.spans


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0002_hours_and_groups"),
        ("directory", "0003_policy_decides"),
        ("directory", "0004_languages_of_announcements"),
        ("directory", "0005_supervisors"),
        ("directory", "0006_contents"),
        ("directory", "0007_change_log"),
        ("directory", "0008_organisation_colour"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("key", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
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
                    "announced_in",
                    models.CharField(
                        blank=True,
                        help_text="In which callers hear everything, one after the other: se nb. Empty: in its language alone. Northern Sámi is heard where all of a sentence has been recorded.",
                        max_length=32,
                        validators=[vaxel.directory.models.choices.check_announced_in],
                        verbose_name="languages of announcements",
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
                        max_length=64,
                        validators=[vaxel.directory.models.choices.check_time_zone],
                        verbose_name="time zone",
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
                    "colour",
                    models.CharField(
                        blank=True,
                        help_text="By which operators recognise it beside its name: #0a5c8f. Empty: one of the console's own.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator("^#[0-9a-fA-F]{6}$", "Write the colour like #0a5c8f.")
                        ],
                        verbose_name="colour",
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
                (
                    "eves",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Eve → closed, half or ordinary, where it isn't the usual.",
                        verbose_name="eves",
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
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "strategy",
                    models.CharField(
                        choices=[
                            ("all", "All at once"),
                            ("ordered", "One after the other, in the order of the list"),
                            ("in_turn", "One after the other, taking turns"),
                            ("longest_idle", "Who has been left in peace longest comes first"),
                        ],
                        default="all",
                        max_length=16,
                        verbose_name="order of ringing",
                    ),
                ),
                (
                    "seconds",
                    models.FloatField(
                        blank=True,
                        help_text="How long each round rings. Empty: as a direct number.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="seconds",
                    ),
                ),
                (
                    "mailbox",
                    models.BooleanField(
                        default=False,
                        help_text="Callers whom nobody answers may leave a message for the group.",
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "pick_up",
                    models.BooleanField(
                        default=True,
                        help_text="Members may take each other's ringing calls with *8.",
                        verbose_name="pick-up group",
                    ),
                ),
                (
                    "first_day",
                    models.DateField(
                        blank=True,
                        help_text="Of a group for a period, as a hotline. Empty: always.",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "overflow_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.group",
                        verbose_name="when nobody answers, the group",
                    ),
                ),
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
            name="Operator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "log_on_code",
                    models.CharField(
                        blank=True,
                        help_text="What she dials on any telephone of the house between *12* and # to log on there. Keep it to yourself.",
                        max_length=8,
                        null=True,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[0-9]{4,8}$", "Four to eight digits.")],
                        verbose_name="code for logging on",
                    ),
                ),
                ("tokens_from", models.DateTimeField(editable=False, null=True)),
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
                (
                    "reserve_for",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Whose switchboard she is trained to serve without doing so every day.",
                        related_name="reserves",
                        to="directory.organisation",
                        verbose_name="in reserve for",
                    ),
                ),
                (
                    "supervises",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Whose calls she may take over, and whose operators she may move and call in.",
                        related_name="supervisors",
                        to="directory.organisation",
                        verbose_name="supervises",
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
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "initials",
                    models.CharField(
                        blank=True,
                        help_text="By which colleagues know her: “abl”.",
                        max_length=12,
                        verbose_name="initials",
                    ),
                ),
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
                    "function",
                    models.CharField(
                        blank=True,
                        help_text="Colleagues with the same function stand in for each other: “building permits”.",
                        max_length=80,
                        verbose_name="function",
                    ),
                ),
                (
                    "mobile",
                    models.CharField(
                        blank=True,
                        max_length=15,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{1,14}$",
                                "Write the number in international form, digits only, without + or 00: 46980319201.",
                            )
                        ],
                        verbose_name="mobile number",
                    ),
                ),
                (
                    "mobile_consent",
                    models.DateField(
                        blank=True,
                        help_text="The day on which she agreed. Empty: no call is sent there. She can take it back at any time.",
                        null=True,
                        verbose_name="agreed that calls go to the mobile",
                    ),
                ),
                (
                    "mobile_told",
                    models.DateField(
                        blank=True,
                        help_text="Empty: callers are connected without learning the number, if she agreed to that.",
                        null=True,
                        verbose_name="agreed that the mobile number is told",
                    ),
                ),
                (
                    "mobile_greeting",
                    models.DateField(
                        blank=True,
                        help_text="Its voicemail says name, workplace, municipality and where else to turn.",
                        null=True,
                        verbose_name="greeting of the mobile checked",
                    ),
                ),
                ("room", models.CharField(blank=True, max_length=40, verbose_name="room")),
                (
                    "prefers",
                    models.CharField(
                        blank=True,
                        choices=[("phone", "By telephone"), ("message", "By message"), ("mail", "By e-mail")],
                        max_length=8,
                        verbose_name="would rather be reached",
                    ),
                ),
                (
                    "may_tell",
                    models.CharField(
                        blank=True,
                        help_text="“Is back after Easter.”",
                        max_length=300,
                        verbose_name="may be told to citizens",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="For operators only.",
                        max_length=300,
                        verbose_name="note to the switchboard",
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="Empty: employed until further notice.",
                        null=True,
                        verbose_name="last day of employment",
                    ),
                ),
                (
                    "no_answer",
                    models.CharField(
                        blank=True,
                        choices=[("voicemail", "Voicemail"), ("switchboard", "The switchboard")],
                        help_text="Empty: as the policy says.",
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
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("reviewed_by", models.CharField(blank=True, max_length=150, verbose_name="reviewed by")),
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
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who gets the calls once she has left.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="directory.person",
                        verbose_name="successor",
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
                    "logged_in",
                    models.BooleanField(default=True, help_text="Gets the group's calls.", verbose_name="logged in"),
                ),
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
            name="overflow_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.person",
                verbose_name="or the person",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="people",
            field=models.ManyToManyField(
                related_name="groups", through="directory.Membership", to="directory.person", verbose_name="members"
            ),
        ),
        migrations.CreateModel(
            name="FurtherFunction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="function")),
                (
                    "role",
                    models.CharField(
                        choices=[("does", "Has it"), ("stands_in", "Stands in")],
                        default="does",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="further_functions",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "further function",
                "verbose_name_plural": "further functions",
                "ordering": ["role", "id"],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("number", "Direct number"), ("email", "E-mail address")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("asked_by", models.CharField(blank=True, max_length=150, verbose_name="asked for by")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not decided yet"), ("approved", "Approved"), ("refused", "Refused")],
                        default="",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=150, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exemptions",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "exemption from publication",
                "verbose_name_plural": "exemptions from publication",
                "ordering": ["-asked_at", "-id"],
            },
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
                        default=vaxel.directory.models.choices.new_password, max_length=64, verbose_name="SIP password"
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
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="As people call it: “the town hall”.", max_length=120, verbose_name="name"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="people",
                to="directory.place",
                verbose_name="place",
            ),
        ),
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first_day",
                    models.DateField(blank=True, help_text="Empty: always.", null=True, verbose_name="first day"),
                ),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutes",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitute_for",
                        to="directory.person",
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "substitute",
                "verbose_name_plural": "substitutes",
                "ordering": [models.OrderBy(models.F("first_day"), nulls_last=True), "id"],
            },
        ),
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sv", "Swedish"),
                            ("nb", "Norwegian Bokmål"),
                            ("da", "Danish"),
                            ("en", "English"),
                            ("se", "Northern Sámi"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Two or more, with commas between.", max_length=400, verbose_name="words"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="synonyms",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonyms",
                "verbose_name_plural": "synonyms",
                "ordering": ["organisation", "words"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="In the words of citizens.", max_length=120, verbose_name="task")),
                (
                    "search_words",
                    models.TextField(
                        blank=True,
                        help_text="What else it is called, with commas between.",
                        max_length=1000,
                        verbose_name="search words",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.CreateModel(
            name="TaskHandler",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "main",
                    models.BooleanField(default=True, help_text="Otherwise she helps out.", verbose_name="main task"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlings",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlers",
                        to="directory.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "handler",
                "verbose_name_plural": "handlers",
                "ordering": ["-main", "position", "id"],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="people",
            field=models.ManyToManyField(
                related_name="handles",
                through="directory.TaskHandler",
                to="directory.person",
                verbose_name="handled by",
            ),
        ),
        migrations.CreateModel(
            name="TaskWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("sv", "Swedish"),
                            ("nb", "Norwegian Bokmål"),
                            ("da", "Danish"),
                            ("en", "English"),
                            ("se", "Northern Sámi"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="task")),
                ("search_words", models.TextField(blank=True, max_length=1000, verbose_name="search words")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="directory.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "words in another language",
                "verbose_name_plural": "words in other languages",
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("administration", "Administration"),
                            ("department", "Department"),
                            ("institution", "Institution"),
                        ],
                        default="department",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="The unit's own: a group's number, for example. Told when nobody in particular is sought.",
                        max_length=15,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{1,14}$",
                                "Write the number in international form, digits only, without + or 00: 46980319201.",
                            )
                        ],
                        verbose_name="number",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="In the words of citizens.", max_length=1000, verbose_name="what it does"
                    ),
                ),
                (
                    "transfer_number",
                    models.CharField(
                        blank=True,
                        help_text="Instead of a person.",
                        max_length=15,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{1,14}$",
                                "Write the number in international form, digits only, without + or 00: 46980319201.",
                            )
                        ],
                        verbose_name="or to the number",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("reviewed_by", models.CharField(blank=True, max_length=150, verbose_name="reviewed by")),
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
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="units",
                        to="directory.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "transfer_person",
                    models.ForeignKey(
                        blank=True,
                        help_text="The one person to whom the unit wants calls passed on. Empty: to whom the caller seeks.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                        verbose_name="pass calls on to",
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
            model_name="task",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="tasks",
                to="directory.unit",
                verbose_name="unit",
            ),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("manager", "Manager"), ("phone_contact", "Telephone contact")],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["organisation", "unit", "kind", "id"],
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
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "week",
                    models.JSONField(
                        default=vaxel.directory.spans.closed_week,
                        validators=[vaxel.directory.spans.check_week],
                        verbose_name="week",
                    ),
                ),
                (
                    "seasons",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[vaxel.directory.spans.check_seasons],
                        verbose_name="seasons",
                    ),
                ),
                (
                    "holiday",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[vaxel.directory.spans.check_day],
                        verbose_name="on public holidays",
                    ),
                ),
                (
                    "eve",
                    models.JSONField(
                        blank=True, null=True, validators=[vaxel.directory.spans.check_day], verbose_name="on half days"
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=32, verbose_name="clause")),
                ("of_policy", models.BooleanField(default=False, editable=False)),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening hours",
                "verbose_name_plural": "opening hours",
            },
        ),
        migrations.AddField(
            model_name="group",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose hours it keeps when it has none of its own.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="groups",
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
            name="HoursException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                (
                    "spans",
                    models.JSONField(
                        blank=True, default=list, validators=[vaxel.directory.spans.check_day], verbose_name="hours"
                    ),
                ),
                (
                    "week",
                    models.JSONField(
                        blank=True, null=True, validators=[vaxel.directory.spans.check_week], verbose_name="week"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As callers may hear of it: “staff day”.", max_length=120, verbose_name="reason"
                    ),
                ),
                ("cover", models.CharField(blank=True, max_length=200, verbose_name="who answers meanwhile")),
                ("clause", models.CharField(blank=True, max_length=32, verbose_name="clause")),
                ("needs_approval", models.BooleanField(default=False, verbose_name="needs approval")),
                ("approved_by", models.CharField(blank=True, max_length=120, verbose_name="approved by")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("review", models.DateField(blank=True, null=True, verbose_name="to be reassessed")),
                ("entered_by", models.CharField(blank=True, max_length=120, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("of_policy", models.BooleanField(default=False, editable=False)),
                (
                    "hours",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="directory.hours",
                        verbose_name="opening hours",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception",
                "verbose_name_plural": "exceptions",
                "ordering": ["first", "id"],
                "indexes": [models.Index(fields=["hours", "last"], name="hours_exception_last")],
            },
        ),
        migrations.CreateModel(
            name="ClosingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "half",
                    models.BooleanField(
                        default=False, help_text="The hours of half days apply.", verbose_name="half day"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closing_days",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing day",
                "verbose_name_plural": "closing days",
                "ordering": ["day"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "day"), name="closing_day_once")],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("who", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("via", models.CharField(default="system", max_length=16, verbose_name="way")),
                (
                    "done",
                    models.CharField(
                        choices=[("made", "made"), ("changed", "changed"), ("deleted", "deleted"), ("read", "read")],
                        max_length=8,
                        verbose_name="done",
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("row", models.CharField(max_length=32, verbose_name="row")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("before", models.JSONField(default=dict, verbose_name="before")),
                ("after", models.JSONField(default=dict, verbose_name="after")),
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
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kind", "row", "-id"], name="audit_of_row")],
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
            model_name="furtherfunction",
            constraint=models.UniqueConstraint(fields=("person", "name"), name="further_function_once"),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.UniqueConstraint(fields=("person", "what"), name="exemption_once"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="place_name_once"),
        ),
        migrations.AddConstraint(
            model_name="taskhandler",
            constraint=models.UniqueConstraint(fields=("task", "person"), name="handler_once"),
        ),
        migrations.AddConstraint(
            model_name="taskwords",
            constraint=models.UniqueConstraint(fields=("task", "language"), name="task_words_once"),
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
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="task_name_once"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(fields=("unit", "person", "kind"), name="role_once"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit", None)),
                fields=("organisation", "person", "kind"),
                name="role_of_organisation_once",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organisation", "name"], name="directory_p_organis_57d5e5_idx"),
        ),
        migrations.AddConstraint(
            model_name="hours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", None), ("unit", None)),
                    models.Q(("person", None), ("unit", None)),
                    models.Q(("group", None), ("person", None)),
                    _connector="OR",
                ),
                name="hours_have_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="hours",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group", None), ("person", None), ("unit", None)),
                fields=("organisation",),
                name="hours_of_organisation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="group_name_once"),
        ),
    ]
