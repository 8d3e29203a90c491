"""Bytes by chance: hypothesis puts them together of right ones, of words, and of what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.fuzz.readers import Reader

ODD = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *(
            "",
            " ",
            "\t",
            "\0",
            "\x1c",
            "\x7f",
            "\x85",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u202e",
            "\u200d",
            "\ud800",
        ),
        *(
            "İ",
            "ß",
            "ﬁ",
            "е\u0301",
            "٣",
            "²",
            "½",
            "𝟙",
            "🙂",
            "\u3000",
            "\u00a0",
            "ʼ",
            "a" * 300,
            "я" * 5000,
        ),
        *("-0", "+1", "1_000", "1e999", "nan", "inf", "9" * 40, "0x10", "-1", "1.", ".5", "1,5"),
        *(
            "0000-00-00",
            "0001-01-01",
            "9999-12-31",
            "2024-02-30",
            "10000-01-01",
            "today",
            "ongoing",
        ),
        *(
            "|",
            "||",
            "||||",
            ",",
            ";",
            "=",
            "%",
            "%s",
            "{}",
            "{0}",
            "${x}",
            "<b>",
            "'",
            '"',
            "\\",
            "/",
            "..",
        ),
        *(
            "[" * 200,
            "(" * 60,
            "null",
            "true",
            "None",
            "city:",
            ":",
            "org:x",
            "all",
            "G01",
            "G99",
            "__class__",
        ),
    )
)
"""What readers have stumbled over, here or elsewhere."""


def texts() -> st.SearchStrategy[bytes]:
    """A short text of any signs, halves of pairs as well."""
    return st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, reader: Reader) -> bytes:
    """Bytes that the reader takes, changed in up to eight places; now and then any bytes at all."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.binary(max_size=200))
    data = draw(st.sampled_from(reader.examples))
    pieces = st.one_of(
        st.sampled_from(reader.words or ODD), st.sampled_from(ODD), texts(), st.binary(max_size=4)
    )
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        # Mostly a few bytes go, now and then all that is left.
        gone = draw(st.one_of(st.integers(0, 6), st.integers(0, len(data))))
        put = draw(pieces) if draw(st.integers(0, 9)) else data[at : at + gone] * 2
        data = data[:at] + put + data[at + gone :]
    return data
