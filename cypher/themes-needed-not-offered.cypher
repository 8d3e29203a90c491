// name: themes-needed-not-offered
// title.en: Which themes are needed and recorded as offered by nobody?
// title.bg: Кои теми се търсят, а не е записано някой да ги предлага?
// description.en: Narrower themes count, and themes that enable the one that is needed.
// description.bg: Броят се и по-тесните теми, и темите, които дават възможност за търсената.
// tags: themes, what is missing
// returns: theme Theme.id The theme | Темата
// returns: seekers list Who needs it | Кой я търси
MATCH (theme:Theme)<-[:NEEDS]-(seeker)
WITH DISTINCT theme, seeker
ORDER BY seeker.id
WITH theme, collect(seeker.id) AS seekers
CALL (theme) {
  MATCH (theme)<-[:BROADER*0..3]-(served:Theme) RETURN served
  UNION
  MATCH (theme)<-[:ENABLES]-(served:Theme) RETURN served
}
WITH theme, seekers, COUNT { MATCH (served)<-[:OFFERS]-() } AS offers
WITH theme, seekers, sum(offers) AS offers
WHERE offers = 0
RETURN theme.id AS theme, seekers AS seekers
ORDER BY theme
