// name: conflicting-claims
// title.en: Where do sources disagree?
// title.bg: Къде източниците си противоречат?
// tags: sources
// returns: subject text What it is about | За какво се отнася
// returns: property text The property | Свойството
// returns: claims int Different values | Различни стойности
// returns: values text The values, sorted | Стойностите, подредени
MATCH (claim:Evidence)
WHERE claim.stance = 'supports' AND claim.property IS NOT NULL
WITH claim.subject AS subject, claim.property AS property, claim.value AS value
ORDER BY subject, property, value
WITH subject, property, collect(DISTINCT value) AS found
WHERE size(found) > 1
RETURN subject AS subject, property AS property, size(found) AS claims, found AS values
ORDER BY subject, property
