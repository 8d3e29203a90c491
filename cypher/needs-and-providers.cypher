// name: needs-and-providers
// title.en: Who offers what a city needs, here or elsewhere?
// title.bg: Кой предлага това, от което градът има нужда, тук или другаде?
// tags: themes, matchmaking
// param: city City.id required example=city:sofia The city | Градът
// returns: theme Theme.id The need | Нуждата
// returns: name text Its name | Името ѝ
// returns: provider text Who offers it, or a theme that enables it | Кой предлага темата или друга, която я прави възможна
// returns: provider_name text Name | Име
// returns: by text The theme on offer | Предлаганата тема
// returns: standing text Standing of the offer | Достоверност на предложението
MATCH (:City {id: $city})-[:NEEDS]->(theme:Theme)
MATCH (theme)<-[:ENABLES|BROADER*0..1]-(by:Theme)<-[offer:OFFERS]-(provider)
RETURN DISTINCT theme.id AS theme, coalesce(theme.name_en, theme.name_bg) AS name, provider.id AS provider,
       coalesce(provider.name_en, provider.name_bg) AS provider_name, by.id AS by, offer.standing AS standing
ORDER BY theme, provider, by, standing
