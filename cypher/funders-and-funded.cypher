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
WITH funder, funded, tie,
     CASE WHEN tie.amount_currency IN ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
     'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'] THEN 1.0
     WHEN tie.amount_currency IN ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] THEN 1000.0 ELSE 100.0 END AS units
RETURN funder.id AS funder, funded.id AS funded, tie.amount_minor / units AS amount,
       coalesce(tie.amount_currency, '') AS currency, coalesce(tie.instrument, '') AS instrument,
       coalesce(tie.since, '') AS since, tie.id AS statement
ORDER BY statement
