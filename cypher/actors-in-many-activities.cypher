// name: actors-in-many-activities
// title.en: Who takes part in many projects and events?
// title.bg: Кой участва в много проекти и събития?
// tags: participation
// param: minimum int =3 At least this many | Поне толкова
// returns: actor id Who | Кой
// returns: activities int Projects and events | Проекти и събития
// returns: led int Leading roles | Водещи роли
MATCH (actor)-[:PARTICIPATES_IN]->(activity:Project|Event)
WITH actor, count(DISTINCT activity) AS activities
WHERE activities >= $minimum
RETURN actor.id AS actor, activities AS activities,
       COUNT { MATCH (actor)-[tie:PARTICIPATES_IN]->(:Project|Event) WHERE tie.role = 'leads' } AS led
ORDER BY activities DESC, actor
