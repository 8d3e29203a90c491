"""The words by which rules know a name: what sorts of things are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_ORGANISATIONS: Mapping[str, str] = {
    "public-authority": "министерство община съвет комисия парламент управа кметство "
    "администрация район "
    "прокуратура палата инспекция инспекторат ministry municipality council commission committee "
    "parliament authority administration government directorate inspectorate prefecture",
    "public-agency": "агенция служба agency service",
    "university": "университет академия колеж факултет катедра university academy college faculty",
    "research-institute": "институт лаборатория обсерватория institute laboratory lab observatory",
    "innovation-centre": "инкубатор хъб парк incubator hub park",
    "accelerator": "акселератор accelerator",
    "cluster": "клъстер cluster",
    "foundation": "фондация foundation",
    "association": "сдружение асоциация съюз федерация конфедерация клуб читалище дружество лига "
    "association union federation confederation society club league alliance",
    "business-association": "камара chamber",
    "public-fund": "фонд fund",
    "bank": "банка bank",
    "company": "холдинг кооперация предприятие корпорация company holding corporation group",
    "school": "училище гимназия school",
    "media": "вестник радио телевизия агенция radio television newspaper",
    "consortium": "консорциум consortium",
    "venue": "музей театър галерия библиотека museum theatre theater gallery library arena",
    "other": "зона zone camp център отдел дирекция институция болница посолство бюро звено летище "
    "пристанище организация "
    "centre center department institution hospital embassy bureau office unit airport port "
    "organisation organization",
}
FORMS: dict[str, str] = {}
"""Words for organisations, each with the form that it says."""
for _form, _words in _ORGANISATIONS.items():
    for _word in _words.split():
        FORMS.setdefault(_word, _form)
FORMS.pop("организация"), FORMS.pop("organisation"), FORMS.pop("organization")
GENERIC = frozenset(
    "компания фирма дружество организация предприятие стартъп company firm startup start-up "
    "организация organisation organization партньор partner".split()
)
"""Words before a name that are no part of it."""
LOWER_TOO = frozenset(
    "фондация сдружение асоциация отдел дирекция институт клуб читалище училище гимназия "
    "факултет катедра "
    "център хъб клъстер община район библиотека галерия театър музей съюз инкубатор акселератор "
    "лаборатория университет колеж".split()
)
"""Words that are a part of a name though they are written with a small letter."""
LEGAL = (
    r"(?:ЕООД|ООД|ЕАД|АД|СД|КД|ЕТ|ДЗЗД|Ltd|LLC|Inc|GmbH|AG|SA|S\.A|EOOD|OOD|EAD|JSC|PLC|plc|"
    r"d\.o\.o|B\.V|Oy|AB|SpA|Srl|AS|AD)\b\.?"
)
PROJECTS = frozenset("проект project".split())
PROGRAMMES = frozenset(
    "програма инициатива предизвикателство стратегия programme program initiative challenge "
    "strategy "
    "scheme мрежа network roadmap".split()
)
EVENTS = frozenset(
    "семинар конференция форум среща уъркшоп работилница хакатон изложение панаир фестивал "
    "обучение дискусия "
    "симпозиум конгрес лекция уебинар изложба състезание конкурс церемония академия лагер "
    "workshop seminar conference forum summit meeting hackathon exhibition fair festival "
    "training webinar "
    "symposium congress ceremony expo bootcamp lecture meetup "
    "week day days roundtable awards маса table".split()
)
NAMING_EVENTS = EVENTS - frozenset("академия day days week training обучение".split())
"""Words for events that alone make a name one."""
OCCASIONS = (
    r"kick-off|closing|final|opening|inaugural|annual|"
    r"(?:заключител|финал|начал|встъпител|годиш)(?:н\w{1,4}|ен)"
)
"""Words by which an event is one of its kind."""
ORDINALS = (
    r"(?:първ|втор|трет|четвърт|пет|шест|седм|осм|девет|десет|единадесет|единайсет|дванадесет|"
    r"дванайсет)"
    r"(?:и|ият|ия|а|ата|о|ото|ите)|\d{1,3}-(?:ви|ри|ти|ми|ия|ият|та|ата|о|то|ото|ва|ма|ра)\w{0,3}|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\d{1,3}(?:st|nd|rd|th)|[XVI]{2,5}"
)
NUMBERS = frozenset("два две три четири пет шест two three four five six 2 3 4 5 6".split())
PREVIOUS = r"(?:предишн|предходн)(?:ите|ия|ият|ата|ото)|previous|earlier"
OWN = frozenset("ни му им си ми our its their".split())

CONNECTORS = frozenset("of for the in at de la and on & du des di del van von und".split())
PROPER_ADJECTIVES = (
    "българск европейск национал столич техническ медицинск икономическ регионал държав народ "
    "централ световн "
    "международн военн американск областн софийск северноизточ югозападн земеделск аграр "
    "университетск научн академич фонд дигитал клъстер търговск общинск балканск черноморск "
    "тракийск обединен младеж бизнес технологич индустриал градск исторически природ художествен "
    "образовател иновацион изследовател хуманитар лесотехническ минн химикотехнологич"
).split()
"""Beginnings of adjectives with which a name begins, also at the start of a sentence."""
PLURALS = frozenset(
    "представители експерти партньори компании фирми граждани общини хора участници учени "
    "студенти ученици "
    "организации институции предприемачи стартъпи университети училища бизнес бизнеса града "
    "градове "
    "общината столицата страната комисията проекта програмата агенцията мястото региона фонда "
    "центъра института университета компаниите фирмите гражданите партньорите представителите "
    "място свои своя своите неговия нейния техните нашия нашата".split()
)
"""Nouns with which no name goes on."""
STOP = frozenset(
    "и или но а че да ще се си е са бе беше бяха бил била било били не като който която което "
    "които това този "
    "тази тези той тя то те го му й им ни ми ви ги я аз вие ние само вече още също както от до с "
    "със в във на "
    "за по при към под над между през без след преди около срещу чрез според освен ли пък дали "
    "защо как къде "
    "кога където когато докато така там тук има няма може трябва тогава г днес вчера утре "
    "каза заяви сподели представи подписа организира откри проведе обяви стартира финансира "
    "получи спечели "
    "участва работи предлага подготви разработи координира ръководи подкрепя съобщи планира "
    "обедини".split()
)
VERB_ENDINGS = ("ха", "ше", "ват", "ира", "ират", "ява", "ава", "ува", "яват", "ават", "уват")
MONTHS = {
    name: number
    for names in (
        "януари февруари март април май юни юли август септември октомври ноември декември",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}


@lru_cache(20_000)
def base(word: str) -> str:
    """A word of a lexicon in its plain form, without article or plural; empty for any other."""
    low = word.lower()
    return next((one for one in _forms(low) if one in _KNOWN), "")


def _forms(low: str) -> list[str]:
    found = [low]
    for end, instead in _ENDINGS:
        if low.endswith(end) and len(low) - len(end) >= 3:
            found.append(low[: -len(end)] + instead)
    return found


_ENDINGS = tuple(
    (end, instead.strip("-"))
    for end, instead in (
        pair.split(":")
        for pair in "ът:- ят:й ята:я ата:а та:- то:- а:- я:й ия:- ове:- овете:- и:- и:а ите:- "
        "ите:а ии:ия иите:ия еца:ец s:- ies:y 's:- ’s:-".split()
    )
)
"""What the article, the plural and the possessive end in, and what the plain word ends in."""
_KNOWN = frozenset((*FORMS, *GENERIC, *PROJECTS, *PROGRAMMES, *EVENTS))


def definite(word: str) -> bool:
    """Whether a Bulgarian word bears the article."""
    return word.lower().endswith(("ът", "ят", "та", "то", "те")) or (
        word.lower() != base(word) and word.lower()[-1:] in ("а", "я")
    )


def bare(word: str) -> str:
    """A word without the Bulgarian article, as far as that can be told by its end."""
    low = word.lower()
    known = base(low)
    if known:
        return known
    for end, instead in _ARTICLES:
        if low.endswith(end) and len(low) - len(end) >= 3:
            return low[: -len(end)] + instead
    return low


_ARTICLES = tuple(
    tuple(pair.split(":"))
    for pair in "ският:ски ския:ски ийският:ийски ната:на ската:ска ното:но ният:ен ния:ен ните:ни "
    "чният:чен ката:ка ията:ия ието:ие ият:и ия:ия ски:ски".split()
)
"""What adjectives and nouns with the article end in, and without it."""
