"""What is read about people and agencies."""

from accounts.models import Agency, User


def owned_agencies(user: User):
    """The agencies whose owner this person is."""
    return Agency.objects.filter(memberships__user=user, memberships__is_owner=True)
