// name: needs-and-providers
// title.en: Who could serve what a city needs?
// title.bg: Кой може да отговори на нуждите на даден град?
// description.en: Narrower themes count, and themes that enable the one that is needed.
// description.bg: Броят се и по-тесните теми, и темите, които дават възможност за търсената.
// tags: themes, matchmaking
// param: city City.id required example=city:sofia The city | Градът
// returns: theme Theme.id What is needed | Какво се търси
// returns: provider id Who offers it | Кой го предлага
// returns: offered Theme.id What exactly | Какво по-точно
// returns: standing text How sure | Колко е сигурно
// returns: statement statement The statement | Твърдението
MATCH (:City {id: $city})-[:NEEDS]->(theme:Theme)
CALL (theme) {
  MATCH (theme)<-[:BROADER*0..3]-(served:Theme) RETURN served
  UNION
  MATCH (theme)<-[:ENABLES]-(served:Theme) RETURN served
}
MATCH (served)<-[offer:OFFERS]-(provider)
WHERE provider.id <> $city
RETURN DISTINCT theme.id AS theme, provider.id AS provider, served.id AS offered, offer.standing AS standing,
       offer.id AS statement
ORDER BY theme, provider, statement
