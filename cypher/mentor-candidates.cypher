// name: mentor-candidates
// title.en: Which mentor cities offer what a city needs?
// title.bg: Кои градове ментори предлагат това, от което градът има нужда?
// tags: matchmaking
// param: city City.id required example=city:sofia The city | Градът
// returns: mentor City.id The candidate | Кандидатът
// returns: name text Its name | Името му
// returns: country text Country | Държава
// returns: shared int Needs it can serve | Нужди, на които може да отговори
MATCH (seeker:City {id: $city})-[:NEEDS]->(theme:Theme)<-[:ENABLES|BROADER*0..1]-(:Theme)<-[:OFFERS]-(mentor:City)
WHERE mentor.id <> $city
WITH mentor, count(DISTINCT theme) AS shared
RETURN mentor.id AS mentor, coalesce(mentor.name_en, mentor.name_bg) AS name, coalesce(mentor.country, '') AS country,
       shared AS shared
ORDER BY shared DESC, mentor
