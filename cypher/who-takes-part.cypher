// name: who-takes-part
// title.en: Who takes part in a project, programme or event, and as what?
// title.bg: Кой участва в даден проект, програма или събитие и в каква роля?
// tags: participation
// param: activity id required example=programme:digital-cities-challenge The project, programme or event | Проектът, програмата или събитието
// param: as_of date =today Only what had begun by this day | Само започналото до този ден
// returns: role text As what | В каква роля
// returns: actor id Who | Кой
// returns: kind text What kind of actor | Какъв участник
// returns: since text From | От
// returns: until text To | До
// returns: statement statement The statement | Твърдението
MATCH (actor)-[tie:PARTICIPATES_IN]->(:Project|Programme|Event {id: $activity})
WHERE tie.valid_from <= $as_of
RETURN coalesce(tie.role, '') AS role, actor.id AS actor, actor.kind AS kind, coalesce(tie.since, '') AS since,
       coalesce(tie.until, '') AS until, tie.id AS statement
ORDER BY role, statement
