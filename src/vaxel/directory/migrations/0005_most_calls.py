# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_countries"),
    ]

    operations = [
        migrations.AddField(
            model_name="trunk",
            name="most_calls",
            field=models.PositiveIntegerField(
                default=300,
                help_text="That come in by it; further ones are refused. Calls out, 112 among them, are not counted.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="most calls at once",
            ),
        ),
    ]
