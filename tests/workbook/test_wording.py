"""The normal form that every parser reads."""

from hypothesis import given
from hypothesis import strategies as st

from review.workbook.wording import is_not_applicable, is_placeholder, plain, tight
from review.workbook.wordtrie import alternation


def test_one_spelling():
    assert plain("２０２３（一）；Ａ\u3000\u200bＢ") == "2023(一);A B"
    assert tight("党 内\u3000警\n告") == "党内警告"
    assert plain(None) == tight(None) == ""


def test_fillers_and_signs():
    assert all(is_placeholder(t) for t in (None, "", " ", "—", "--", "——", "…"))
    assert not any(is_placeholder(t) for t in ("无", "/", "一", "0", "张三"))
    assert all(is_not_applicable(t) for t in ("/", "／", "不涉及", "不适用", "N/A", "\\"))
    assert not any(is_not_applicable(t) for t in ("", "—", "无", "否"))


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
    assert tight(tight(text)) == tight(text)
    assert not any(c.isspace() for c in tight(text))


@given(
    st.lists(st.text(alphabet="局长副县书记.()", min_size=1, max_size=4), min_size=1, max_size=12),
    st.text(alphabet="局长副县书记.()", max_size=12),
)
def test_a_word_tree_finds_the_longest_word(words, text):
    import re

    found = re.compile(alternation(words)).match(text)
    expected = max((w for w in words if text.startswith(w)), key=len, default=None)
    assert (found[0] if found else None) == expected
