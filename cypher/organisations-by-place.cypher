// name: organisations-by-place
// title.en: Which organisations are where, and of what form?
// title.bg: Кои организации къде се намират и от какъв вид са?
// tags: places
// param: city City.id required example=city:sofia The city | Градът
// returns: organisation Organisation.id The organisation | Организацията
// returns: name text Its name | Името ѝ
// returns: form text Form | Вид
// returns: address text Kind of address | Вид адрес
MATCH (organisation:Organisation)-[tie:LOCATED_IN]->(:City {id: $city})
RETURN organisation.id AS organisation, coalesce(organisation.name_en, organisation.name_bg) AS name,
       coalesce(organisation.form, '') AS form, coalesce(tie.address_role, '') AS address
ORDER BY organisation, address
