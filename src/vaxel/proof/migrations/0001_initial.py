# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("proof", "0001_proofs"), ("proof", "0002_failures")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
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
        migrations.CreateModel(
            name="ProofRun",
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
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("checked_at", models.DateTimeField(verbose_name="last made")),
                ("world_version", models.PositiveBigIntegerField(default=0)),
                ("start", models.DateTimeField(verbose_name="from")),
                ("end", models.DateTimeField(verbose_name="until")),
                ("numbers", models.PositiveIntegerField(verbose_name="numbers")),
                ("shapes", models.PositiveIntegerField(verbose_name="shapes")),
                ("plans", models.PositiveIntegerField(verbose_name="decisions")),
                ("ways", models.PositiveIntegerField(verbose_name="ways")),
                ("seconds", models.FloatField(verbose_name="seconds")),
                ("counterexamples", models.PositiveIntegerField(verbose_name="counterexamples")),
                ("warnings", models.PositiveIntegerField(verbose_name="warnings")),
                ("findings", models.JSONField(default=list)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof",
                "verbose_name_plural": "proofs",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["organisation", "-id"], name="proof_of_organisation")],
            },
        ),
    ]
