// name: actors-in-many-activities
// title.en: Which actors bring together the most others?
// title.bg: Кои участници се срещат с най-много други?
// tags: brokerage, participation
// param: minimum int =5 At least so many others | Поне толкова други
// returns: actor text The actor | Участникът
// returns: name text Name | Име
// returns: others int With how many others it shares a project or event | С колко други споделя проект или събитие
// returns: activities int In how many projects and events | В колко проекта и събития
MATCH (actor)-[:PARTICIPATES_IN]->(activity:Project|Event)<-[:PARTICIPATES_IN]-(other)
WHERE actor.id <> other.id
WITH actor, count(DISTINCT other) AS others, count(DISTINCT activity) AS activities
WHERE others >= $minimum
RETURN actor.id AS actor, coalesce(actor.name_en, actor.name_bg) AS name, others AS others, activities AS activities
ORDER BY others DESC, actor
