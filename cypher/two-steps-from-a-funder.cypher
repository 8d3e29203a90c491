// name: two-steps-from-a-funder
// title.en: Who works with those whom a funder pays?
// title.bg: Кой работи с онези, на които плаща даден финансиращ?
// description.en: The first step is money, the second shared work, ownership, partnership, membership or money again; who is paid directly is left out.
// description.bg: Първата стъпка са пари, втората – обща работа, собственост, партньорство, членство или пак пари; преките получатели са пропуснати.
// tags: money, paths
// param: funder id required example=org:fmfib Who pays | Кой плаща
// returns: actor id Who is two steps away | Кой е на две стъпки
// returns: kind text What kind of actor | Какъв участник
// returns: through id Through whom | Чрез кого
MATCH (funder:Organisation|Person|Programme|City {id: $funder})-[:FUNDS]->(funded)
CALL (funded) {
  MATCH (funded)-[:PARTICIPATES_IN]->(:Project|Programme)<-[:PARTICIPATES_IN]-(actor) RETURN actor
  UNION
  MATCH (funded)<-[:PARTICIPATES_IN]-(actor) RETURN actor
  UNION
  MATCH (funded)-[:FUNDS|OWNS|PARTNERS_WITH|MEMBER_OF|PART_OF]-(actor:Organisation|Person|City) RETURN actor
}
WITH DISTINCT funder, funded, actor
WHERE actor.id <> $funder AND actor.id <> funded.id AND NOT EXISTS { MATCH (funder)-[:FUNDS]->(actor) }
RETURN actor.id AS actor, actor.kind AS kind, funded.id AS through
ORDER BY actor, through
