// name: co-participation
// title.en: Who has worked or met with an actor, and where?
// title.bg: С кого и къде е работил или се е срещал даден участник?
// tags: participation
// param: actor text required example=org:sofia-municipality The actor | Участникът
// returns: other text The other | Другият
// returns: name text Name | Име
// returns: activity text Where | Къде
// returns: activity_name text Name | Име
MATCH (:Organisation|Person|City {id: $actor})-[:PARTICIPATES_IN]->(activity)<-[:PARTICIPATES_IN]-(other)
WHERE other.id <> $actor AND activity.kind IN ['Project', 'Event']
RETURN DISTINCT other.id AS other, coalesce(other.name_en, other.name_bg) AS name, activity.id AS activity,
       coalesce(activity.name_en, activity.name_bg) AS activity_name
ORDER BY activity, other
