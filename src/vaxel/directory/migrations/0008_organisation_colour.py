# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_change_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="colour",
            field=models.CharField(
                blank=True,
                help_text="By which operators recognise it beside its name: #0a5c8f. Empty: one of the console's own.",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator("^#[0-9a-fA-F]{6}$", "Write the colour like #0a5c8f.")
                ],
                verbose_name="colour",
            ),
        ),
    ]
