"""Words of the trade: legal forms, words that say little, and words that two languages share.

A line of ``lexicon.txt`` is one meaning with its words; each is found in all its forms (``stem``),
and the first one names the meaning. Only general words stand there: what a body is called by its
own choice is an alias of that body.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from ecosystem.identity.letters import folded

WORDS = Path(__file__).parent / "lexicon.txt"

LEGAL = frozenset(
    """
    eood ood ead ad et sd kd kda dzzd adsits eads
    ltd limited llc llp lp inc incorporated corp corporation plc jsc ojsc cjsc pjsc co company cic
    gmbh ggmbh ag ug kg kgaa ohg gbr ev mbh se sce eeig ewiv eesv
    sa sas sasu sarl eurl asbl aisbl vzw bv bvba nv srl srls spa scarl scrl sl slu slne sau scl lda
    ab as asa aps ivs oy oyj hf ehf doo dooel jp dno dd kft zrt nyrt rt bt sro zs spzoo ooo oao zao
    ae epe ike oe sia uab ou mtu vso gie ips sti pty pvt
    """.split()
)
"""Legal forms as they are folded, without points, at the end of a name."""

LEADING = frozenset("eood ood ead ad et sd kd kda dzzd adsits doo ooo oao zao uab sia ou".split())
"""Those that may also stand at its beginning."""

AROUND = frozenset(
    """
    na za i v vav s sas ot po kam do pri of for and the in at to on by de la le les du des et di e
    del della dei degli der die das und fur von im y el los las en a an da dos o van het
    sv sveti sveta saint st ss
    """.split()
)
"""Articles, prepositions and conjunctions; folded."""

TITLES = frozenset(
    """
    g n zha ja gospodin gospozha dr d r prof profesor dots inzh ing arh akad mr mrs ms miss sir
    doktor doctor assoc msc phd mba eng
    """.split()
)
"""What stands before a person's name."""

SOFT = frozenset("foundation sdruzhenie ngo".split())
"""What a body is, which one of two names of it may leave out."""

SOFT_OF_WORKS = frozenset("project programme initiative".split())
"""The same of projects and programmes."""

_NUMBERS = """
2 two dve dva ii
3 three tri iii
4 four chetiri iv
5 five pet
6 six shest vi
7 seven sedem vii
8 eight osem viii
9 nine devet ix
10 ten deset
11 eleven edinadeset xi
12 twelve dvanadeset xii
"""
NUMBERS = {
    word: line.split()[0] for line in _NUMBERS.strip().split("\n") for word in line.split()[1:]
}
"""Numbers in words and in Roman digits, folded, where the word means nothing else."""


_ARTICLE = re.compile("(?<=.{4})(ът|ят|та|то|те)$")
_FEMININE = re.compile("(?<=[нк])ия$")
_OF_PLACE = re.compile("(?<=.{3})ск[иаоя]$")
_ANY_OF_PLACE = re.compile("(?<=.{4})ск(и|а|о|ия|ият|ата|ото|ите)$")
_ADJECTIVE = re.compile("(?<=.{4})(ен|н[аои])$")
_ENDINGS = {"ен": "на но ни ена ено ени", "ски": "ска ско", "нов": "нова ново нови"}
_PLURAL = re.compile("(?<=.{3})ове$")
_CYRILLIC = re.compile("[а-яѝ]")


@lru_cache(65_536)
def stem(word: str) -> str:
    """What the forms of a Bulgarian or English word share, folded: no article, ending or plural.

    Rough, as stems are: it serves to compare and never to show.
    """
    if not _CYRILLIC.search(word):
        if len(word) > 4 and word.endswith("ies"):
            return f"{word[:-3]}y"
        plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        return word[:-1] if plural else word
    if len(word) > 3:
        word = _ARTICLE.sub("", word)
        word = _FEMININE.sub("и", word)
        word = _PLURAL.sub("", _ADJECTIVE.sub("", _OF_PLACE.sub("", word)))
        word = re.sub("(?<=.{3})[аяоеиюй]$", "", word)
    return folded(word)


def of_place(word: str) -> str:
    """The name of a place without the ending of its adjective: *шумен* of *шуменския*."""
    bare = _ANY_OF_PLACE.sub("", word)
    return bare if bare != word else ""


def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        meaning, *others = line.split()
        for word in (meaning, *others):
            found.setdefault(word, meaning)
            # Of a short adjective the stem would be too little: умен, умна.
            for last, endings in _ENDINGS.items():
                if word.endswith(last):
                    for ending in endings.split():
                        found.setdefault(word.removesuffix(last) + ending, meaning)
    stems: dict[str, dict[str, list[str]]] = {}
    for word, meaning in found.items():
        stems.setdefault(stem(word), {}).setdefault(meaning, []).append(word)
    for one, meant in stems.items():
        # Where meanings share a stem, it is that of the word which is the stem, or of none.
        bare = [meaning for meaning, words in meant.items() if one in map(folded, words)]
        told = bare if len(meant) > 1 else list(meant)
        if len(told) == 1:
            found.setdefault(one, told[0])
    return found


MEANINGS = _meanings()
"""The meaning of each word, and of each stem."""


@lru_cache(65_536)
def meaning(word: str) -> str:
    """The meaning of a word in small letters, in any of its forms; empty where none is known."""
    forms = (word, _ARTICLE.sub("", word), stem(word))
    return next((MEANINGS[form] for form in forms if form in MEANINGS), "")
