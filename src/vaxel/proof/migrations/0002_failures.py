# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_languages_of_announcements"),
        ("proof", "0001_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProofFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[("night", "nightly"), ("change", "after a change"), ("asked", "asked for")],
                        max_length=8,
                        verbose_name="cause",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                ("at", models.DateTimeField(verbose_name="last tried")),
                ("what", models.CharField(max_length=200, verbose_name="fault")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proof_failure",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof that failed",
                "verbose_name_plural": "proofs that failed",
            },
        ),
    ]
