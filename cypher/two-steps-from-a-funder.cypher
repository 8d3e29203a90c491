// name: two-steps-from-a-funder
// title.en: Who is two steps away from a funder?
// title.bg: Кой е на две стъпки от финансиращ?
// tags: funding, paths
// param: funder text required example=org:european-commission Who gives | Кой дава
// returns: actor text Two steps away | На две стъпки
// returns: name text Name | Име
// returns: kind text Kind | Вид
// returns: through text By whom | Чрез кого
MATCH (funder {id: $funder})-[:FUNDS|PARTNERS_WITH|OWNS|PARTICIPATES_IN]-(middle)-[:FUNDS|PARTNERS_WITH|OWNS|MEMBER_OF|PARTICIPATES_IN]-(actor)
WHERE actor.id <> $funder AND NOT (funder)-[:FUNDS]-(actor)
RETURN DISTINCT actor.id AS actor, coalesce(actor.name_en, actor.name_bg) AS name, actor.kind AS kind, middle.id AS through
ORDER BY actor, through
