"""Dates in words and numbers, in several languages, and when something is due."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.vocabulary.said_dates import deadline, iso_date


@pytest.mark.parametrize(
    ("cell", "date"),
    [("2025-02-12T00:00:00", "2025-02-12"), ("2025", "2025"), ("2019-5", "2019-05"),
     ("46078", "2026-02-25"), ("46125.4996282407", "2026-04-13"), ("12 February 2025",
     "2025-02-12"),
     ("Feb 2025", "2025-02"), ("25/12/2024", "2024-12-25"), ("03/04/2025", None), ("soon", None),
     ("2025-13-01", None), ("2025-02-30", None)],
)  # fmt: skip
def test_dates(cell, date):
    assert iso_date(cell) == date


@pytest.mark.parametrize(
    ("said", "date"),
    [("15 juin 2027", "2027-06-15"), ("1er mars 2025", "2025-03-01"), ("May 3, 2025", "2025-05-03"),
     ("12 de febrero de 2025", "2025-02-12"), ("dezembro de 2026", "2026-12"),
     ("12 мая 2025 г.", "2025-05-12"), ("12th of May 2026", "2026-05-12"),
     ("Sept. 2025", "2025-09"), ("12/25/2024", "2024-12-25"), ("03/04/2025", None),
     ("2019 2021", None), ("Dec-26", None), ("32 May 2025", None), ("soon", None),
     ("Mayor 2025", None)],
)  # fmt: skip
def test_dates_in_words_of_several_languages(said, date):
    assert iso_date(said) == date


@pytest.mark.parametrize(
    ("said", "date"),
    [("Q3 2027", "2027-09"), ("3rd quarter of 2027", "2027-09"), ("T2 2027", "2027-06"),
     ("mid-2027", "2027-06"), ("end of 2028", "2028-12"), ("by the end of 2028", "2028-12"),
     ("by June 2027", "2027-06"), ("2026–2028", "2028"), ("d’ici fin 2027", "2027-12"),
     ("finales de 2028", "2028-12"), ("до 2030", "2030"), ("H1 2027", "2027-06"),
     ("2027-03-31", "2027-03-31"), ("2028-2026", None), ("before 2030", None), ("asap", None),
     ("every year", None), ("x" * 100_000, None)],
)  # fmt: skip
def test_when_something_is_due_at_the_latest(said, date):
    assert deadline(said) == date


@given(st.dates(datetime.date(1945, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_written(day):
    written = [day.isoformat(), f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}",
               f"{day.isoformat()}T10:00:00Z"]  # fmt: skip
    assert {iso_date(one) for one in written} == {day.isoformat()}


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text):
    for found in (iso_date(text), deadline(text)):
        assert found is None or len(found) in (4, 7, 10)
