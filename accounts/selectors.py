"""What is read about people and agencies."""

from django.db.models import Q, QuerySet

from accounts.models import Agency, Brand, Role, User


def owned_agencies(user: User):
    """The agencies whose owner this person is."""
    return Agency.objects.filter(memberships__user=user, memberships__is_owner=True)


def people_of(brand: Brand) -> QuerySet[User]:
    """Those who have a role in the brand, and the owners of its agency."""
    member = Q(memberships__agency=brand.agency_id)
    holding = Q(memberships__is_owner=True) | Q(memberships__roles__brand=brand)
    return User.objects.filter(member & holding).distinct().order_by("name", "email")


def community_managers(brand: Brand) -> QuerySet[User]:
    """Those who execute for the brand."""
    found = User.objects.filter(memberships__roles__brand=brand, memberships__roles__role=Role.CM)
    return found.distinct().order_by("name", "email")
