// name: money-by-funder
// title.en: How much does each funder give, in each currency?
// title.bg: Колко дава всеки финансиращ във всяка валута?
// description.en: Totals are per currency and never added across currencies; a line without a currency counts the times nobody names an amount.
// description.bg: Сборовете са по валути и не се смесват; редът без валута брои случаите, в които никой не назовава сума.
// tags: money
// returns: funder id Who pays | Кой плаща
// returns: currency text Currency; empty for unknown amounts | Валута; празно при неизвестна сума
// returns: total number Known total | Известен сбор
// returns: ties int How many times | Колко пъти
// returns: funded int How many are funded | Колко са финансираните
MATCH (funder)-[tie:FUNDS]->(funded)
WITH funder, coalesce(tie.amount_currency, '') AS currency, count(DISTINCT funded) AS funded, count(tie) AS ties,
     sum(tie.amount_minor) AS minor
WITH funder, currency, ties, funded, minor,
     CASE WHEN currency IN ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
     'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'] THEN 1.0
     WHEN currency IN ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] THEN 1000.0 ELSE 100.0 END AS units
RETURN funder.id AS funder, currency AS currency, CASE WHEN currency = '' THEN null ELSE minor / units END AS total,
       ties AS ties, funded AS funded
ORDER BY funder, currency
