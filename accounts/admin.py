"""The agency owner's panel: his own agency's brands, people and roles, and the trail of what was done.

Everything a model admin reads goes through `OwnedAdmin.get_queryset` and `formfield_for_foreignkey`; an
object of another agency is as absent here as everywhere else.
"""

from django.contrib.admin import AdminSite, ModelAdmin, StackedInline
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.models import Agency, AuditEvent, Brand, BrandRole, Membership
from accounts.selectors import owned_agencies

BRAND_MOVED = "accounts.brand_moved"  # what follows is done two floors above


class AgencySite(AdminSite):
    site_title = site_header = _("Timone: agency")
    index_title = _("Your agency")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_active and owned_agencies(user).exists()

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 - Django's own signature
        inner = super().admin_view(view, cacheable)

        def owners_only(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        owners_only.admin_site = self
        return owners_only

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one sign-in, and it is not this one."""
        raise Http404


site = AgencySite(name="admin")


class OwnedAdmin(ModelAdmin):
    """Limits a model to the owner's agencies, by the path that leads from a row to its agency."""

    agency_path = "agency"
    choices_path: dict[str, str] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(**{f"{self.agency_path}__in": owned_agencies(request.user)})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **kwargs | _choices(self, db_field, request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def _allowed(self, request: HttpRequest, obj=None) -> bool:
        return site.has_permission(request) and (
            obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        )

    has_view_permission = has_change_permission = _allowed

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        action = f"{obj._meta.model_name}.{'changed' if change else 'added'}"
        after = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        audit.record(action, obj, by=request.user, agency=agency_of(obj), after=after)


def _choices(model_admin, db_field, request: HttpRequest) -> dict[str, QuerySet]:
    """The rows of a foreign key's choices that lie inside the owner's agencies."""
    agencies = owned_agencies(request.user)
    by_model = {
        Agency: lambda: agencies,
        Brand: lambda: Brand.objects.filter(agency__in=agencies),
        Membership: lambda: Membership.objects.filter(agency__in=agencies).select_related("user", "agency"),
    }
    limit = by_model.get(db_field.related_model)
    return {"queryset": limit()} if limit else {}


def agency_of(obj) -> Agency:
    if isinstance(obj, BrandRole):
        return obj.brand.agency
    return obj.agency


class RoleInline(StackedInline):
    model = BrandRole
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        agencies = owned_agencies(request.user)
        return super().get_queryset(request).filter(brand__agency__in=agencies, membership__agency__in=agencies)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **kwargs | _choices(self, db_field, request))

    def _allowed(self, request: HttpRequest, obj=None) -> bool:
        return site.has_permission(request)

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _allowed


class BrandAdmin(OwnedAdmin):
    list_display = ["name", "slug", "agency", "sector", "time_zone", "currency"]
    search_fields = ["name", "slug"]
    fields = ["agency", "name", "slug", "time_zone", "currency", "sector", "tone_of_voice"]
    inlines = [RoleInline]

    def save_model(self, request: HttpRequest, obj, form, change) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if change and "time_zone" in form.changed_data:
                jobs.enqueue(BRAND_MOVED, brand=obj, by=request.user, same_as="time_zone")

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        return ["agency", "slug"] if obj else []  # addresses are in people's bookmarks


class MembershipAdmin(OwnedAdmin):
    list_display = ["user", "agency", "is_owner"]
    search_fields = ["user__email", "user__name"]
    readonly_fields = ["user", "agency"]
    inlines = [RoleInline]

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False  # people join by invitation or command, so that nobody browses other agencies' people


class AuditEventAdmin(OwnedAdmin):
    list_display = ["created_at", "actor", "action", "row_text", "brand"]
    search_fields = ["action", "row_text"]
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


site.register(Brand, BrandAdmin)
site.register(Membership, MembershipAdmin)
site.register(AuditEvent, AuditEventAdmin)
