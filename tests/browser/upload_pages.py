"""Uploads that ask something, tables whose columns are to be named, and saved mappings, for the browser."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.scoping import brands_in_scope
from analytics.models import ColumnMapping, ImportBatch
from analytics.services import imports
from analytics.services.imports import Upload
from tests.cast import Cast

TWOFOLD = b"Post ID;Page name;Publish time;Title;Reach;Reactions\n1001;Alba;04/03/2026 10:00;Hello;1200;5\n"
UNPRICED = b"Campaign name,Reporting starts,Reporting ends,Amount spent\nSpring,2026-04-01,2026-04-30,1.234\n"
UNKNOWN = (
    b"Rete,Quando,Codice,Mi piace,Parole,Note\n"
    b"instagram,2026-05-02 10:30,k1,5,Buongiorno a tutti,x\ninstagram,2026-05-03 11:00,k2,1.234,Di nuovo noi,\n"
)


def _uploaded(cast: Cast, *contents: bytes) -> ImportBatch:
    files = [Upload(SimpleUploadedFile(f"Export {n}.csv", content), None) for n, content in enumerate(contents, 1)]
    with brands_in_scope(cast.brand.pk):
        return imports.upload(cast.brand, files, by=cast.bea)


def review(cast: Cast) -> str:
    batch = _uploaded(cast, TWOFOLD, UNPRICED, UNKNOWN, b"%PDF-1.7")
    return reverse("import_detail", args=[cast.brand.slug, batch.pk])


def columns(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        file = _uploaded(cast, UNKNOWN).files.get()
    return reverse("import_columns", args=[cast.brand.slug, file.pk])


def _saved(cast: Cast) -> ColumnMapping:
    with brands_in_scope(cast.brand.pk):
        return ColumnMapping.objects.create(
            brand=cast.brand,
            name="The agency's table",
            signature="s",
            columns=["Rete", "Quando", "Codice"],
            mapping={"platform": "Rete", "published_at": "Quando", "post_id": "Codice"},
        )


def mappings(cast: Cast) -> str:
    _saved(cast)
    return reverse("import_mappings", args=[cast.brand.slug])


def mapping(cast: Cast) -> str:
    return reverse("import_mapping", args=[cast.brand.slug, _saved(cast).pk])
