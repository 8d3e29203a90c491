// name: funders-and-funded
// title.en: Who funds whom, and with how much?
// title.bg: Кой кого финансира и с колко?
// tags: funding
// param: since date =1900 Only funding from this day on | Само финансиране от този ден нататък
// returns: funder text Who gives | Кой дава
// returns: funder_name text Its name | Името
// returns: funded text Who receives | Кой получава
// returns: funded_name text Its name | Името
// returns: amount int Whole minor units; empty where no source says | В най-малката парична единица; празно, когато никой източник не казва
// returns: currency text Currency of the source | Валутата според източника
// returns: instrument text Grant, equity, loan or in kind | Безвъзмездно, дялово, заем или в натура
// returns: since text When, as stated | Кога, както е посочено
// returns: tie text The statement | Твърдението
MATCH (funder)-[tie:FUNDS]->(funded)
WHERE tie.valid_from >= $since OR tie.valid_from = '0001-01-01'
RETURN funder.id AS funder, coalesce(funder.name_en, funder.name_bg) AS funder_name, funded.id AS funded,
       coalesce(funded.name_en, funded.name_bg) AS funded_name, tie.amount_minor AS amount,
       coalesce(tie.amount_currency, '') AS currency, coalesce(tie.instrument, '') AS instrument,
       coalesce(tie.since, '') AS since, tie.id AS tie
ORDER BY tie
