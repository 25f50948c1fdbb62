import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linker.errors import AccessError, LinkerError
from linker.review.roles import (
    EVERYBODY,
    LARGEST,
    MEANING,
    ONLOOKER,
    RIGHTS,
    ROLES,
    Person,
    Right,
    parse_roles,
    read_roles,
    same,
)

TABLE = """identity,role,name
Ada@Example.org,lead,Ada Example
grace@example.org, Reviewer ,
a81f-22,reader,Oyá Example
"""


def test_each_role_may_do_what_the_one_below_may_and_more():
    assert (
        RIGHTS["reader"]
        < RIGHTS["focal point"]
        < RIGHTS["reviewer"]
        < RIGHTS["lead"]
        == frozenset(Right)
    )
    assert set(RIGHTS) == set(ROLES) == set(MEANING)
    lead_alone = RIGHTS["lead"] - RIGHTS["reviewer"]
    assert lead_alone == {
        Right.IMPORT, Right.BUILD, Right.ARRANGE, Right.ADJUDICATE, Right.TEACH, Right.RELEASE,
    }  # fmt: skip
    assert not any(ONLOOKER.may(right) for right in Right)


def test_a_table_gives_roles_to_people():
    roles = parse_roles(TABLE)
    assert roles.person("ada@example.ORG") == Person("ada@example.org", "lead", "Ada Example")
    assert roles.person("grace@example.org", "Grace H.") == Person(
        "grace@example.org", "reviewer", "Grace H."
    )
    assert roles.person("a81f-22").role == "reader"


@pytest.mark.parametrize("who", ["", " ", "*", "eve@example.org", "A81F-22", "ada@example.org.uk"])
def test_whom_the_table_does_not_name_has_no_role(who):
    with pytest.raises(AccessError, match=r"roles\.csv"):
        parse_roles(TABLE).person(who)


def test_a_row_for_everybody_lets_others_look_but_nobody_without_identity():
    roles = parse_roles(TABLE + "*,reader,Visitor\n")
    assert roles.person("Eve@example.org", "Eve") == Person("eve@example.org", "reader", "Eve")
    assert roles.person("ada@example.org").role == "lead"
    for nobody in ("", EVERYBODY):
        with pytest.raises(AccessError):
            roles.person(nobody)


def test_letters_that_look_alike_make_no_other_person():
    # The Kelvin sign and the long s become k and s under Python's own lower() and casefold().
    roles = parse_roles("identity,role\nkai.sos@example.org,lead\n")
    for like in ("\u212aai.sos@example.org", "kai.\u017fos@example.org"):
        with pytest.raises(AccessError):
            roles.person(like)


def test_a_focal_point_reports_for_institutions():
    roles = parse_roles(
        "identity,role,name,states,bodies\n"
        "joy@example.org,Focal-Point,Joy,KEN,Ministry of Justice; Prison Service\n"
    )
    joy = roles.person("joy@example.org")
    assert (joy.role, joy.states) == ("focal point", ("KEN",))
    assert joy.bodies == joy.reports_for == ("Ministry of Justice", "Prison Service")
    assert Person("a", "reviewer").reports_for is None
    assert Person("a", "focal point").reports_for == (), "whom nothing binds reports on nothing"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_as_spreadsheets_of_other_countries_save_it(delimiter, tmp_path):
    path = tmp_path / "roles.csv"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.replace(",", delimiter).encode())
    assert read_roles(path).person("ada@example.org").role == "lead"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1, column identity: refused: there is no such column"),
        ("identity,name\n", "row 1, column role: refused: there is no such column"),
        ("identity,role,email\n", "row 1, column email: refused: the column 'email' is not known"),
        ("identity,role,role\n", "row 1, column role: refused: the column stands there twice"),
        ("identity,role\n", "roles.csv: refused: nobody has a role in it"),
        ("identity,role\na@x,boss\n", "row 2, column role: refused: 'boss' is no role. Write rea"),
        (
            "identity,role\na@x,focal point\n",
            "row 2, column bodies: refused: a focal point reports",
        ),
        ("identity,role,bodies\na@x,lead,X\n", "row 2, column bodies: refused: a lead is not of"),
        ("identity,role\n\na@x\n", "row 3, column role: refused: '' is no role"),
        ("identity,role\n,lead\n", "row 2, column identity: refused: it is empty"),
        ("identity,role\na@x,lead\nA@X,reader\n", "row 3, column identity: refused: A@X stands"),
        ("identity,role\na b@x,lead\n", "row 2, column identity: refused: 'a b@x' holds a space"),
        ("identity,role\na\u200b@x,lead\n", "column identity: refused: 'a\\u200b@x' holds a space"),
        ("identity,role\n*,lead\n", "row 2, column role: refused: everybody who can log in"),
        ("identity,role\na@x,lead,Doe, Jane\n", "row 2: refused: it has 4 cells under 2 headings"),
        ('identity,role\n"a@x,lead\n', "roles.csv, line 2: refused: "),
    ],
)
def test_what_is_wrong_is_said_with_file_row_and_column(text, said):
    with pytest.raises(LinkerError) as refused:
        parse_roles(text)
    assert said in str(refused.value)
    assert str(refused.value).startswith("roles.csv")


def test_all_wrong_rows_are_named_at_once_up_to_a_limit():
    rows = "".join(f"p{n}@x,boss\n" for n in range(30))
    with pytest.raises(LinkerError) as refused:
        parse_roles("identity,role\n" + rows)
    lines = str(refused.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 10 more"


def test_files_that_are_none(tmp_path):
    for content, said in ((b"\xff\xfe", "not UTF-8"), (b"x" * (LARGEST + 1), "larger than 1 MB")):
        path = tmp_path / "roles.csv"
        path.write_bytes(content)
        with pytest.raises(LinkerError, match=said):
            read_roles(path)
    with pytest.raises(LinkerError, match="cannot be read"):
        read_roles(tmp_path / "missing.csv")
    with pytest.raises(LinkerError, match="cannot be read"):
        read_roles(tmp_path)


@given(st.text() | st.text(alphabet='identyrolame*@,;\t"\n\r reader\u212a\0'))
@example("identity,role\n*,reader")
@example('identity,role\n"')
def test_any_text_is_read_or_refused_with_a_reason(text):
    try:
        roles = parse_roles(text)
    except LinkerError as error:
        said = str(error)
    else:
        said = roles.file
        assert roles.people
        assert all(person.role in ROLES for person in roles.people)
    assert said.startswith("roles.csv")


identities = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=30
).filter(lambda text: text not in (EVERYBODY,) and text.isprintable())
people = st.lists(
    st.tuples(identities, st.sampled_from(ROLES), st.text(st.characters(codec="utf-8"))),
    min_size=1,
    max_size=8,
    unique_by=lambda row: same(row[0]),
)


@given(people, st.sampled_from(",;\t"))
def test_what_is_written_as_csv_is_read_as_it_was_meant(rows, delimiter):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(("identity", "role", "name", "bodies"))
    writer.writerows((*row, "A Ministry" * (row[1] == "focal point")) for row in rows)
    roles = parse_roles(out.getvalue())
    for identity, role, name in rows:
        found = roles.person(identity)
        assert (found.identity, found.role) == (same(identity), role)
        assert found.name == " ".join(name.split())


@given(st.text(), st.text())
def test_the_spelling_of_an_identity_is_one(one, other):
    assert same(same(one)) == same(one)
    if same(one) == same(other):
        assert one.strip().lower() == other.strip().lower()


def test_a_refusal_says_who_may():
    with pytest.raises(AccessError, match="ada is a reader and may not decide on links") as refused:
        Person("ada", "reader").check(Right.DECIDE)
    assert "the role reviewer or lead" in str(refused.value)
    with pytest.raises(AccessError, match="the role lead;"):
        Person("ada", "reviewer").check(Right.BUILD)
    with pytest.raises(AccessError, match="Nobody logged in"):
        ONLOOKER.check(Right.PLAN)


def test_a_role_may_be_for_some_states_in_any_usual_spelling():
    table = "identity,role,states\nada@example.org,lead,kenya; NPL\n*,reader,Viet Nam\nbo@x,lead,\n"
    roles = parse_roles(table)
    assert roles.person("ada@example.org").states == ("KEN", "NPL")
    assert roles.person("eve@example.org").states == ("VNM",)
    assert roles.person("bo@x").states == ()
    with pytest.raises(LinkerError, match=r"row 2, column states: refused: 'Atlantis' is no State"):
        parse_roles("identity,role,states\nada@example.org,lead,KEN;Atlantis\n")
