// name: mentor-candidates
// title.en: Which cities abroad offer what a city needs?
// title.bg: Кои градове в чужбина предлагат това, от което даден град има нужда?
// description.en: Narrower themes count, and themes that enable the one that is needed.
// description.bg: Броят се и по-тесните теми, и темите, които дават възможност за търсената.
// tags: matchmaking
// param: city City.id required example=city:sofia The city that looks for a mentor | Градът, който търси ментор
// param: as_of date =today Offers that hold on this day | Предлагане, което е в сила на този ден
// returns: mentor City.id The candidate | Кандидатът
// returns: served int Needs it can serve | Нужди, на които може да отговори
// returns: themes list Which ones | Кои са те
// returns: country text Country | Държава
// returns: programmes int Programmes in which it is a mentor | Програми, в които е ментор
MATCH (seeker:City {id: $city})-[:NEEDS]->(theme:Theme)
CALL (theme) {
  MATCH (theme)<-[:BROADER*0..3]-(served:Theme) RETURN served
  UNION
  MATCH (theme)<-[:ENABLES]-(served:Theme) RETURN served
}
MATCH (served)<-[offer:OFFERS]-(mentor:City)
WHERE mentor.id <> $city AND coalesce(mentor.country, '') <> coalesce(seeker.country, '?')
  AND offer.valid_from <= $as_of AND offer.valid_to >= $as_of
WITH DISTINCT mentor, theme
ORDER BY theme.id
WITH mentor, collect(theme.id) AS themes
RETURN mentor.id AS mentor, size(themes) AS served, themes AS themes, mentor.country AS country,
       COUNT { MATCH (mentor)-[role:PARTICIPATES_IN]->(:Programme) WHERE role.role = 'mentor' } AS programmes
ORDER BY served DESC, mentor
