"""Every brand-owned query answers from the brands in scope, or refuses.

A request is admitted to one brand by its URL (`accounts.middleware`), a job by its row, a command by its
argument. `across_brands` is the named exception; a test lists the files that may use it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

_brands: ContextVar[frozenset[int] | None] = ContextVar("brands", default=None)
Item = TypeVar("Item")


class ScopeMissing(RuntimeError):
    """A brand-owned model was used while its brand was not in scope."""


@contextmanager
def brands_in_scope(*brand_ids: int) -> Iterator[None]:
    """Let brand-owned queries inside the block answer from these brands only."""
    token = _brands.set(frozenset(brand_ids))
    try:
        yield
    finally:
        _brands.reset(token)


def keep_scope(items: Iterable[Item]) -> Iterator[Item]:
    """Iterate under the scope of the call, for a response that streams after its view has returned."""
    brands = _brands.get() or frozenset()

    def inside() -> Iterator[Item]:
        iterator = iter(items)
        while True:
            with brands_in_scope(*brands):
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item

    return inside()


class _Closed(models.QuerySet):
    """What `objects` gives outside a scope: composable (forms, migrations), but never evaluated."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeMissing(f"{self.model.__name__} queried outside brands_in_scope(...)")

    _fetch_all = _iterator = iterator = count = exists = aggregate = _refuse
    create = bulk_create = update = delete = in_bulk = raw = explain = contains = _refuse


class BrandQuerySet(models.QuerySet):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        objs = list(objs)
        for obj in objs:
            obj.check_scope()
        return super().bulk_create(objs, *args, **kwargs)


class ScopedManager(models.Manager.from_queryset(BrandQuerySet)):
    def get_queryset(self) -> models.QuerySet:
        brands = _brands.get()
        if brands is None:
            return _Closed(self.model, using=self._db).none()
        return super().get_queryset().filter(brand__in=brands)


class BrandOwned(models.Model):
    """Base of every row that belongs to one brand."""

    brand = models.ForeignKey("accounts.Brand", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager()  # first, so that get_object_or_404 and forms are scoped too
    across_brands = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "across_brands"  # refresh, save, cascades and forward keys

    def check_scope(self) -> None:
        brands = _brands.get()
        if brands is not None and self.brand_id not in brands:
            raise ScopeMissing(f"{type(self).__name__} of brand {self.brand_id} written outside its scope")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_scope()
        super().save(*args, **kwargs)
