# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_contents"),
        ("duties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="operator",
            field=models.ForeignKey(
                blank=True,
                help_text="The operator who rings back herself (TAN-5).",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="promises",
                to="directory.operator",
                verbose_name="promised by",
            ),
        ),
    ]
