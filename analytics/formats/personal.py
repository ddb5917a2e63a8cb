"""Tells files that hold data of customers by their columns, so that nothing of one that is not read is kept."""

from __future__ import annotations

from analytics.formats.tables import Source, normal

LOOKED_AT = 12
ADDRESS = frozenset(
    {
        *(
            "email",
            "e-mail",
            "email address",
            "e-mail address",
            "customer email",
            "billing email",
            "contact email",
        ),
        *(
            "indirizzo email",
            "indirizzo e-mail",
            "e-mail-adresse",
            "correo electrónico",
            "adresse e-mail",
            "e-mail ",
        ),
    }
)
PERSON = frozenset(
    {
        *(
            "first name",
            "last name",
            "full name",
            "customer name",
            "billing name",
            "shipping name",
            "recipient name",
        ),
        *("phone", "phone number", "billing phone", "shipping phone", "default address phone", "mobile"),
        *("address", "address1", "billing address1", "shipping address1", "billing street", "shipping street"),
        *("default address address1", "billing city", "shipping city", "zip", "billing zip", "shipping zip"),
        *("nome", "cognome", "telefono", "indirizzo", "vorname", "nachname", "telefon", "adresse", "nombre"),
        *("apellido", "apellidos", "teléfono", "prénom", "nom", "téléphone", "sobrenome", "telefone", "endereço"),
    }
)


def holds_customers(source: Source) -> bool:
    """Whether a row of column names asks for a person's mail address and for more of the person."""
    for sheet in source.sheets:
        for _line, cells in sheet.head[:LOOKED_AT]:
            names = {normal(text) for text in cells}
            if names & ADDRESS and names & PERSON:
                return True
    return False
