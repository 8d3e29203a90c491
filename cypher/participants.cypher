// name: participants
// title.en: Who takes part in what, and as what?
// title.bg: Кой в какво участва и като какъв?
// tags: participation
// param: city City.id required example=city:sofia The city whose local organisations are asked about | Градът, за чиито местни организации се пита
// returns: actor Organisation.id The organisation | Организацията
// returns: name text Its name | Името ѝ
// returns: activity text Project, programme or event | Проект, програма или събитие
// returns: activity_name text Its name | Името му
// returns: role text Its role there | Ролята ѝ там
// returns: tie text The statement | Твърдението
MATCH (place:City {id: $city})<-[:LOCATED_IN]-(actor:Organisation)-[tie:PARTICIPATES_IN]->(activity)
RETURN DISTINCT actor.id AS actor, coalesce(actor.name_en, actor.name_bg) AS name, activity.id AS activity,
       coalesce(activity.name_en, activity.name_bg) AS activity_name, coalesce(tie.role, '') AS role, tie.id AS tie
ORDER BY tie
