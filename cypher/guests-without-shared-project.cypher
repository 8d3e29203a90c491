// name: guests-without-shared-project
// title.en: Which guests of an event share no project with any other guest?
// title.bg: Кои гости на едно събитие нямат общ проект с никой друг гост?
// tags: events, introductions
// param: event Event.id required example=event:dcc-sofia-seminar-3 The event | Събитието
// returns: guest Organisation.id The guest | Гостът
// returns: projects int Projects it takes part in | Проекти, в които участва
MATCH (guest:Organisation)-[:PARTICIPATES_IN]->(event:Event {id: $event})
WHERE NOT EXISTS {
  MATCH (guest)-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(other:Organisation)-[:PARTICIPATES_IN]->(event)
  WHERE other.id <> guest.id
}
RETURN DISTINCT guest.id AS guest, COUNT { MATCH (guest)-[:PARTICIPATES_IN]->(:Project) } AS projects
ORDER BY guest
