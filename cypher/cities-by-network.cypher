// name: cities-by-network
// title.en: Which cities belong to which network or programme?
// title.bg: Кои градове в коя мрежа или програма участват?
// tags: networks, participation
// param: programme Programme.id example=programme:digital-cities-challenge Only this one | Само тази
// returns: programme Programme.id The network or programme | Мрежата или програмата
// returns: programme_name text Its name | Името ѝ
// returns: city City.id The city | Градът
// returns: name text Its name | Името му
// returns: role text Its role | Ролята му
// returns: tie text The statement | Твърдението
MATCH (city:City)-[tie:PARTICIPATES_IN]->(programme:Programme)
WHERE $programme IS NULL OR programme.id = $programme
RETURN programme.id AS programme, coalesce(programme.name_en, programme.name_bg) AS programme_name, city.id AS city,
       coalesce(city.name_en, city.name_bg) AS name, coalesce(tie.role, '') AS role, tie.id AS tie
ORDER BY programme, tie
