// name: busiest-mentors
// title.en: Which cities mentor the most others?
// title.bg: Кои градове са ментори на най-много други?
// tags: mentoring
// returns: mentor City.id The mentor | Менторът
// returns: name text Its name | Името му
// returns: mentees int Cities it advised | Градове, които е съветвал
MATCH (mentor:City)-[:MENTORS]->(mentee:City)
WITH mentor, count(DISTINCT mentee) AS mentees
RETURN mentor.id AS mentor, coalesce(mentor.name_en, mentor.name_bg) AS name, mentees AS mentees
ORDER BY mentees DESC, mentor
