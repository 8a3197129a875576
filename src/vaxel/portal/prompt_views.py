# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What callers hear: administrators listen to all announcements and replace them, employees their own name and greeting."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from vaxel.calls import audio
from vaxel.directory.access import Actor
from vaxel.directory.audit import by_user
from vaxel.directory.models import Organisation, Person
from vaxel.directory.rights import Rights
from vaxel.portal.views import actor_of, page
from vaxel.prompts import actions, by_phone, selectors, sound
from vaxel.prompts.selectors import Prompt

FOUND = 30
"""People that are listed at most."""


@require_safe
@login_required
@vary_on_cookie
def prompts(request: HttpRequest) -> HttpResponse:
    """All announcements of an organisation in one of its languages."""
    actor = actor_of(request)
    organisations = [found for found in Rights(actor).organisations if _leads(actor, found)]
    if not organisations:
        raise PermissionDenied
    chosen = request.GET.get("organisation", organisations[0].pk)
    organisation = next((found for found in organisations if found.pk == chosen), None)
    if organisation is None:
        raise Http404
    spoken = selectors.languages(organisation)
    language = request.GET.get("language", "")
    language = language if language in spoken else spoken[0]
    sought = request.GET.get("who", "").strip()[:120]
    return page(
        request,
        "portal/prompts.html",
        actor,
        organisations=organisations,
        organisation=organisation,
        spoken=[(code, selectors.LANGUAGE_NAMES[code]) for code in spoken],
        language=language,
        sections=selectors.listed(organisation, language),
        sought=sought,
        people=_people(actor, organisation, sought) if sought else [],
    )


def _leads(actor: Actor, organisation: Organisation) -> bool:
    return Rights(actor).leads_organisation(organisation.pk)


def _people(actor: Actor, organisation: Organisation, sought: str) -> list[Prompt]:
    found = Person.objects.filter(organisation=organisation, name__icontains=sought.replace("\x00", ""))
    if not actor.finds_protected:
        found = found.filter(protected=False)
    return [prompt for person in found.select_related("organisation")[:FOUND] for prompt in selectors.of_person(person)]


@require_safe
@login_required
@vary_on_cookie
def own_prompts(request: HttpRequest) -> HttpResponse:
    """An employee's own name and greeting."""
    actor = actor_of(request)
    if actor.person is None:
        raise PermissionDenied
    leads = _leads(actor, actor.person.organisation)
    return page(request, "portal/own_prompts.html", actor, prompts=selectors.of_person(actor.person), leads=leads)


def _found(request: HttpRequest, organisation: str, language: str, name: str) -> tuple[Actor, Prompt]:
    """A prompt that the user may change. Raises ``Http404``, also for one that she may not."""
    actor = actor_of(request)
    home = Organisation.objects.filter(pk=organisation.replace("\x00", "")).first()
    prompt = selectors.prompt(home, language, name.replace("\x00", "")) if home is not None else None
    if prompt is None or not (_leads(actor, prompt.organisation) or _is_hers(actor, prompt)):
        raise Http404
    return actor, prompt


def _is_hers(actor: Actor, prompt: Prompt) -> bool:
    return actor.person is not None and any(hers.name == prompt.name for hers in selectors.of_person(actor.person))


@login_required
@vary_on_cookie
def prompt(request: HttpRequest, organisation: str, language: str, name: str) -> HttpResponse:
    """One announcement. POST replaces it by the ``file`` sent; one that can't be used is refused with the reason."""
    actor, found = _found(request, organisation, language, name)
    errors: list[str] = []
    if request.method == "POST":
        try:
            actions.keep(found.organisation, found.name, _uploaded(request), by_user(actor.user), found.language)
        except ValidationError as error:
            errors = error.messages
        else:
            notices.success(request, _("The recording has been saved. Callers hear it from now on."))
            return redirect("portal:prompt", organisation, language, name)
    return page(
        request,
        "portal/prompt.html",
        actor,
        status=422 if errors else 200,
        prompt=found,
        errors=errors,
        code=by_phone.code(found) if found.owner is None or _is_hers(actor, found) else "",
        hers=not _leads(actor, found.organisation),
        longest=int(sound.LONGEST),
        largest=sound.MOST_BYTES // 1024 // 1024,
    )


def _uploaded(request: HttpRequest) -> bytes:
    """Raises ``ValidationError`` without a file; one that is too large isn't read."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise ValidationError(_("Choose a sound file."))
    data: bytes = file.read(sound.MOST_BYTES + 1)
    return data


@require_POST
@login_required
def revert_prompt(request: HttpRequest, organisation: str, language: str, name: str) -> HttpResponse:
    """Back to the synthesised announcement."""
    actor, found = _found(request, organisation, language, name)
    if found.recording is not None:
        actions.revert(found.recording, by_user(actor.user))
        notices.success(request, _("The recording has been deleted."))
    return redirect("portal:prompt", organisation, language, name)


@require_safe
@login_required
@vary_on_cookie
def prompt_audio(request: HttpRequest, organisation: str, language: str, name: str, which: str) -> HttpResponseBase:
    """The sound: ``own`` or ``synthesised``."""
    _actor, found = _found(request, organisation, language, name)
    path = {"own": found.own, "synthesised": found.synthesised}.get(which)
    if path is None:
        raise Http404
    return audio.answer(request, path)
