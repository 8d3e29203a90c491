// name: money-by-funder
// title.en: How much does each funder give, per currency?
// title.bg: Колко дава всеки финансиращ, по валути?
// tags: funding
// returns: funder text Who gives | Кой дава
// returns: name text Its name | Името
// returns: currency text Currency | Валута
// returns: grants int How many statements | Брой твърдения
// returns: unknown int How many of them without an amount | Колко от тях са без сума
// returns: total int Sum of the known amounts in minor units, empty where none is known | Сбор на известните суми в най-малката единица, празно, когато няма известни
MATCH (funder)-[tie:FUNDS]->()
WITH funder, coalesce(tie.amount_currency, '') AS currency, count(tie) AS grants,
     count(tie.amount_minor) AS known, sum(coalesce(tie.amount_minor, 0)) AS total
RETURN funder.id AS funder, coalesce(funder.name_en, funder.name_bg) AS name, currency AS currency, grants AS grants,
       grants - known AS unknown,
       CASE WHEN known = 0 THEN null ELSE total END AS total
ORDER BY funder, currency
