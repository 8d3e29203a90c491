// name: co-participation
// title.en: Who takes part in the same projects and events as an actor?
// title.bg: Кой участва в същите проекти и събития като даден участник?
// tags: participation, partners
// param: actor id required example=org:sofia-investment-agency The organisation, person or city | Организацията, човекът или градът
// returns: other id Who else | Кой още
// returns: shared int How many they share | Колко са общите
// returns: activities list The shared projects and events | Общите проекти и събития
MATCH (:Organisation|Person|City {id: $actor})-[:PARTICIPATES_IN]->(activity:Project|Event)<-[:PARTICIPATES_IN]-(other)
WHERE other.id <> $actor
WITH DISTINCT other, activity
ORDER BY activity.id
WITH other, collect(activity.id) AS activities
RETURN other.id AS other, size(activities) AS shared, activities AS activities
ORDER BY shared DESC, other
