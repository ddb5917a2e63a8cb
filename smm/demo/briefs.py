"""The briefs of the demo's campaigns. All invented; days are counted from the day of loading."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Brief:
    """`tasks`: day, hour, what to do, copy; `lesson`: finding, verdict, evidence, action of one that is over."""

    brand: str
    name: str
    kind: str
    utm: str
    first: int
    last: int
    platforms: tuple[str, ...]
    landing: str
    message: str
    action: str
    why_now: str
    insight: str
    proof: str
    tone: str
    avoid: str
    risks: str
    milestone: str
    share: int
    money: int
    note: str
    is_handed: bool = False
    word: str = ""
    hashtags: tuple[str, ...] = ()
    tasks: tuple[tuple[int, int, str, str], ...] = ()
    lesson: tuple[str, str, str, str] | None = None


BRIEFS = (
    Brief(
        *("ombralunga", "Porte aperte in torrefazione", "event", "porte-aperte", -92, -61),
        *(("facebook", "instagram"), "https://ombralunga.example/porte-aperte"),
        *(
            "Vieni a vedere dove nasce il tuo caffè",
            "Prenota la visita",
            "Una volta l’anno la tostatura si può vedere.",
        ),
        *(
            "Chi è stato in torrefazione ne parla per mesi.",
            "Visite guidate ogni ora",
            "caldo, preciso, mai solenne",
        ),
        *(
            "Niente superlativi",
            "Troppe persone: avvisare quando un turno è pieno",
            "Giorno delle visite",
            10,
            400,
        ),
        "Brief per l’evento",
        is_handed=True,
        lesson=(
            "Le foto delle persone al lavoro portano più commenti delle foto del prodotto",
            "keep",
            "11 post con persone e 19 con il solo prodotto, durante la campagna",
            "In ogni serie almeno un post su due mostra chi tosta",
        ),
    ),
    Brief(
        *("ombralunga", "Abbonamento mensile, inverno", "always_on", "abbonamento-mensile", -28, 45),
        *(("instagram", "facebook"), "https://ombralunga.example/abbonamento"),
        *("Tostato il lunedì, in casa il mercoledì", "Abbonati", "Con il freddo si beve più caffè a casa."),
        *("Chi compra due volte si dimentica la terza.", "La data di tostatura su ogni pacchetto"),
        *("caldo, preciso, mai solenne", "Non promettere consegne nei giorni festivi"),
        *(
            "Ritardi dei corrieri prima di Natale: dirlo entro un giorno",
            "Metà percorso",
            40,
            600,
            "Brief d’inverno",
        ),
        is_handed=True,
        word="Vale anche per l’abbonamento",
        hashtags=("caffè", "torrefazione"),
        tasks=(
            (
                -2,
                12,
                "Pubblica il racconto del lunedì di tostatura",
                "Lunedì, ore sei: il primo sacco è già in macchina.",
            ),
            (
                0,
                18,
                "Pubblica il pacchetto della settimana",
                "Questa settimana: prugna, cacao, una punta di arancia.",
            ),
            (1, 10, "Rispondi alle domande sulle consegne", ""),
            (
                4,
                18,
                "Pubblica la domanda della settimana",
                "Moka o filtro? Raccontaci la tua prima tazza del mattino.",
            ),
        ),
    ),
    Brief(
        *("ombralunga", "Una nuova monorigine in primavera", "launch", "", 70, 110),
        *(("instagram",), "https://ombralunga.example/monorigine", "Un caffè che sa di pesca", ""),
        *("Il raccolto arriva a marzo.", "", "", "", "", "", "Arrivo del raccolto", 20, 300, "Bozza"),
    ),
    Brief(
        *("vechtrijder", "Test ride days", "event", "test-ride-days", -118, -74),
        *(("facebook", "instagram"), "https://vechtrijder.example/test-ride"),
        *("Ride it before you believe it", "Book a ride", "The long evenings are here."),
        *("People who rode a cargo bike once stop asking about its weight.", "Three shops, forty bikes"),
        *("dry, helpful, never sporty", "No speed records", "Rain: move rides, do not cancel them"),
        *("Ride days in Utrecht", 10, 500, "Brief for the ride days"),
        is_handed=True,
        lesson=(
            "Short films of a loaded bike bring more bookings than portraits of riders",
            "keep",
            "9 films and 22 portraits during the campaign",
            "Show the load in the first second",
        ),
    ),
    Brief(
        *("vechtrijder", "Touring frames, winter", "always_on", "touring-frames-us", -21, 50),
        *(("instagram", "x"), "https://vechtrijder.example/touring"),
        *("Built for the road after the good road ends", "Ask for a fitting", "Tours are planned in winter."),
        *("Buyers compare geometry for weeks before they write.", "Geometry tables for every size"),
        *("dry, helpful, never sporty", "No racing words", "Delivery to the US slips: say the new week at once"),
        *("Halfway look", 30, 450, "Brief for the winter"),
        is_handed=True,
        word="Loads are shown on tour, too",
        hashtags=("bikepacking",),
        tasks=(
            (-1, 20, "Publish the frame of the week", "56 cm, four bags, no rattle. Geometry in the link."),
            (0, 20, "Publish the packing list", "What fits on a front rack when it has to rain for a week."),
            (2, 9, "Answer questions about sizes", ""),
        ),
    ),
    Brief(
        *("berthwright", "Demo requests before the season", "launch", "demo-requests", -10, 60),
        *(("linkedin",), "https://berthwright.example/demo"),
        *("Know every free berth before the phone rings", "Ask for a demo", "Marinas plan the season now."),
        *("Harbour masters trust other harbour masters.", "Two marinas that halved their phone calls"),
        *(
            "plain, exact, no marketing words",
            "No promises about other software",
            "A demo fails: have the recording",
        ),
        *("First ten demos", 30, 400, "Brief for the season"),
        is_handed=True,
        tasks=((1, 9, "Publish the harbour master’s answer", "“We stopped writing berths on paper in March.”"),),
    ),
)
