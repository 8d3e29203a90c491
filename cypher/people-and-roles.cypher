// name: people-and-roles
// title.en: Who stands for which organisation?
// title.bg: Кой представлява коя организация?
// tags: people
// param: as_of date =today Only what had begun by this day | Само започналото до този ден
// returns: organisation Organisation.id The organisation | Организацията
// returns: person Person.id Who | Кой
// returns: role text As what | В каква роля
// returns: since text From | От
// returns: until text To | До
// returns: statement statement The statement | Твърдението
MATCH (person:Person)-[tie:MEMBER_OF]->(organisation:Organisation)
WHERE tie.valid_from <= $as_of
RETURN organisation.id AS organisation, person.id AS person, coalesce(tie.role, '') AS role,
       coalesce(tie.since, '') AS since, coalesce(tie.until, '') AS until, tie.id AS statement
ORDER BY organisation, statement
