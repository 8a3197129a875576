# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_hours_only_exceptions")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="hold_seconds",
            field=models.FloatField(
                default=90.0,
                help_text="Seconds after which an operator is reminded of a call that she holds; after as long again it comes back.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="holding",
            ),
        ),
    ]
