# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory's administration. Passwords of telephones are shown to nobody; API keys once, when they are made."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import models as auth
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vaxel.directory import models
from vaxel.directory.admin_guard import Guarded, ToBeRead
from vaxel.directory.admin_noting import Noting
from vaxel.directory.tokens import hashed, new_api_token

# Two things called groups would confuse; rights are given to users one by one.
admin.site.unregister(auth.Group)


@admin.register(models.User)
class UserPages(UserAdmin):
    fieldsets = (
        (None, {"fields": ("username", "password", "first_name", "last_name", "email", "language")}),
        (_("Rights"), {"fields": ("is_active", "is_superuser", "user_permissions")}),
    )
    list_display = ("username", "first_name", "last_name", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser")
    filter_horizontal = ("user_permissions",)

    def save_model(self, request: HttpRequest, obj: models.User, form: Any, change: bool) -> None:
        # Django's own log-in to the administration asks for it.
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)


class OwnNumberRows(ToBeRead, admin.TabularInline):
    """A new person's: kind and organisation follow from her. Later they are given and removed on the page of numbers."""

    model = models.Number
    extra = 0
    fields = ("number",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None


class PhoneRows(admin.TabularInline):
    model = models.Phone
    extra = 0
    fields = ("user", "kind", "label", "caller_number")


@admin.register(models.Organisation)
class OrganisationPages(Guarded):
    of = "pk"
    list_display = ("name", "id", "language", "country", "main_number")
    search_fields = ("name", "id")
    fieldsets = (
        (None, {"fields": ("id", "name", "language", "country", "time_zone")}),
        (
            _("At the switchboard"),
            {
                "fields": (
                    "welcome_phrase",
                    "welcome_prompt",
                    "announced_in",
                    "colour",
                    "offer_seconds",
                    "park_seconds",
                    "hold_seconds",
                )
            },
        ),
        (_("On direct numbers"), {"fields": ("recall_seconds", "voicemail_seconds")}),
        (_("Retention"), {"fields": ("retention_days",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: models.Organisation | None = None) -> tuple[str, ...]:
        # The id stands in calls, addresses and file names: it can't change once it is used.
        return ("id",) if obj else ()


@admin.register(models.Place)
class PlacePages(admin.ModelAdmin):
    list_display = ("name", "address", "organisation")
    list_filter = ("organisation",)
    search_fields = ("name", "address")


@admin.register(models.Unit)
class UnitPages(Guarded):
    list_display = ("name", "kind", "parent", "organisation", "reviewed_at")
    list_filter = ("organisation", "kind")
    search_fields = ("name",)
    autocomplete_fields = ("parent", "place")
    # Where it wants its calls is said on its own page, which shows the effect first.
    exclude = ("transfer_person", "transfer_number")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return reverse("portal:unit", args=[obj.key]) if obj else None


class HandlerRows(admin.TabularInline):
    model = models.TaskHandler
    extra = 0
    autocomplete_fields = ("person",)


class TaskWordsRows(admin.TabularInline):
    model = models.TaskWords
    extra = 0


@admin.register(models.Task)
class TaskPages(admin.ModelAdmin):
    list_display = ("name", "unit", "organisation")
    list_filter = ("organisation",)
    list_select_related = ("unit", "organisation")
    search_fields = ("name", "search_words")
    autocomplete_fields = ("unit",)
    inlines = (HandlerRows, TaskWordsRows)


@admin.register(models.Synonyms)
class SynonymsPages(admin.ModelAdmin):
    list_display = ("words", "language", "organisation")
    list_filter = ("organisation", "language")
    search_fields = ("words",)


@admin.register(models.Exemption)
class ExemptionPages(ToBeRead, Noting, admin.ModelAdmin):
    """To be read: heads decide on their own page."""

    list_display = ("person", "what", "decision", "decided_by", "asked_at")
    list_filter = ("decision", "person__organisation")
    list_select_related = ("person",)
    search_fields = ("person__name",)


class FurtherFunctionRows(admin.TabularInline):
    model = models.FurtherFunction
    extra = 0


class SubstituteRows(admin.TabularInline):
    model = models.Substitute
    fk_name = "person"
    extra = 0
    autocomplete_fields = ("substitute",)


@admin.register(models.Person)
class PersonPages(Noting, Guarded):
    person = ""
    list_display = ("name", "title", "unit", "organisation")
    list_filter = ("organisation", "protected")
    list_select_related = ("unit", "organisation")
    search_fields = ("search_text",)
    autocomplete_fields = ("unit", "user", "place", "successor")
    inlines = (OwnNumberRows, PhoneRows, FurtherFunctionRows, SubstituteRows)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """What happens to a call to her first number."""
        number = obj.numbers.order_by("id").values_list("number", flat=True).first() if obj else None
        return f"{reverse('portal:explain')}?number={number}" if number else None

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Numbers and telephones entered here belong to her organisation."""
        for row in formset.save(commit=False):
            if isinstance(row, models.Number | models.Phone):
                row.organisation = form.instance.organisation
            if isinstance(row, models.Number):
                row.kind = models.NumberKind.DIRECT
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[models.Person], search_term: str
    ) -> tuple[QuerySet[models.Person], bool]:
        """As the operators search: by the beginnings of words."""
        from vaxel.directory.search import narrow

        return narrow(queryset, search_term), False


@admin.register(models.Group)
class GroupPages(Guarded):
    """Its name and unit; how it is rung is changed on its own page, which shows the effect on callers first, and there it is made."""

    list_display = ("name", "organisation")
    list_filter = ("organisation",)
    search_fields = ("name",)
    autocomplete_fields = ("unit",)
    fields = ("organisation", "name", "unit")
    readonly_fields = ("organisation",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return reverse("portal:change_group", args=[obj.key]) if obj else None


@admin.register(models.Role)
class RolePages(Noting, admin.ModelAdmin):
    list_display = ("person", "kind", "unit", "organisation")
    list_filter = ("organisation", "kind")
    list_select_related = ("person", "unit", "organisation")
    search_fields = ("person__name",)
    autocomplete_fields = ("unit", "person")


@admin.register(models.AuditEntry)
class AuditPages(ToBeRead, admin.ModelAdmin):
    """To be read: nobody changes what was done."""

    list_display = ("at", "who", "via", "done", "kind", "name", "organisation")
    list_filter = ("organisation", "kind", "done")
    list_select_related = ("organisation",)
    search_fields = ("name", "who")
    date_hierarchy = "at"


@admin.register(models.Number)
class NumberPages(ToBeRead, Noting, admin.ModelAdmin):
    list_display = ("number", "kind", "person", "group", "organisation")
    list_filter = ("organisation", "kind")
    list_select_related = ("person", "group", "organisation")
    search_fields = ("number", "person__name", "group__name")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return reverse("portal:numbers", args=[obj.organisation_id]) if obj else None


class OperatorPhoneRows(admin.TabularInline):
    model = models.Phone
    extra = 0
    fields = ("user", "kind", "organisation", "label", "caller_number")


@admin.register(models.Operator)
class OperatorPages(Guarded):
    of = "organisations"
    list_display = ("name", "user")
    list_filter = ("organisations",)
    search_fields = ("name", "user__username")
    autocomplete_fields = ("user",)
    filter_horizontal = ("organisations", "supervises", "reserve_for")
    inlines = (OperatorPhoneRows,)


@admin.register(models.Phone)
class PhonePages(Noting, Guarded):
    list_display = ("user", "kind", "person", "operator", "organisation")
    list_filter = ("organisation", "kind")
    list_select_related = ("person", "operator", "organisation")
    search_fields = ("user", "label", "person__name", "operator__name")
    autocomplete_fields = ("person", "operator")
    fields = ("user", "kind", "organisation", "person", "operator", "label", "caller_number")
    actions = ("new_passwords",)

    @admin.action(description=_("Give new SIP passwords and show them once"))
    def new_passwords(self, request: HttpRequest, phones: QuerySet[models.Phone]) -> None:
        for phone in phones:
            phone.password = models.new_password()
            phone.save(update_fields=["password"])
            told = _("%(user)s has the password %(password)s. It is not shown again.")
            messages.success(request, told % {"user": phone.user, "password": phone.password})


@admin.register(models.Trunk)
class TrunkPages(admin.ModelAdmin):
    list_display = ("name", "host", "port", "transport", "register", "most_calls")


@admin.register(models.ApiToken)
class ApiTokenPages(admin.ModelAdmin):
    list_display = ("label", "operator", "made")
    fields = ("operator", "label")
    autocomplete_fields = ("operator",)

    def has_change_permission(self, request: HttpRequest, obj: models.ApiToken | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.ApiToken, form: Any, change: bool) -> None:
        token = new_api_token()
        obj.sha256 = hashed(token)
        super().save_model(request, obj, form, change)
        messages.success(request, _("The key is %(key)s. It is not shown again.") % {"key": token})
