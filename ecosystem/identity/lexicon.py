"""Words of the trade: legal forms, words that say little, and words that two languages share.

A line of the lexicon is one meaning with its words; each is found in all its forms (``stem``), and
the first one names the meaning. Only general words stand here: what a body is called by its own
choice is an alias of that body.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ecosystem.identity.letters import folded

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

_MEANINGS = """
academy академия академи academia academic академичен
accelerator акселератор акселератори accelerators acceleration акселерация
account счетоводство accounting
administration администрация административен administrative
advertising реклама рекламен
agency агенция ейджънси
agriculture земеделие земеделски аграрен agricultural agrarian agro агро
air въздух въздушен
american американски америка america us usa сащ
analysis анализ анализи analyses analytics аналитикс analytical
applied приложен
architecture архитектура архитектурен architectural
art изкуство изкуства арт arts
artificial изкуствен
association асоциация асоциацията associations
austrian австрийски австрия austria
authority орган authorities
bank банка банков banking банк
balkan балкански балкани balkans балкан
biology биология биологически biological
biotechnology биотехнология биотехнологии biotech биотех
british британски британия великобритания britain
bulgaria българия български bulgarian
business бизнес
capital капитал кепитъл
care грижа грижи кеър
center център център centre centrum центрове сентър centers centres
chamber камара палата
chemistry химия химически chemical
child дете деца детски children childrens
city град градски градове cities urban сити
civil граждански civic
clean чист
climate климат климатичен климатично
cloud клауд
cluster клъстер клъстери clusters кластер
code код coding
college колеж
commerce търговия търговски commercial trade трейд
commission комисия
committee комитет
communication комуникация комуникации communications съобщения комуникационен
community общност общности communities къмюнити
company компания дружество компани companies
competence компетентност компетентен competences
computer компютър компютърен компютри computing computers компютинг
confederation конфедерация
conference конференция
construction строителство строителен билд build
consult консулт консултинг consulting консултантски consultancy консултации консултант
consumer потребител потребители consumers
cooperation сътрудничество коопериране
corporation корпорация корпоративен corporate
council съвет съвети
country страна countries
create креативен creative творчески
creation създаване
culture култура културен cultural
cyber кибер сайбър
data данни дейта дата
defence отбрана отбранителен defense
democracy демокрация демократичен democratic
design дизайн
development развитие дивелопмънт
digital дигитален цифров дигитал дижитъл дигитализация digitalisation digitalization
directorate дирекция directorates
disability увреждане увреждания disabilities
district район районен
eastern източен east изток
economy икономика икономически стопанство стопански economic economics economies
ecosystem екосистема екосистеми ecosystems
education образование образователен educational
electric електрически electricity електроенергия електро electro
electronics електроника електронен electronic electronics
employer работодател работодатели employers
employment заетост
energy енергия енергетика енергиен енергетически енерджи
engineering инженеринг инженерен инженерство engineers инженери
enterprise предприятие предприятия enterprises
entrepreneur предприемач предприемачи предприемачество предприемачески entrepreneurs
entrepreneur entrepreneurship entrepreneurial
environment околна среда environmental
europe европа европейски european юроп eu ес юръпиан
event събитие събития events ивент ивентс
exchange борса обмен
executive изпълнителен
export експорт експортен износ
faculty факултет
federal федерален
federation федерация
film филм филмов филми films
finance финанси финансов financial финанс
food храна храни хранителен хранително foods
foreign чуждестранен външен
forum форум
foundation фондация
france франция френски french
fund фонд фондове funds фънд
future бъдеще фючър
game игра игри games гейм гейминг gaming
gallery галерия
gas газ газов
general общ генерален
german германски германия germany немски
global глобален глобал
green зелен грийн
greece гърция гръцки greek
group група груп
growth растеж гроут
hall зала
health здраве здравен здравеопазване healthcare хелт
heritage наследство
high висок висш
history история исторически historical historic
hospital болница болничен
house къща дом хаус home
hub хъб хъбове hubs
human човешки
ict икт
import импорт
incubator инкубатор incubators
independent независим
industry индустрия индустриален промишленост промишлен industrial industries
informatics информатика
information информация информационен инфо info
infrastructure инфраструктура инфраструктурен
initiative инициатива инициативи initiatives
innovation иновация иновации иновационен иновативен innovative innovations инова иновейшън
institute институт институти institutes institution институция
instrument инструмент инструменти instruments
insurance застраховка застрахователен застраховане
integrated интегриран
intelligence разузнаване интелект
intelligent интелигентен
international международен интернешънъл
invest инвестиция инвестиции инвестиционен investment инвест инвестмънт investments
investor инвеститор инвеститори investors
it ит айти
italy италия италиански italian
job работа jobs
journalist журналист журналисти journalists
judicial съдебен
justice правосъдие
knowledge знание знания
lab лаб лаборатория лаборатории laboratory labs лабс laboratories
labour труд labor
language език езиков езици languages
law право правен закон legal
league лига
learning учене обучение обучения training обучителен
library библиотека
local местен локален
logistics логистика логистичен logistic
management мениджмънт управление
manager мениджър управител managers управляващ managing
manufacturing производство производствен
marine морски maritime sea море
market пазар маркет markets
marketing маркетинг
mathematics математика математически mathematical
media медия медии медиен
medicine медицина медицински medical
mechanics механика
ministry министерство
mobility мобилност
mountain планина планински
municipality община общински municipal municipalities
museum музей
music музика музикален musical мюзик
nano нано
national национален нейшънъл
network мрежа мрежи мрежов networks нетуърк
new нов ню
northern северен north север
observatory обсерватория
ocean океан
office офис бюро служба bureau
open отворен оупън
operational оперативен operative
organisation организация организации organization organisations organizations
park парк parks паркове
parliament парламент парламентарен
partner партньор партньори partners партнърс партнър
partnership партньорство
party партия
people народен хора народ peoples
philosophy философия философски
physics физика физически
plan план планиране planning
platform платформа
police полиция полицейски
policy политика политики policies
portal портал
power пауър
press преса прес
private частен
production продукция продъкшън
professional професионален
programme програма програми program programs programmes
project проект проекти projects проектен
protection защита
public публичен обществен
radio радио
railway железница железопътен железници railways
real недвижим
recovery възстановяване
region регион регионален регионални regional региони regions област областен
regulation регулиране регулаторен regulatory
renewable възобновяем
republic република
research изследване изследвания изследователски рисърч
resilience устойчивост
robotics роботика robot робот роботи robots
romania румъния румънски romanian
rural селски
safety безопасност
school училище училища schools скул
science наука науки научен sciences scientific сайънс
sdruzhenie сдружение
secretariat секретариат
security сигурност секюрити
service услуга услуги services сървис сървисис сървисиз
small малък малки
smart смарт умен
social социален
society общество социъти
sofia софия софийски столичен
software софтуер софтуерен софтуеър
solar слънчев соларен
solution решение решения solutions солюшънс солюшън
southern южен south юг
space космос космически
sport спорт спортен sports
standard стандарт стандарти standards стандартизация standardization standardisation
startup стартъп стартъпи startups стартиращ
state държава държавен
statistics статистика статистически statistical
strategy стратегия стратегически strategic
student студент студенти студентски students
studio студио
summit среща съмит
sustainable устойчив
swiss швейцарски швейцария switzerland
system система системи systems системс системен
tax данък данъчен
teacher учител учители teachers
tech тех техно
technical технически
technology технология технологии технологичен technologies technological
technology технолоджи технолъджи технолоджис технолъджис
telecommunication телекомуникация телекомуникации телекомуникационен telecommunications
telecommunication телеком telecom
television телевизия tv тв
textile текстил текстилен textiles
theatre театър theater
tourism туризъм туристически tourist
transfer трансфер
transport транспорт транспортен transportation
turkey турция турски turkish
union съюз
unit звено
university университет университети юнивърсити universities
venture венчър рисков ventures венчърс
village село
vision визия
vocational
volunteer доброволец доброволци volunteers
water вода води воден
web уеб
western западен west запад
wind вятър вятърен
women жена жени woman
world свят световен уърлд
young младеж младежи младежки youth млад
"""

_ARTICLE = re.compile("(?<=.{4})(ът|ят|та|то|те)$")
_FEMININE = re.compile("(?<=[нк])ия$")
_OF_PLACE = re.compile("(?<=.{3})ск[иаоя]$")
_ADJECTIVE = re.compile("(?<=.{4})(ен|н[аои])$")
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
    if len(word) > 4:
        word = _ARTICLE.sub("", word)
        word = _FEMININE.sub("и", word)
        word = _PLURAL.sub("", _ADJECTIVE.sub("", _OF_PLACE.sub("", word)))
        word = re.sub("(?<=.{3})[аяоеиюй]$", "", word)
    return folded(word)


def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _MEANINGS.split("\n"):
        for word in line.split():
            meaning = line.split()[0]
            found.setdefault(word, meaning)
            found.setdefault(stem(word), meaning)
    return found


MEANINGS = _meanings()
"""The meaning of each word, and of each stem."""


@lru_cache(65_536)
def meaning(word: str) -> str:
    """The meaning of a word in small letters, in any of its forms; empty where none is known."""
    return MEANINGS.get(word) or MEANINGS.get(stem(word), "")
