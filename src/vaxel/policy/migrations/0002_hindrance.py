# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

from typing import Any

from django.db import migrations, models


def replaced_when_it_happens(apps: Any, schema_editor: Any) -> None:
    """The end of a version was entered when the next was activated; now it is when the next begins, if it does."""
    version = apps.get_model("policy", "PolicyVersion")
    for waiting in version.objects.filter(begun=False).exclude(begins_at=None):
        replaced = version.objects.filter(organisation=waiting.organisation_id, replaced_at=waiting.begins_at)
        replaced.update(replaced_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="hindered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="hindered"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="hindrance",
            field=models.TextField(blank=True, editable=False, verbose_name="hindrance"),
        ),
        migrations.RunPython(replaced_when_it_happens, migrations.RunPython.noop),
    ]
