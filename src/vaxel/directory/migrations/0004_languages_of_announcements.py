# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2


from django.db import migrations, models

import vaxel.directory.models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_policy_decides"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="announced_in",
            field=models.CharField(
                blank=True,
                help_text="In which callers hear everything, one after the other: se nb. Empty: in its language alone. Northern Sámi is heard where all of a sentence has been recorded.",
                max_length=32,
                validators=[vaxel.directory.models.check_announced_in],
                verbose_name="languages of announcements",
            ),
        ),
    ]
