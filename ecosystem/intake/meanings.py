"""What columns, kinds and ties are called in the files that people have, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

OWN, LEAVE, CONTACT, DRAWING, COMPUTED = "own", "leave-out", "contact", "drawing", "computed"
ENTITY_COLUMNS: Mapping[str, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "event": "Event",
    "project": "Project",
    "programme": "Programme",
    "city": "City",
}
"""What a row may be about, and the kind that each makes."""
LISTS: Mapping[str, tuple[str, str]] = {
    "themes": ("Theme", "OFFERS"),
    "needs": ("Theme", "NEEDS"),
    "partners": ("Organisation", "PARTNERS_WITH"),
    "members": ("Organisation", "MEMBER_OF"),
    "projects": ("Project", "PARTICIPATES_IN"),
    "events": ("Event", "PARTICIPATES_IN"),
}
"""Cells that list others: the kind of these, and the tie to each."""
REGISTERS = ("eik", "pic", "lei", "ror", "orcid", "wikidata", "geonames")

_HEADERS: Mapping[str, str] = {
    "id": "id, _id, key, code, код, номер, no, №, identifier, node id, element id",
    "name": "name, label, title, tooltip, caption, display name, full name, име, "
    "наименование, етикет, заглавие, element, node, actor, "
    "stakeholder, заинтересована страна, naziv, nome",
    "name_bg": "name bg, име на български, bulgarian name, наименование на български",
    "name_en": "name en, име на английски, english name, name in english",
    "type": "type, kind, category, element type, node type, вид, тип, категория, group, група, "
    "sector type, tip, tipo",
    "description": "description, описание, about, notes, бележки, summary, opis, descrição",
    "place": "city, town, place, location, град, населено място, място, седалище, seat, mesto, "
    "cidade, municipality, община, name city, based in, headquarters",
    "venue": "venue, място на провеждане, event city",
    "country": "country, държава, country code, država, país, pais",
    "latitude": "latitude, lat, географска ширина",
    "longitude": "longitude, lon, lng, long, географска дължина",
    "website": "website, url, web, web site, site, homepage, сайт, уебсайт, интернет страница",
    "aliases": "aliases, alias, abbreviation, acronym, short name, съкращение, други имена, "
    "абревиатура",
    "since": "since, from date, start, start date, begin, founded, date, дата, начало, от дата, "
    "основана, year, година, начална дата, datum, data, founded in",
    "until": "until, end, end date, край, до дата, крайна дата, to date",
    "themes": "themes, theme, topics, topic, тема, темата, теми, темите, тематики, тематика, "
    "themes offered, list of themes, our themes, thematic areas, thematic area, тематични области, "
    "тематична област, "
    "competences, expertise, strengths, компетентности, експертиза, offers, предлага",
    "needs": "needs, нужди, нужда, wants",
    "partners": "partners, партньори, partner organisations, partner organizations",
    "members": "members, членове",
    "projects": "projects, проекти, проектите, joint projects, joint project, common projects, "
    "common project, shared projects, shared project, projects in common, partner projects, "
    "partner project, list of projects, съвместни проекти, съвместен проект, съвместните проекти, "
    "общи проекти, общ проект, общите проекти, партньорски проекти, партньорски проект, "
    "проекти с партньори, списък с проекти, участва в проекти",
    "events": "events, събития, събитията, joint events, common events, съвместни събития, "
    "общи събития, list of events, списък със събития",
    "eik": "eik, еик, булстат, bulstat, eik bulstat, еик булстат",
    "pic": "pic, participant identification code, pic number",
    "lei": "lei",
    "ror": "ror, ror id",
    "orcid": "orcid, orcid id",
    "wikidata": "wikidata, wikidata id, qid",
    "geonames": "geonames, geoname id, geonameid, geonames id",
    "parent": "parent, parent org, parent organisation, parent organization, част от, part of",
    "contact": "email, e mail, mail, имейл, е поща, поща, телефон, phone, telephone, tel, "
    "тел, gsm, "
    "mobile, мобилен, fax, факс, контакт, contact, contacts, контакти, e pošta, telefon, telefone",
    "from": "from, source, from element, sender, от, изпълнител на, source id, from id",
    "to": "to, target, to element, receiver, към, до, цел, target id, to id",
    "direction": "direction, directed, посока",
    "from_type": "from type, source type",
    "to_type": "to type, target type",
    "role": "role, роля, participation role, partner role, uloga, vloga, função, papel, "
    "project role, в качеството на",
    "lead": "lead partner, lead, is lead, lead applicant, coordinator, водещ партньор, водещ",
    "position": "position, длъжност, job title, job, позиция, función, cargo",
    "person": "person, people, participant, човек, лице, участник, участници, име и фамилия, "
    "name and surname, participant name, contact person, гост, speaker, лектор, attendee, "
    "oseba, pessoa, first and last name",
    "organisation": "organisation, organization, organisation name, organization name, company, "
    "организация, институция, фирма, institution, име на организация, име на организацията, "
    "наименование на организацията, project partner, partner, партньор, бенефициент, beneficiary, "
    "employer, affiliation, organizacija, organização, organizacao, legal name, "
    "organisation legal name",
    "event": "event, събитие, meeting, workshop, среща, семинар, dogodek, evento, event name, "
    "име на събитие, мероприятие",
    "project": "project, проект, project name, project title, project acronym, име на проект, "
    "наименование на проекта, projekt, projeto",
    "project_id": "project id, project code, project number, номер на проект, код на проект, rcn, "
    "project rcn",
    "city": "member city, participating city, град участник",
    "programme": "programme, program, програма, network, network name, мрежа, call, "
    "funding programme",
    "currency": "currency, валута",
    "amount": "amount, сума, grant, funding, финансиране, contribution, стойност",
    "source": "source url, reference, източник, provenance, source of information",
    "drawing": "x, y, z, r, g, b, color, colour, цвят, size viz, zorder, expanded, shape, visible",
    "computed": "degree, in degree, out degree, indegree, outdegree, weighted degree, "
    "modularity class, modularity_class, pagerank, page ranks, betweenness, betweenesscentrality, "
    "betweenness centrality, closnesscentrality, closeness, eigencentrality, "
    "eigenvector centrality, "
    "clustering coefficient, eccentricity, hub, authority, metrics last, component id",
}
HEADERS: Mapping[str, str] = {
    word.strip(): meaning for meaning, words in _HEADERS.items() for word in words.split(",")
}
MEANINGS = (*_HEADERS, "tie", OWN, LEAVE)
"""Every word that a mapping may say of a column."""
_KEPT = {OWN, LEAVE, CONTACT, DRAWING, COMPUTED}
USED: Mapping[str, frozenset[str]] = {
    "nodes": frozenset({*_HEADERS, OWN, LEAVE})
    - {*ENTITY_COLUMNS, "project_id", "role", "position", "lead", "from", "to", "direction"}
    - {"from_type", "to_type"},
    "ties": frozenset(
        {
            *_KEPT,
            "from",
            "to",
            "from_type",
            "to_type",
            "tie",
            "since",
            "until",
            "direction",
            "description",
            "website",
        }
        | {"amount", "currency"}
    ),
    "participation": frozenset(
        {*_KEPT, *ENTITY_COLUMNS, *LISTS, *REGISTERS, "project_id", "lead", "role", "position"}
        | {"place", "venue", "country", "since", "until", "website"}
    ),
}
"""By what the rows of a table are the meanings that say something there."""
LOST: Mapping[str, frozenset[str]] = {"ties": frozenset({"id"})}
"""Those of which nothing is kept there; any other becomes an attribute."""
TIE_HEADERS = (
    "type",
    "kind",
    "connection type",
    "relation",
    "relationship",
    "relation type",
    "tie",
    "вид",
    "връзка",
    "отношение",
    "тип",
    "вид връзка",
    "link type",
    "relationship type",
    "label",
    "етикет",
)
"""Columns of ties that say what the tie is, the best first."""

_KINDS: Mapping[str, str] = {
    "Person": "person, people, човек, лице, хора, individual, founder, cofounder, co founder, "
    "entrepreneur, researcher, expert, предприемач, учен, физическо лице, human, personaje, "
    "persona, oseba, pessoa",
    "Project": "project, projects, проект, проекти, initiative, инициатива, projekt, "
    "research project",
    "Programme": "programme, program, програма, network, мрежа, fund programme, call, "
    "funding program, funding scheme",
    "Event": "event, events, събитие, събития, workshop, conference, meeting, конференция, "
    "семинар, business event, education event",
    "City": "city, town, град, municipality area, place, location",
    "Theme": "theme, topic, тема, primary topic, concept, idea, keyword, issue, core issue, "
    "tag, skill, defined term",
    "Organisation": "organisation, organization, организация, org, institution, институция, "
    "stakeholder, actor, other, друго, company or organization, legal entity, local business, "
    "educational organization",
    "Organisation/company": "company, фирма, дружество, business, corporate, corporation, "
    "предприятие, firm",
    "Organisation/startup": "startup, start up, стартъп, scaleup",
    "Organisation/university": "university, университет, academia, higher education, "
    "college or university",
    "Organisation/research-institute": "research institute, research, научен институт, "
    "институт, research centre, research center, research organization",
    "Organisation/public-authority": "government, public authority, municipality, община, "
    "ministry, "
    "министерство, federal agency, public body, орган на властта, държавна институция, "
    "city administration, government organization",
    "Organisation/public-agency": "agency, агенция, public agency",
    "Organisation/association": "association, сдружение, ngo, нпо, non profit, nonprofit, "
    "civil society, асоциация",
    "Organisation/foundation": "foundation, фондация",
    "Organisation/accelerator": "accelerator, акселератор, incubator, инкубатор",
    "Organisation/investor": "investor, инвеститор, vc, venture capital, fund, фонд",
    "Organisation/bank": "bank, банка",
    "Organisation/cluster": "cluster, клъстер",
    "Organisation/media": "media, медия",
    "Organisation/school": "school, училище",
    "Organisation/venue": "venue, място за събития",
    "Organisation/innovation-centre": "innovation centre, innovation center, hub, хъб, "
    "иновационен център, tech park, technology centre",
    "Organisation/consortium": "consortium, консорциум, partnership",
    "Organisation/business-association": "business association, chamber, "
    "chamber of commerce, камара, браншова организация",
}
KINDS: Mapping[str, str] = {
    word.strip(): kind for kind, words in _KINDS.items() for word in words.split(",")
}
"""What a file calls a kind, and the kind of ours, with the form of an organisation."""

_TIES: Mapping[str, str] = {
    "MEMBER_OF": "member, member of, член, член на, works at, works for, employee, employed by, "
    "работи в, employment, membership, членство, belongs to, directorship, служител, служител в, "
    "работи за",
    "FUNDS": "funds, funding, финансира, finances, grant, funding flow, invested in, invests in, "
    "investor in, sponsors, sponsor, спонсор, payment, investor, investment, angel investor, "
    "funder, donor, donates to, donation, инвеститор, инвестира в, инвестиция, дарител, дарение",
    "PARTNERS_WITH": "partner, partner of, партньор на, partners, partners with, partnership, "
    "партньор, партньори, партньорство, collaborates with, collaboration, cooperates with, "
    "cooperation, сътрудничество, сътрудничи с, работи съвместно с",
    "PART_OF": "part of, част от, subsidiary of, department of, division of",
    "OWNS": "owns, owner, owner of, притежава, собственик, ownership",
    "LOCATED_IN": "located in, based in, location, намира се в, седалище",
    "PARTICIPATES_IN": "participates in, participates, participant, участва в, участва, участник, "
    "took part in, takes part in, attends, attended, project participant",
    "MENTORS": "mentors, mentor, mentor of, ментор, ментор на, менторство",
    "OFFERS": "offers, предлага, expert in, expertise in",
    "NEEDS": "needs, нуждае се от, търси",
    "ADDRESSES": "addresses, works on, работи по",
    "BROADER": "broader",
    "ENABLES": "enables",
}
TIES: Mapping[str, str] = {
    word.strip(): kind for kind, words in _TIES.items() for word in words.split(",")
}
"""What a file calls a tie, and the kind of ours."""
POSTS = frozenset(
    word.strip()
    for word in "founder, co founder, cofounder, founder of, founded, co founded, founding member, "
    "основател, съосновател, основател на, основава, staff, works with, director, director of, "
    "директор, директор на, manager, мениджър, управител, ceo, cto, cfo, president, президент, "
    "board member, board of directors, board, член на управителния съвет, член на съвета, "
    "chair, chairman, chairperson, chair of, vice chair, председател, заместник председател, "
    "executive, executive director, изпълнителен директор, professor, преподавател".split(",")
)
"""What a person is in an organisation: a tie between the two that is called so is a membership."""
ROLES: Mapping[str, str] = {
    word.strip(): role
    for role, words in {
        "leads": "lead, leader, leads, lead partner, coordinator, координатор, водещ, "
        "водещ партньор, "
        "ръководител, beneficiary, applicant",
        "partner": "partner, партньор, project partner",
        "participant": "participant, участник, attendee, гост, guest",
        "organiser": "organiser, organizer, организатор",
        "host": "host, домакин",
        "advisor": "advisor, adviser, съветник, expert, експерт",
        "mentor": "mentor, ментор",
    }.items()
    for word in words.split(",")
}
"""What a file calls a role in a project, programme or event, and the role of ours."""
