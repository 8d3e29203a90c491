// name: mentors-of-city
// title.en: Who has mentored a city, when and on what?
// title.bg: Кой е бил ментор на града, кога и за какво?
// tags: mentoring
// param: city City.id required example=city:sofia The city | Градът
// returns: mentor text Who advised | Кой е съветвал
// returns: name text Name | Име
// returns: since text From | От
// returns: until text Until | До
// returns: themes text Theme ids; empty where no source names one | Теми; празно, когато никой източник не ги посочва
// returns: tie text The statement | Твърдението
MATCH (mentor)-[tie:MENTORS]->(:City {id: $city})
RETURN mentor.id AS mentor, coalesce(mentor.name_en, mentor.name_bg) AS name, coalesce(tie.since, '') AS since,
       coalesce(tie.until, '') AS until, coalesce(tie.themes, []) AS themes, tie.id AS tie
ORDER BY tie
