# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands that run the installation: each imports what it needs when it is chosen."""

from __future__ import annotations

import argparse
import json
from typing import Any

from vaxel.site.config import config
from vaxel.site.descriptors import raise_limit
from vaxel.site.start_django import django
from vaxel.site.words import _


def register(subparsers: Any) -> None:
    run = subparsers.add_parser("run", help=_("start everything on this machine and keep it running"))
    run.add_argument("--no-demo", action="store_true", help=_("leave an empty database empty"))
    run.set_defaults(run=run_all)

    check = subparsers.add_parser("check", help=_("examine the configuration and the health of every part"))
    check.add_argument("--json", action="store_true", help=_("for programs"))
    check.set_defaults(run=run_check)

    prepare = subparsers.add_parser("prepare", help=_("fetch, build and configure what the parts need"))
    prepare.add_argument("--demo", action="store_true", help=_("load the demonstration into an empty database"))
    prepare.set_defaults(run=run_prepare)

    demo = subparsers.add_parser("demo", help=_("load the demonstration into an empty database"))
    demo.add_argument("action", choices=["load"])
    demo.set_defaults(run=load_demo)

    for name, function, text in (
        ("controller", run_controller, _("run the controller")),
        ("web", run_web, _("run the web server")),
        ("worker", run_worker, _("run the worker")),
        ("migrate", migrate, _("bring the database up to date")),
    ):
        subparsers.add_parser(name, help=text).set_defaults(run=function)


def run_all(options: argparse.Namespace) -> int:
    from vaxel.site.supervisor import run

    return run(config(), demonstration=not options.no_demo)


def run_prepare(options: argparse.Namespace) -> None:
    from vaxel.site.prepare import prepare

    prepare(config(), demonstration=options.demo)


def run_check(options: argparse.Namespace) -> int:
    from vaxel.site.checkup import examine, show

    findings = examine(config())
    if options.json:
        print(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        print(show(findings), end="")
    return 0 if all(finding.good for finding in findings) else 1


def run_controller(_options: argparse.Namespace) -> int | None:
    from vaxel.site.logging import configure

    configure("controller")
    raise_limit()
    django()
    from vaxel.callcontrol.main import main

    return main()


def run_web(_options: argparse.Namespace) -> None:
    import uvicorn

    from vaxel.site.logging import configure

    configure("web")
    raise_limit()
    settings = config()
    uvicorn.run(
        "vaxel.site.asgi:application",
        host=settings.web_host,
        port=settings.web_port,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.public_url),
        timeout_graceful_shutdown=5,
    )


def run_worker(_options: argparse.Namespace) -> int | None:
    from vaxel.site.logging import configure

    configure("worker")
    django()
    from vaxel.duties.worker import main

    return main()


def migrate(_options: argparse.Namespace) -> None:
    from vaxel.site.prepare import database

    database(config())


def load_demo(_options: argparse.Namespace) -> None:
    from vaxel.site.prepare import database, demo

    database(config())
    demo(config())
