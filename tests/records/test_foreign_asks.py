"""Texts of other languages are cut into asks and context, in the original."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.records.asks import asks, cut
from linker.records.foreign_asks import cut_foreign
from linker.vocabulary.spoken import FOREIGN

CUT = [
    (
        "El Comité observa que persiste la violencia. Recomienda al Estado que derogue la ley y "
        "que refuerce los programas de sensibilización.",
        ["derogue la ley", "refuerce los programas de sensibilización"],
    ),
    (
        "El Comité insta al Estado a que: a) Ratifique el Protocolo; b) Establezca un mecanismo "
        "nacional; c) Se abstenga de detener a periodistas.",
        [
            "Ratifique el Protocolo",
            "Establezca un mecanismo nacional",
            "Se abstenga de detener a periodistas",
        ],
    ),
    (
        "Se recomienda que el Estado parte se abstenga de: a) expulsar a solicitantes de asilo; "
        "b) separar a las familias.",
        [
            "el Estado parte se abstenga de: a) expulsar a solicitantes de asilo; b) separar a las "
            "familias"
        ],
    ),
    (
        "No restringir la libertad de reunión y perseguir a los manifestantes",
        ["No restringir la libertad de reunión y perseguir a los manifestantes"],
    ),
    (
        "Eliminar los estereotipos de género, y prevenir y combatir la trata de personas",
        ["Eliminar los estereotipos de género", "prevenir y combatir la trata de personas"],
    ),
    (
        "Le Comité recommande à l'État partie de prendre des mesures pour interdire les châtiments "
        "corporels et d'abroger l'article 20 du Code pénal.",
        [
            "prendre des mesures pour interdire les châtiments corporels",
            "abroger l'article 20 du Code pénal",
        ],
    ),
    (
        "L'État partie devrait : a) Mettre fin à la détention des enfants ; b) Garantir l'accès à "
        "l'école.",
        ["Mettre fin à la détention des enfants", "Garantir l'accès à l'école"],
    ),
    (
        "Ne pas rétablir la peine de mort et s'abstenir de toute exécution",
        ["Ne pas rétablir la peine de mort", "s'abstenir de toute exécution"],
    ),
    (
        "Комитет рекомендует государству-участнику принять закон о домашнем насилии и обеспечить "
        "доступ к приютам.",
        ["принять закон о домашнем насилии", "обеспечить доступ к приютам"],
    ),
    (
        "توصي اللجنة الدولة الطرف بأن تعتمد قانونا لمكافحة العنف المنزلي وأن تلغي عقوبة الإعدام",
        ["تعتمد قانونا لمكافحة العنف المنزلي", "تلغي عقوبة الإعدام"],
    ),
    (
        "委员会建议缔约国废除死刑，并确保残疾儿童获得包容性教育。",
        ["废除死刑", "确保残疾儿童获得包容性教育"],
    ),
    (
        "Comitê recomenda que o Estado elimine a violência doméstica e revogue a lei de difamação.",
        ["o Estado elimine a violência doméstica", "revogue a lei de difamação"],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CUT, ids=[text[:24] for text, _ in CUT])
def test_what_is_asked(text, wanted):
    assert [part.text for part in asks(text)] == wanted


def test_a_concern_alone_is_implied():
    (part,) = cut("Le Comité est préoccupé par la persistance des mariages d'enfants.")
    assert part.role == "implied"


MIXED = (
    "El Comité recomienda que: a) b) y no se abstenga de derogar ; . y et de mettre fin à "
    "и принять закон не توصي بأن تلغي وأن 建议 缔约国 废除 ， 。 140.10 “ ” ( )"
)


@given(
    st.sampled_from(FOREIGN),
    st.lists(
        st.sampled_from(MIXED.split()),
        max_size=25,
    ).map(" ".join),
)
def test_parts_are_true_spans_in_order(code, text):
    parts, end = cut_foreign(text, code), 0
    for part in parts:
        assert text[part.start : part.end] == part.text
        assert part.start >= end
        assert any(ch.isalpha() for ch in part.text)
        end = part.end
    if any(ch.isalpha() for ch in text):
        assert any(part.role != "context" for part in parts)


@pytest.mark.parametrize(
    ("code", "seed"),
    [("es", "y derogue , "), ("fr", "et de mettre "), ("ru", "и принять "), ("ar", "وأن تلغي "),
     ("zh", "并废除，"), ("fr", "a"), ("es", "a) "), ("es", " ")],
)  # fmt: skip
def test_a_long_text_takes_no_square_of_its_length(code, seed):
    def seconds(length):
        started = time.process_time()
        cut_foreign((seed * length)[:length] + "!", code)
        return time.process_time() - started

    seconds(1_000)
    assert seconds(20_000) < max(0.5, 8 * seconds(5_000))
