"""A person imports for the first time, in Italian: several files at once, a wrong one, one with two readings."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.scoping import brands_in_scope
from analytics.models import ImportBatch
from tests.browser.conftest import View
from tests.browser.look_at import keep_picture

pytestmark = pytest.mark.browser

COLUMNS = (
    *("ID del post", "ID Pagina", "Nome Pagina", "Titolo", "Descrizione", "Durata (s)", "Orario di pubblicazione"),
    *("Permalink", "Tipo di post", "Data", "Visualizzazioni", "Copertura", "Reazioni, commenti e condivisioni"),
    *("Reazioni", "Commenti", "Condivisioni", "Clic totali"),
)


def italian(folder: Path, name: str, stamps: list[str], *, delimiter: str = ",") -> Path:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(COLUMNS)
    for number, stamp in enumerate(stamps, start=1):
        post, owner = str(1122334455667700 + number), "100044310645639"
        said = (post, owner, "Caffè Alba", "", f"Il caffè del giorno, n. {number}", 0)
        figures = (5120 + number, 4301 + number, 239, 212, 18, 9, 44)
        link = f"https://www.facebook.com/caffealba/posts/{number}"
        writer.writerow([*said, stamp, link, "Foto", "Lifetime", *figures])
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    return path


@pytest.mark.parametrize("width", [1440, 390])
def test_a_first_import_in_italian_leads_to_its_end_without_help(look, cast, tmp_path, width):
    plain = italian(tmp_path, "Feb-01-2026_Mar-15-2026.csv", ["02/14/2026 23:30", "03/02/2026 09:00"])
    twofold = italian(tmp_path, "aperto e salvato.csv", ["04/03/2026 10:00", "05/06/2026 11:00"], delimiter=";")
    wrong = tmp_path / "fattura.pdf"
    wrong.write_bytes(b"%PDF-1.7 nothing to see")
    looked = look(View(width, "light", "it"), cast.bea)
    page = looked.page
    page.goto(reverse("import_new", args=[cast.brand.slug]))
    page.locator("summary", has_text="Facebook e Instagram: post").click()
    keep_picture(looked, f"walk-1-upload-{width}")
    page.set_input_files("input[type=file]", [str(path) for path in (plain, twofold, wrong)])
    page.get_by_role("button", name="Carica e guarda").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    page.get_by_role("heading", name="Controlla il caricamento").wait_for()
    keep_picture(looked, f"walk-2-review-{width}")
    assert "Questo è un PDF" in page.content()
    assert "Quali date si intendono" in page.content()
    # 23:30 in Los Angeles is the next morning in Rome.
    assert page.get_by_role("row", name="15 feb 2026 08:30").count() == 1
    page.get_by_role("button", name="Importa", exact=True).click()
    page.locator(".field-error", has_text="Scegli la lettura giusta.").wait_for()
    keep_picture(looked, f"walk-3-asked-{width}")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(".reading", has_text="Prima il giorno").last.click()
    page.locator("td", has_text="4 mar 2026").first.wait_for()
    keep_picture(looked, f"walk-4-answered-{width}")
    assert looked.faults() == []
    page.get_by_role("button", name="Importa", exact=True).click()
    page.wait_for_url("**/jobs/*/")
    keep_picture(looked, f"walk-5-job-{width}")
    with brands_in_scope(cast.brand.pk):
        assert ImportBatch.objects.get().state == "confirmed"
