// name: mentors-of-city
// title.en: Who mentors or has mentored a city?
// title.bg: Кой съветва или е съветвал даден град?
// tags: matchmaking
// param: city City.id required example=city:sofia The city | Градът
// param: as_of date =today Only what had begun by this day | Само започналото до този ден
// returns: mentor id Who advises | Кой съветва
// returns: since text From | От
// returns: until text To; empty where nobody says | До; празно, ако никой не казва
// returns: themes list On what | По какво
// returns: statement statement The statement | Твърдението
MATCH (mentor)-[tie:MENTORS]->(:City {id: $city})
WHERE tie.valid_from <= $as_of
RETURN mentor.id AS mentor, coalesce(tie.since, '') AS since, coalesce(tie.until, '') AS until,
       coalesce(tie.themes, []) AS themes, tie.id AS statement
ORDER BY statement
