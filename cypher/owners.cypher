// name: owners
// title.en: Who owns what?
// title.bg: Кой какво притежава?
// tags: organisations, money
// returns: owner id Who owns | Кой притежава
// returns: owned id What | Какво
// returns: share number Which part of it; empty where nobody says | Каква част; празно, ако никой не казва
// returns: since text From | От
// returns: until text To | До
// returns: statement statement The statement | Твърдението
MATCH (owner)-[tie:OWNS]->(owned)
RETURN owner.id AS owner, owned.id AS owned, tie.share AS share, coalesce(tie.since, '') AS since,
       coalesce(tie.until, '') AS until, tie.id AS statement
ORDER BY statement
