// name: participants
// title.en: Who of a city takes part in what, and as what?
// title.bg: Кой от един град в какво участва и в каква роля?
// tags: participation
// param: city City.id required example=city:sofia The city | Градът
// param: as_of date =today Only what had begun by this day | Само започналото до този ден
// returns: actor Organisation.id Who | Кой
// returns: activity id In what | В какво
// returns: role text As what | В каква роля
// returns: since text From | От
// returns: until text To | До
// returns: statement statement The statement | Твърдението
MATCH (:City {id: $city})<-[:LOCATED_IN]-(actor:Organisation)-[tie:PARTICIPATES_IN]->(activity)
WHERE tie.valid_from <= $as_of
RETURN DISTINCT actor.id AS actor, activity.id AS activity, coalesce(tie.role, '') AS role,
       coalesce(tie.since, '') AS since, coalesce(tie.until, '') AS until, tie.id AS statement
ORDER BY actor, statement
