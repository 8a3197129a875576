# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's settings for the tests: an installation of its own in a temporary folder, whatever this machine is set to.

Only ``VAXEL_DATABASE_URL`` is kept: with it the same tests run on PostgreSQL (``scripts/with_postgresql.py pytest …``).
"""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("VAXEL_") and name != "VAXEL_DATABASE_URL"]:
    del os.environ[name]
VAR = tempfile.mkdtemp(prefix="vaxel-test-")
os.environ["VAXEL_VAR"] = VAR
# The command line speaks the language of the person at the terminal; the tests read English.
os.environ["LANGUAGE"] = "en"


def _remove(folder: str, pid: int) -> None:
    # A forked child leaves the folder to its parent.
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


atexit.register(_remove, VAR, os.getpid())

from vaxel.site.config import Config  # noqa: E402

Config.model_config["env_file"] = None

from vaxel.site.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # In a file, as the product has it: SQLite in memory locks differently.
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR}/test.sqlite3"}  # noqa: F405

# Made to take long, for each of hundreds of log-ins; whole installations (tests/system) hash as the product does.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
# Every test client would look through all files of the assets.
WHITENOISE_AUTOREFRESH = True
