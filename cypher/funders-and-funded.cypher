// name: funders-and-funded
// title.en: Who funds whom, and how much?
// title.bg: Кой кого финансира и с колко?
// tags: money
// param: as_of date =today Only what had begun by this day | Само започналото до този ден
// returns: funder id Who pays | Кой плаща
// returns: funded id Who receives | Кой получава
// returns: amount number How much; empty where nobody says | Колко; празно, ако никой не казва
// returns: currency text Currency | Валута
// returns: instrument text How | Как
// returns: since text When | Кога
// returns: statement statement The statement | Твърдението
MATCH (funder)-[tie:FUNDS]->(funded)
WHERE tie.valid_from <= $as_of
RETURN funder.id AS funder, funded.id AS funded, tie.amount_minor / 100.0 AS amount,
       coalesce(tie.amount_currency, '') AS currency, coalesce(tie.instrument, '') AS instrument,
       coalesce(tie.since, '') AS since, tie.id AS statement
ORDER BY statement
