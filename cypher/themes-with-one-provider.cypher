// name: themes-with-one-provider
// title.en: Which needed themes hang on a single provider?
// title.bg: Кои търсени теми зависят от един-единствен доставчик?
// description.en: Narrower themes count, and themes that enable the one that is needed.
// description.bg: Броят се и по-тесните теми, и темите, които дават възможност за търсената.
// tags: themes, what is missing
// returns: theme Theme.id The theme | Темата
// returns: provider id Who alone offers it | Кой единствен я предлага
// returns: needs int How often it is needed | Колко пъти се търси
MATCH (theme:Theme)
WHERE EXISTS { MATCH (theme)<-[:NEEDS]-() }
CALL (theme) {
  MATCH (theme)<-[:BROADER*0..3]-(served:Theme) RETURN served
  UNION
  MATCH (theme)<-[:ENABLES]-(served:Theme) RETURN served
}
MATCH (served)<-[:OFFERS]-(provider)
WITH theme, count(DISTINCT provider) AS providers, min(provider.id) AS provider
WHERE providers = 1
RETURN theme.id AS theme, provider AS provider, COUNT { MATCH (theme)<-[:NEEDS]-() } AS needs
ORDER BY theme
