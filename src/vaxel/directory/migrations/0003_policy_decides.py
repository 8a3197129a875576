# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_hours_and_groups"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="organisation",
            name="no_answer",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="ring_seconds",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="rings",
        ),
        migrations.AddField(
            model_name="hours",
            name="of_policy",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="hoursexception",
            name="of_policy",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="person",
            name="no_answer",
            field=models.CharField(
                blank=True,
                choices=[("voicemail", "Voicemail"), ("switchboard", "The switchboard")],
                help_text="Empty: as the policy says.",
                max_length=16,
                verbose_name="when nobody answers",
            ),
        ),
    ]
