"""A made-up State's records, links and themes: enough of everything, nothing real."""

from __future__ import annotations

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as Asked
from linker.documents.inputs import Source
from linker.links import Convergence, SdgLink
from linker.plan.entries import PlanEntry
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.review.decisions import Decision
from linker.review.results import ProposedConvergence, ProposedSdgLink
from linker.themes.theme import Member, Theme, Xray

ARABIC = "اعتماد قانون يحظر زواج الأطفال وإنشاء ملاجئ للفتيات"
FORMULA = '=HYPERLINK("http://example.org","Establish a shelter in every district")'


def upr(number: str, cycle: str, text: str, by: tuple[str, ...], position: str) -> Record:
    year = {"2": 2014, "3": 2019, "4": 2024}[cycle]
    return Record(
        id=f"XVM-UPR{cycle}-{number}",
        text=text,
        state="XVM",
        mechanism="UPR",
        body="UPR",
        symbol=f"A/HRC/{10 * int(cycle)}/XVM",
        paragraph=number,
        year=year,
        date=f"{year}-05-02",
        cycle=cycle,
        themes=("Harmful practices", "Discrimination against women"),
        groups=("Women & girls", "Children"),
        sdgs=("5",),
        recommending_states=by,
        position=position,
    )


def tb(body: str, paragraph: str, text: str, year: int = 2021, number: int = 5) -> Record:
    return Record(
        id=f"XVM-{body}-{number}-{paragraph}",
        text=text,
        state="XVM",
        mechanism="SP" if body == "SP" else "TB",
        body=body,
        symbol="A/HRC/50/9/XVM" if body == "SP" else f"{body}/C/XVM/CO/{number}",
        paragraph=paragraph,
        year=year,
        date=f"{year}-11-12",
    )


MARRIAGE_4 = upr(
    "110.2",
    "4",
    "Raise the minimum age of marriage to 18 years without exception "
    "and enforce it in the northern valleys",
    ("FRA", "KEN", "PRY"),
    "supported",
)
MARRIAGE_3 = upr("98.4", "3", "Prohibit the marriage of children", ("PRT",), "supported")
CEDAW = tb(
    "CEDAW",
    "21 (b)",
    "The Committee notes with concern that marriages of girls are still "
    "registered. It recommends that the State party: (a) Amend the Family Act so that the "
    "minimum age of marriage is 18 years for women and men, without exception; (b) Train "
    "registrars and traditional leaders on the harm that early marriage does.",
)
CRC = tb(
    "CRC",
    "34",
    "Enact a law that sets the age of marriage at 18 years and register every "
    "marriage with the civil authorities.",
    2018,
)
SP = tb(
    "SP",
    "77",
    "Open a shelter in every valley for girls who flee a forced marriage, with a "
    "budget line of its own.",
    2022,
)
PRISONS = [
    upr("110.10", "4", "Continue efforts to improve conditions in prisons", ("NPL",), "noted"),
    upr(
        "110.9",
        "4",
        "Close the Old Fort prison by 2026 and move its inmates to a facility that "
        "meets the Nelson Mandela Rules",
        ("CHE", "DNK", "URY", "GHA"),
        "partly supported",
    ),
    upr(
        "98.20",
        "3",
        "Consider setting up an independent body that visits prisons",
        ("TUN",),
        "noted",
    ),
    tb(
        "CAT",
        "16",
        "The State party should: (a) Designate a national preventive mechanism with "
        "its own budget; (b) Publish the reports of its visits; (c) Reduce overcrowding through "
        "alternatives to detention.",
        2020,
    ),
    tb(
        "CAT",
        "14",
        "The State party should ensure that all inmates see a doctor within 24 hours.",
        2013,
        4,
    ),
    tb("CCPR", "29", "Reduce overcrowding & separate <minors> from adults.", 2019),
]
SCHOOLS = [
    upr(f"110.{40 + n}", "4", text, (state,), "pending" if n == 2 else "supported")
    for n, (text, state) in enumerate(
        [
            (FORMULA, "AUT"),
            (ARABIC, "JOR"),
            ("Zajistit dětem se zdravotním postižením přístup k běžným školám", "CZE"),
            ("Ensure that girls who marry or give birth can return to school", "CAN"),
            ("@Allocate 6 per cent of the budget to education", "CUB"),
            ("Provide sign-language teachers in all public schools", "FIN"),
            ("Ratify the Convention against Discrimination in Education", "LVA"),
        ]
    )
] + [
    tb("CRPD", "48", "Adopt a plan with time frames for inclusive education, and train teachers."),
    tb("CESCR", "51", "Allocate resources so that schools are accessible.", 2016),
    tb("CRC", "52", "- Ensure inclusive education of children with disabilities.", 2018),
]
UNTAGGED = [
    upr("98.1", "3", "Submit overdue reports to the treaty bodies", (), ""),
    upr("77.12", "2", "Prohibit child marriage in law", ("ESP",), "noted"),
    tb("CERD", "9", "Collect disaggregated data on ethnic groups.", 2017),
]
RECORDS = [MARRIAGE_4, MARRIAGE_3, CEDAW, CRC, SP, *PRISONS, *SCHOOLS, *UNTAGGED]
HOMELESS = UNTAGGED[2]


def convergence(
    left: Record,
    right: Record,
    probability: float,
    decision: str = "",
    ask: int = 0,
    relation: str = "convergence",
) -> ProposedConvergence:
    link = Convergence(
        left_id=left.id,
        right_id=right.id,
        left_ask=ask,
        right_ask=0,
        probability=probability,
        probability_related=min(1.0, probability + 0.1),
        relation=relation,
        reiteration=left.body == right.body,
        band="propose" if probability >= 0.7 else "ask" if probability >= 0.3 else "hide",
    )
    return ProposedConvergence(link, left, right, decided(link.link_id, decision))


def target(record: Record, code: str, probability: float, decision: str = "") -> ProposedSdgLink:
    parts = code.split(".")
    link = SdgLink(
        record_id=record.id,
        ask=0,
        target=".".join(parts[:2]),
        indicator=code if len(parts) == 3 else "",
        role="direct" if len(parts) == 3 else "",
        probability=probability,
        band="propose" if probability >= 0.7 else "ask",
    )
    return ProposedSdgLink(link, record, decided(link.link_id, decision))


def decided(link_id: str, verdict: str) -> Decision | None:
    if not verdict:
        return None
    return Decision(1, link_id, verdict, "Amina Otieno", "", "2026-03-04T09:15:00Z")


CONVERGENCES = [
    convergence(CEDAW, MARRIAGE_4, 0.91, "confirm"),
    convergence(CRC, MARRIAGE_4, 0.874),
    convergence(MARRIAGE_3, MARRIAGE_4, 0.8),
    convergence(CEDAW, MARRIAGE_3, 0.75),
    convergence(SP, MARRIAGE_4, 0.45),
    convergence(PRISONS[3], PRISONS[2], 0.99, "reject"),
    convergence(PRISONS[5], PRISONS[3], 0.88, "unsure"),
    convergence(SCHOOLS[7], SCHOOLS[5], 0.72),
    convergence(SCHOOLS[9], SCHOOLS[7], 0.9, "", 0, "related"),
]
SDG = [
    target(MARRIAGE_4, "5.3", 0.97, "confirm"),
    target(MARRIAGE_4, "5.3.1", 0.93, "confirm"),
    target(MARRIAGE_4, "16.9", 0.5),
    target(CEDAW, "5.3", 0.9),
    target(SCHOOLS[5], "4.5", 0.81),
    target(SCHOOLS[5], "4.a.1", 0.77),
    target(PRISONS[1], "16.3", 0.74),
    target(PRISONS[1], "16.3.2", 0.74),
    target(SCHOOLS[6], "7.1", 0.99, "reject"),
]


LOG = [
    Decision(1, CONVERGENCES[0].link.link_id, "confirm", "Ada", "", "2026-03-04T09:15:00+00:00",
             (("left_id", CEDAW.id), ("probability", "0.9100"), ("relation", "convergence"))),
    Decision(2, "S-0123456789ab", "reject", "Ada", "no", "2026-03-04T09:16:00+00:00",
             (("record_id", CEDAW.id), ("target", "5.3"), ("probability", "0.9000"))),
    Decision(3, "T-0000000001", "rename", "Ada", "", "2026-03-04T09:17:00+00:00",
             (("state", "XVM"), ("label", "Reporting")), "edit"),
]  # fmt: skip


def theme(number: int, umbrella: str, label: str, records: list[Record]) -> Theme:
    members = tuple(Member(r.id, 0.9 - 0.05 * n, n == 2) for n, r in enumerate(records))
    return Theme(f"T-{number:010d}", umbrella, label, records[0].text, members)


THEMES = (
    theme(1, "Legal and institutional reforms", "Treaty reporting", [UNTAGGED[0]]),
    theme(2, "Civil and political rights", "Conditions of detention", PRISONS),
    theme(3, "Economic, social and cultural rights", "Inclusive education", SCHOOLS),
    theme(4, "Rights of groups", "Child, early and forced marriage",
          [MARRIAGE_4, MARRIAGE_3, CEDAW, CRC, SP, UNTAGGED[1]]),
)  # fmt: skip


_ASKED = (Asked(MARRIAGE_4.id, 0, "", 0.97), Asked(MARRIAGE_3.id, 0, "", 0.61, "ask"))
CLUSTERS = (
    ShownCluster(
        Cluster("CL-0000000001", "End child marriage", _ASKED),
        "XVM",
        (ShownMember(_ASKED[0], MARRIAGE_4, LOG[0]), ShownMember(_ASKED[1], MARRIAGE_3, None)),
        LOG[0],
        "Harmful practices",
    ),
)


def made_up(**changes: object) -> Source:
    """Return the made-up source, in a shuffled order when asked."""
    values: dict[str, object] = {
        "state": "XVM",
        "records": RECORDS,
        "convergences": CONVERGENCES,
        "sdg": SDG,
        "xray": Xray("XVM", THEMES),
        "model": "all-MiniLM-L6-v2 53aa5117",
        "version": "0.1.0",
        "date": "2026-03-05",
        "decisions": LOG,
        "clusters": CLUSTERS,
    }
    return Source(**{**values, **changes})  # type: ignore[arg-type]


FILLED = {
    MARRIAGE_4.id: PlanEntry(
        responsible="Ministry of Justice", deadline="2027-12-31", status="in progress"
    )
}
