// name: themes-needed-not-offered
// title.en: Which needs has nobody recorded as able to serve?
// title.bg: За кои нужди няма записан кой може да помогне?
// tags: themes, missing
// param: city City.id required example=city:sofia The city | Градът
// returns: theme Theme.id The need | Нуждата
// returns: name text Its name | Името ѝ
// returns: broader_offers int Offers of a broader theme | Предложения по по-широка тема
MATCH (:City {id: $city})-[:NEEDS]->(theme:Theme)
WHERE NOT EXISTS { MATCH (theme)<-[:ENABLES|BROADER*0..1]-(:Theme)<-[:OFFERS]-(:Organisation)-[:LOCATED_IN]->(:City {id: $city}) }
RETURN DISTINCT theme.id AS theme, coalesce(theme.name_en, theme.name_bg) AS name,
       COUNT { MATCH (theme)-[:BROADER]->(:Theme)<-[:OFFERS]-() } AS broader_offers
ORDER BY theme
