"""UN documents in other languages and layouts, by files of our own words."""

import docx
import pytest
from record_files import read

from linker.records.importers.un.document import Paragraph
from linker.records.importers.un.numbered import numbered_paragraphs


def document(path, lines):
    """Write paragraphs, and tables where a line is a list of rows."""
    made = docx.Document()
    for line in lines:
        if isinstance(line, str):
            made.add_paragraph(line)
            continue
        table = made.add_table(rows=len(line), cols=len(line[0]))
        for cell, text in zip(table._cells, [text for row in line for text in row], strict=True):
            cell.text = text
    made.save(str(path))
    return path


def told(records, *fields):
    return [tuple(getattr(record, field) for field in fields) for record in records]


OBSERVATIONS = {
    "fr": ["Nations Unies", "CRC/C/SEN/CO/9", "Observations finales sur le rapport du Sénégal",
           "1. Le Comité a examiné le rapport.", "II. Principaux sujets de préoccupation",
           "Châtiments corporels", "2. Le Comité est préoccupé par les châtiments.",
           "3. Le Comité recommande à l’État partie :", "a) D’interdire les châtiments ;",
           "b) De former les enseignants."],
    "ru": ["Объединенные Нации", "CRC/C/SEN/CO/9", "Заключительные замечания по докладу",
           "1. Комитет рассмотрел доклад.", "II. Основные вопросы, вызывающие озабоченность",
           "Телесные наказания", "2. Комитет обеспокоен телесными наказаниями.",
           "3. Государству-участнику следует:", "a) запретить наказания;", "b) обучать учителей."],
    "ar": ["الأمم المتحدة", "CRC/C/SEN/CO/9", "الملاحظات الختامية على تقرير السنغال",
           "1- نظرت اللجنة في التقرير.", "ثانيا- الشواغل الرئيسية", "العقاب البدني",
           "2- يساور اللجنة القلق إزاء العقاب البدني.", "3- توصي اللجنة الدولة الطرف بما يلي:",
           "(أ) حظر العقاب البدني؛", "(ب) تدريب المعلمين."],
    "zh": ["联合国", "CRC/C/SEN/CO/9", "关于塞内加尔的结论性意见", "1. 委员会审议了报告。",
           "二. 主要关切领域", "体罚", "2. 委员会对体罚感到关切。", "3. 委员会建议缔约国：",
           "(a) 禁止体罚；", "(b) 培训教师。"],
}  # fmt: skip


@pytest.mark.parametrize("language", OBSERVATIONS)
def test_concluding_observations_in_languages_of_the_un(language, tmp_path):
    lines = OBSERVATIONS[language]
    (record,), _ = read(document(tmp_path / "x.docx", lines))
    assert (record.state, record.body, record.paragraph) == ("SEN", "CRC", "3")
    assert record.text.count("\n") == 2
    assert record.heading == lines[5]
    assert record.context.startswith("2. ")


REPORTS = {
    "fr": ["Rapport du Groupe de travail sur l’Examen périodique universel*", "Niger",
           "II. Conclusions et/ou recommandations",
           "122. Les recommandations ci-après recueillent l’adhésion du Niger :",
           "122.1 Ratifier le Protocole (Chili) (Côte d’Ivoire) ;",
           "123. Le Niger a pris note des recommandations ci-après :",
           "123.1 Abolir la peine de mort (Suisse et Allemagne).",
           "124. Toutes les conclusions et recommandations reflètent la position des États."],
    "es": ["Informe del Grupo de Trabajo sobre el Examen Periódico Universal*", "Níger",
           "II. Conclusiones y/o recomendaciones",
           "122. Las recomendaciones que figuran a continuación cuentan con el apoyo del Níger:",
           "122.1 Ratificar el Protocolo (Chile) (Côte d’Ivoire);",
           "123. El Níger ha tomado nota de las recomendaciones siguientes:",
           "123.1 Abolir la pena de muerte (Suiza y Alemania)."],
    "ru": ["Доклад Рабочей группы по универсальному периодическому обзору*", "Нигер",
           "II. Выводы и/или рекомендации",
           "122. Следующие рекомендации пользуются поддержкой Нигера:",
           "122.1 ратифицировать Протокол (Чили) (Кот-д’Ивуар);",
           "123. Нигер принял к сведению следующие рекомендации:",
           "123.1 отменить смертную казнь (Швейцария и Германия)."],
    "zh": ["普遍定期审议工作组报告*", "尼日尔", "二. 结论和/或建议",
           "122. 以下建议得到尼日尔的支持：", "122.1 批准《议定书》（智利）（科特迪瓦）；",
           "123. 尼日尔注意到以下建议：", "123.1 废除死刑（瑞士、德国）。"],
}  # fmt: skip


@pytest.mark.parametrize("language", REPORTS)
def test_reports_of_the_working_group_in_languages_of_the_un(language, tmp_path):
    records, _ = read(document(tmp_path / "x.docx", ["A/HRC/47/13", *REPORTS[language]]))
    assert told(records, "state", "paragraph", "position", "recommending_states") == [
        ("NER", "122.1", "supported", ("CHL", "CIV")),
        ("NER", "123.1", "noted", ("CHE", "DEU")),
    ]
    assert all(record.language == "" for record in records)


ADDENDA = {
    "fr": ["Rapport du Groupe de travail sur l’Examen périodique universel", "Niger", "Additif",
           "1. Le Niger accepte les recommandations 122.1, 122.3 et 122.5 à 122.7.",
           "2. Le Niger prend note de toutes les autres recommandations."],
    "es": ["Informe del Grupo de Trabajo sobre el Examen Periódico Universal", "Níger", "Adición",
           "1. El Níger acepta las recomendaciones 122.1, 122.3 y 122.5 a 122.7.",
           "2. El Níger toma nota de todas las demás recomendaciones."],
    "en": ["Report of the Working Group on the Universal Periodic Review", "Niger", "Addendum",
           "1. Niger accepts recommendations 122.1, 122.3 and 122.5 to 122.7.",
           "2. All other recommendations are noted."],
    "a table": ["Report of the Working Group on the Universal Periodic Review", "Niger", "Addendum",
                "1. All other recommendations are noted.",
                [["Recommendation", "Position"], ["122.1 Ratify the Protocol", "Supported"],
                 ["122.3, 122.5-7", "Accepted"]]],
    "headed lists": ["Report of the Working Group on the Universal Periodic Review", "Niger",
                     "Addendum", "Recommendations that enjoy the support of Niger", "122.1",
                     "122.3", "122.5-122.7", "Other matters",
                     "The remaining recommendations were noted by Niger."],
}  # fmt: skip


@pytest.mark.parametrize("how", ADDENDA)
def test_addenda_say_positions_by_number_and_of_all_others(how, tmp_path):
    records, notes = read(document(tmp_path / "x.docx", ["A/HRC/47/13/Add.1", *ADDENDA[how]]))
    said = {record.paragraph: record.position for record in records}
    assert said == {**dict.fromkeys(("122.1", "122.3", "122.5", "122.6", "122.7"), "supported"),
                    "*": "noted"}  # fmt: skip
    assert all(record.wordless for record in records)
    assert notes.counts["told", "position of all others"] == 1


def test_states_in_a_cell_of_their_own_recommend(tmp_path):
    rows = [["Recommendation", "Recommending State"], ["160.1 Ratify the Protocol", "Chile, Fiji"],
            ["160.2 Ban corporal punishment", "Mali"]]  # fmt: skip
    lines = ["A/HRC/47/13", "Report of the Working Group on the Universal Periodic Review", "Niger",
             "II. Conclusions and/or recommendations",
             "160. The following recommendations were noted by Niger:", rows]  # fmt: skip
    records, _ = read(document(tmp_path / "x.docx", lines))
    assert told(records, "paragraph", "text", "recommending_states") == [
        ("160.1", "Ratify the Protocol", ("CHL", "FJI")),
        ("160.2", "Ban corporal punishment", ("MLI",)),
    ]


def test_concluding_observations_that_stand_in_a_table(tmp_path):
    rows = [["Paragraph", "Concern", "Recommendation"],
            ["5", "Few complain.", "Set up a complaints body."],
            ["7", "Cells are full.", "Reduce the number of prisoners."]]  # fmt: skip
    lines = ["United Nations", "CAT/C/NPL/CO/7", "Distr.: General", "Committee against Torture",
             "Concluding observations on the seventh periodic report of Nepal", rows]  # fmt: skip
    records, _ = read(document(tmp_path / "x.docx", lines))
    assert told(records, "state", "body", "symbol", "paragraph") == [
        ("NPL", "CAT", "CAT/C/NPL/CO/7", "5"), ("NPL", "CAT", "CAT/C/NPL/CO/7", "7"),
    ]  # fmt: skip


LIST = ["A/HRC/44/9",
        "Recommendations to Kenya, third cycle", "Supported", "142.1 Ratify it (Chile);",
        "142.2 Ban:", "(a) Corporal punishment;", "(b) Torture (Fiji).", "Noted by Kenya",
        "143.1 Abolish the death penalty (Mali)."]  # fmt: skip


def test_a_list_in_paragraphs_that_is_no_un_document(tmp_path):
    path = document(tmp_path / "x.docx", LIST)
    records, _ = read(path)
    assert told(records, "state", "symbol", "paragraph", "position", "recommending_states") == [
        ("KEN", "A/HRC/44/9", "142.1", "supported", ("CHL",)),
        ("KEN", "A/HRC/44/9", "142.2", "supported", ("FJI",)),
        ("KEN", "A/HRC/44/9", "143.1", "noted", ("MLI",)),
    ]
    assert records[1].text == "Ban:\n(a) Corporal punishment;\n(b) Torture"
    plain = tmp_path / "x.txt"
    plain.write_text("\n\n".join(LIST), encoding="utf-8")
    assert told(read(plain)[0], "paragraph") == [("142.1",), ("142.2",), ("143.1",)]


def test_numbers_that_belong_together_are_found_in_an_extract():
    numbers = ["1.", "2.", "1.", "2.", "3.", "41.", "42.", "12.", "43."]
    paragraphs = [Paragraph(f"Text {at}.", number) for at, number in enumerate(numbers)]
    paragraphs.insert(5, Paragraph("Recommendations", heading=1))
    found = [(one.number, one.text.split("\n")[0]) for one in numbered_paragraphs(paragraphs)]
    assert found[-3:] == [("41", "Text 5."), ("42", "Text 6."), ("43", "Text 8.")]
    assert [number for number, _ in found[:-3]] == ["1", "2", "3"]


VISITS = {
    "fr": ["Visite au Tchad", "Rapport de la Rapporteuse spéciale sur le droit à l’alimentation*",
           "1. La Rapporteuse spéciale a visité le pays.", "V. Conclusions et recommandations",
           "41. La Rapporteuse spéciale recommande au Gouvernement :",
           "a) De réparer les greniers ;", "b) De former les agriculteurs."],
    "es": ["Visita al Chad", "Informe de la Relatora Especial sobre el derecho a la alimentación*",
           "1. La Relatora Especial visitó el país.", "V. Conclusiones y recomendaciones",
           "41. La Relatora Especial recomienda al Gobierno que:",
           "a) Repare los graneros;", "b) Forme a los agricultores."],
    "ru": ["Посещение Чада", "Доклад Специального докладчика по вопросу о праве на питание*",
           "1. Специальный докладчик посетил страну.", "V. Выводы и рекомендации",
           "41. Специальный докладчик рекомендует правительству:",
           "a) отремонтировать зернохранилища;", "b) обучить фермеров."],
}  # fmt: skip


@pytest.mark.parametrize("language", VISITS)
def test_reports_on_visits_in_languages_of_the_un(language, tmp_path):
    lines = ["A/HRC/50/29/Add.1", *VISITS[language]]
    (record,), _ = read(document(tmp_path / "x.docx", lines))
    assert (record.mechanism, record.paragraph) == ("SP", "41")
    assert "b)" in record.text


SUMMARIES = {
    "fr": ["Résumé des communications des parties prenantes concernant Haïti*",
           "2. JS1 a recommandé à Haïti de ratifier la Convention.",
           "3. HRW a déclaré que la police avait tué.",
           "4. AI a engagé Haïti à fermer les prisons secrètes."],
    "es": ["Resumen de las comunicaciones de las partes interesadas sobre Haití*",
           "2. La JS1 recomendó a Haití que ratificara la Convención.",
           "3. HRW señaló que la policía mató.",
           "4. AI instó a Haití a cerrar las cárceles secretas."],
    "ru": ["Резюме материалов по Гаити, представленных заинтересованными сторонами*",
           "2. СП1 рекомендовало Гаити ратифицировать Конвенцию.",
           "3. ХРУ отметила, что полиция убивала людей.",
           "4. МА призвала Гаити закрыть тайные тюрьмы."],
}  # fmt: skip


@pytest.mark.parametrize("language", SUMMARIES)
def test_summaries_of_submissions_in_languages_of_the_un(language, tmp_path):
    lines = ["A/HRC/WG.6/40/HTI/3", SUMMARIES[language][0], "1. Introduction of the summary.",
             *SUMMARIES[language][1:]]  # fmt: skip
    records, _ = read(document(tmp_path / "x.docx", lines))
    assert told(records, "state", "mechanism", "paragraph") == [
        ("HTI", "SUB", "2"), ("HTI", "SUB", "4"),
    ]  # fmt: skip
    assert records[0].cites.startswith("JS1 in")
