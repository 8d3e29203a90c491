// name: met-but-never-worked
// title.en: Which guests of an event have met and never worked together?
// title.bg: Кои гости на едно събитие са се срещнали, но не са работили заедно?
// tags: events, introductions
// param: event Event.id required example=event:dcc-sofia-seminar-3 The event | Събитието
// returns: one Organisation.id One | Единият
// returns: other Organisation.id The other | Другият
MATCH (one:Organisation)-[:PARTICIPATES_IN]->(:Event {id: $event})<-[:PARTICIPATES_IN]-(other:Organisation)
WHERE one.id < other.id
  AND NOT EXISTS { MATCH (one)-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(other) }
  AND NOT EXISTS { MATCH (one)-[:FUNDS|MENTORS|MEMBER_OF|PART_OF|OWNS|PARTNERS_WITH]-(other) }
RETURN DISTINCT one.id AS one, other.id AS other
ORDER BY one, other
