# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2


import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_languages_of_announcements"),
    ]

    operations = [
        migrations.AddField(
            model_name="operator",
            name="log_on_code",
            field=models.CharField(
                blank=True,
                help_text="What she dials on any telephone of the house between *12* and # to log on there. Keep it to yourself.",
                max_length=8,
                null=True,
                unique=True,
                validators=[django.core.validators.RegexValidator("^[0-9]{4,8}$", "Four to eight digits.")],
                verbose_name="code for logging on",
            ),
        ),
        migrations.AddField(
            model_name="operator",
            name="reserve_for",
            field=models.ManyToManyField(
                blank=True,
                help_text="Whose switchboard she is trained to serve without doing so every day.",
                related_name="reserves",
                to="directory.organisation",
                verbose_name="in reserve for",
            ),
        ),
        migrations.AddField(
            model_name="operator",
            name="supervises",
            field=models.ManyToManyField(
                blank=True,
                help_text="Whose calls she may take over, and whose operators she may move and call in.",
                related_name="supervisors",
                to="directory.organisation",
                verbose_name="supervises",
            ),
        ),
        migrations.AddField(
            model_name="operator",
            name="tokens_from",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
