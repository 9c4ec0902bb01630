from directory.admin.merge import MINE, OBJECT, THEIRS, Difference, differences, merge

ROW = ("contacts", "7")
BASE = {OBJECT: {"name": ["Soporte"], "person": []}, ROW: {"label": ["Línea"]}}


def changed(row, **values):
    return {**BASE, row: {**BASE[row], **values}}


def without(row):
    return {key: values for key, values in BASE.items() if key != row}


def test_what_nobody_else_changed_makes_no_difference():
    assert differences(BASE, changed(OBJECT, name=["Mesa"]), BASE) == []


def test_what_both_changed_alike_makes_no_difference():
    edited = changed(OBJECT, name=["Mesa"])
    assert differences(BASE, edited, edited) == []


def test_a_field_that_both_changed_is_contested():
    [found] = differences(BASE, changed(OBJECT, name=["Mesa"]), changed(OBJECT, name=["Ayuda"]))
    assert found == Difference(OBJECT, "name", ["Soporte"], ["Mesa"], ["Ayuda"])
    assert found.is_contested


def test_a_field_that_only_others_changed_is_told_but_not_contested():
    [found] = differences(BASE, changed(OBJECT, person=["Ana"]), changed(OBJECT, name=["Ayuda"]))
    assert found == Difference(OBJECT, "name", ["Soporte"], ["Soporte"], ["Ayuda"])
    assert not found.is_contested


def test_edits_of_different_fields_are_joined():
    mine, theirs = changed(OBJECT, person=["Ana"]), changed(OBJECT, name=["Ayuda"])
    assert merge(BASE, mine, theirs, {"||name": THEIRS}) == (
        {OBJECT: {"name": ["Ayuda"], "person": ["Ana"]}, ROW: {"label": ["Línea"]}},
        [],
    )


def test_a_contested_field_is_as_decided():
    mine, theirs = changed(OBJECT, name=["Mesa"]), changed(OBJECT, name=["Ayuda"])
    kept = {choice: merge(BASE, mine, theirs, {"||name": choice})[0] for choice in (MINE, THEIRS)}
    assert kept == {MINE: mine, THEIRS: theirs}


def test_a_row_that_others_added_stays_or_goes():
    theirs = {**BASE, ("contacts", "8"): {"label": ["Nueva"]}}
    [found] = differences(BASE, BASE, theirs)
    assert found == Difference(("contacts", "8"), "", None, None, {"label": ["Nueva"]})
    assert merge(BASE, BASE, theirs, {found.key: THEIRS}) == (theirs, [])
    assert merge(BASE, BASE, theirs, {found.key: MINE}) == ({**BASE, ("contacts", "8"): None}, [])


def test_a_row_that_others_removed_stays_away_or_is_added_again():
    mine = changed(ROW, label=["Línea única"])
    [found] = differences(BASE, mine, without(ROW))
    assert found.is_contested
    assert merge(BASE, mine, without(ROW), {found.key: THEIRS}) == (without(ROW), [])
    assert merge(BASE, mine, without(ROW), {found.key: MINE}) == (
        without(ROW),
        [("contacts", {"label": ["Línea única"]})],
    )


def test_a_row_that_i_removed_and_others_changed_is_as_decided():
    theirs = changed(ROW, label=["Línea única"])
    [found] = differences(BASE, without(ROW), theirs)
    assert found == Difference(ROW, "", {"label": ["Línea"]}, None, {"label": ["Línea única"]})
    assert merge(BASE, without(ROW), theirs, {found.key: MINE}) == ({**BASE, ROW: None}, [])
    assert merge(BASE, without(ROW), theirs, {found.key: THEIRS}) == (theirs, [])


def test_a_row_that_only_i_removed_is_removed():
    theirs = changed(OBJECT, name=["Ayuda"])
    kept, _added = merge(BASE, without(ROW), theirs, {"||name": THEIRS})
    assert kept == {OBJECT: {"name": ["Ayuda"], "person": []}, ROW: None}


def test_a_row_that_both_removed_makes_no_difference():
    assert differences(BASE, without(ROW), without(ROW)) == []


def test_a_row_of_which_others_changed_what_belongs_to_it_is_not_removed_unasked():
    [found] = differences(BASE, without(ROW), BASE, {ROW})
    assert found == Difference(ROW, "", {"label": ["Línea"]}, None, {"label": ["Línea"]})
    assert found.is_contested
    kept = merge(BASE, without(ROW), BASE, {found.key: THEIRS}, {ROW})
    assert kept == (BASE, [])
    gone = merge(BASE, without(ROW), BASE, {found.key: MINE}, {ROW})
    assert gone == ({**BASE, ROW: None}, [])


def test_what_belongs_to_a_row_that_stays_makes_no_difference():
    assert differences(BASE, BASE, BASE, {ROW}) == []
