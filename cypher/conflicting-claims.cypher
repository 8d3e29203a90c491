// name: conflicting-claims
// title.en: Where do sources contradict each other?
// title.bg: Къде източниците си противоречат?
// tags: sources
// returns: subject text About what | За какво
// returns: property text Which property | Кое свойство
// returns: value text What is claimed | Какво се твърди
// returns: sources list Who says so | Кой го твърди
MATCH (claim:Evidence)
WHERE claim.stance = 'supports' AND claim.property IS NOT NULL
WITH claim.subject AS subject, claim.property AS property, count(DISTINCT claim.value) AS values
WHERE values > 1
MATCH (one:Evidence {subject: subject, property: property, stance: 'supports'})
WITH DISTINCT subject, property, one.value AS value, one.source AS source
ORDER BY source
WITH subject, property, value, collect(source) AS sources
RETURN subject AS subject, property AS property, value AS value, sources AS sources
ORDER BY subject, property, value
