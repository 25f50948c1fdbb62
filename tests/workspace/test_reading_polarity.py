"""No reading loses which way an ask goes: denials, verbs of not doing, and verbs that reverse."""

import pytest

from linker.reading.polarity import polarity_of
from linker.reading.reader import Reader
from linker.reading.record_reading import read
from linker.records.record import Record

DEATH, TORTURE = "c:death penalty", "c:torture"
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
]


@pytest.mark.parametrize(("language", "text", "thing", "sign"), SAID, ids=[row[1] for row in SAID])
def test_which_way_an_ask_goes(languages, language, text, thing, sign):
    (ask,) = read(Reader().english(Record(id="1", text=text, language=language))).asks
    signs = {stance.thing: stance.sign for stance in polarity_of(ask.text).stances}
    assert signs.get(thing) == sign, ask.text
