# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models

COUNTRIES = [
    ("SE", "Sweden"),
    ("NO", "Norway"),
    ("DK", "Denmark"),
    ("FI", "Finland"),
    ("AX", "Åland"),
    ("IS", "Iceland"),
    ("FO", "the Faroes"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_hold_seconds")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="country",
            field=models.CharField(choices=COUNTRIES, max_length=2, verbose_name="country"),
        ),
        migrations.AlterField(
            model_name="trunk",
            name="country",
            field=models.CharField(
                blank=True,
                choices=COUNTRIES,
                help_text="Whose national numbers it delivers. Empty: numbers come in international form.",
                max_length=2,
                verbose_name="country",
            ),
        ),
    ]
