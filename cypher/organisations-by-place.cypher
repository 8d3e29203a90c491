// name: organisations-by-place
// title.en: Which organisations are in a city, and of what form?
// title.bg: Кои организации са в даден град и какви са?
// tags: organisations
// param: city City.id required example=city:sofia The city | Градът
// returns: form text Form | Форма
// returns: organisation Organisation.id The organisation | Организацията
// returns: address text Kind of address | Вид адрес
// returns: standing text How sure | Колко е сигурно
// returns: statement statement The statement | Твърдението
MATCH (organisation:Organisation)-[tie:LOCATED_IN]->(:City {id: $city})
RETURN coalesce(organisation.form, '') AS form, organisation.id AS organisation,
       coalesce(tie.address_role, '') AS address, tie.standing AS standing, tie.id AS statement
ORDER BY form, statement
