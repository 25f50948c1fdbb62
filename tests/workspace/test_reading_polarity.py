"""No reading loses which way an ask goes: denials, verbs of not doing, and verbs that reverse."""

import pytest

from linker.reading.polarity import polarity_of
from linker.reading.reader import Reader
from linker.reading.record_reading import read
from linker.records.record import Record

DEATH, TORTURE = "c:death penalty", "c:torture"
ASYLUM, SPEECH = "c:asylum and refugees", "c:freedom of expression"
ARREST = "c:arbitrary detention"
SAID = [
    ("es", "Abolir la pena de muerte", DEATH, -1),
    ("es", "No restablecer la pena de muerte", DEATH, -1),
    ("es", "Abstenerse de restablecer la pena de muerte", DEATH, -1),
    ("es", "Restablecer la pena de muerte", DEATH, 1),
    ("es", "Mantener la pena de muerte para los delitos más graves", DEATH, 1),
    ("es", "Poner fin a la detención de niños migrantes", "detent", -1),
    ("es", "Dejar de aplicar la pena de muerte", DEATH, -1),
    ("es", "No derogar la moratoria de la pena de muerte", DEATH, -1),
    ("fr", "Abolir la peine de mort", DEATH, -1),
    ("fr", "Ne pas rétablir la peine de mort", DEATH, -1),
    ("fr", "S'abstenir de rétablir la peine de mort", DEATH, -1),
    ("fr", "Rétablir la peine de mort", DEATH, 1),
    ("fr", "Mettre fin à la peine de mort", DEATH, -1),
    ("fr", "Cesser d'appliquer la peine de mort", DEATH, -1),
    ("fr", "Maintenir la peine de mort", DEATH, 1),
    ("pt", "Abolir a pena de morte", DEATH, -1),
    ("pt", "Não restabelecer a pena de morte", DEATH, -1),
    ("pt", "Abster-se de restabelecer a pena de morte", DEATH, -1),
    ("pt", "Restabelecer a pena de morte", DEATH, 1),
    ("ru", "Отменить смертную казнь", DEATH, -1),
    ("ru", "Не восстанавливать смертную казнь", DEATH, -1),
    ("ru", "Воздерживаться от восстановления смертной казни", DEATH, -1),
    ("ru", "Восстановить смертную казнь", DEATH, 1),
    ("ar", "إلغاء عقوبة الإعدام", DEATH, -1),
    ("ar", "الامتناع عن تنفيذ عقوبة الإعدام", DEATH, -1),
    ("ar", "الإبقاء على عقوبة الإعدام", DEATH, 1),
    ("zh", "废除死刑", DEATH, -1),
    ("zh", "不要恢复死刑", DEATH, -1),
    ("zh", "恢复死刑", DEATH, 1),
    ("zh", "维持死刑", DEATH, 1),
    # Two words, one denial.
    ("es", "No imponer ninguna condena a muerte", DEATH, -1),
    ("es", "No imponer nunca la pena de muerte", DEATH, -1),
    ("fr", "N'imposer aucune condamnation à mort", DEATH, -1),
    ("fr", "Ne jamais appliquer la peine de mort", DEATH, -1),
    ("fr", "Veiller à ce que nul ne soit soumis à la torture", TORTURE, -1),
    ("pt", "Não impor nenhuma pena de morte", DEATH, -1),
    ("ru", "Не применять смертную казнь ни при каких обстоятельствах", DEATH, -1),
    ("ru", "Обеспечить, чтобы никто не подвергался пыткам", TORTURE, -1),
    ("es", "No expulsar a nadie y no restablecer la pena de muerte", DEATH, -1),
    ("fr", "N'expulser personne et ne pas rétablir la peine de mort", DEATH, -1),
    # All but what follows is denied.
    ("fr", "Ne recourir à la détention provisoire qu'en dernier ressort", ARREST, -1),
    ("es", "No solo prohibir sino también sancionar la tortura", "prohibit", 1),
    # What is done to whom: against the deed, for the people.
    ("es", "Abstenerse de expulsar a solicitantes de asilo", ASYLUM, 1),
    ("es", "Dejar de detener a niños migrantes", "children", 1),
    ("es", "Se abstenga de restringir la libertad de expresión", SPEECH, 1),
    ("es", "Que no se expulse a ningún solicitante de asilo", ASYLUM, 1),
    ("fr", "Cesser d'expulser les demandeurs d'asile", ASYLUM, 1),
    ("fr", "S'abstenir de restreindre la liberté d'expression", SPEECH, 1),
    ("fr", "Ne pas ériger la diffamation en infraction pénale", "crimin", -1),
    ("pt", "Abster-se de expulsar requerentes de asilo", ASYLUM, 1),
    ("pt", "Pôr fim às expulsões forçadas", "evict", -1),
    ("ru", "Не допускать произвольного задержания журналистов", "journalist", 1),
    ("ru", "Снять запрет на аборты", "c:abortion", 1),
    ("ar", "الامتناع عن طرد ملتمسي اللجوء", ASYLUM, 1),
    ("ar", "إنهاء احتجاز الأطفال المهاجرين", "children", 1),
    ("ar", "رفع الحظر عن الإجهاض", "c:abortion", 1),
    ("zh", "不再适用死刑", DEATH, -1),
    ("zh", "不要限制言论自由", SPEECH, 1),
    ("zh", "取消对堕胎的禁令", "c:abortion", 1),
    ("zh", "终止强迫搬迁", "evict", -1),
]


@pytest.mark.parametrize(("language", "text", "thing", "sign"), SAID, ids=[row[1] for row in SAID])
def test_which_way_an_ask_goes(languages, language, text, thing, sign):
    *_, ask = read(Reader().english(Record(id="1", text=text, language=language))).asks
    signs = {stance.thing: stance.sign for stance in polarity_of(ask.text).stances}
    assert signs.get(thing) == sign, ask.text
