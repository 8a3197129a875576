# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("absence", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="calendar",
            name="failure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address", "The address isn't allowed: it must begin with https and lie on the public internet."),
                    ("unreachable", "The server can't be reached."),
                    ("slow", "The server doesn't answer in time."),
                    ("log_in", "The server wants another user name or password."),
                    ("not_found", "There is nothing at this address."),
                    ("refused", "The server refuses to give it out."),
                    ("unread", "The calendar couldn't be read in time. It is tried again."),
                    ("too_large", "The calendar is too large."),
                    ("no_calendar", "What lies at this address isn't a calendar."),
                ],
                max_length=16,
                verbose_name="fault",
            ),
        ),
    ]
