// name: busiest-mentors
// title.en: Who mentors most?
// title.bg: Кой е ментор най-често?
// tags: matchmaking
// returns: mentor id Who advises | Кой съветва
// returns: mentees int How many | Колко
// returns: first text Since when; empty where a date is unknown | Откога; празно, ако има неизвестна дата
MATCH (mentor)-[tie:MENTORS]->(mentee)
WITH mentor, count(DISTINCT mentee) AS mentees, min(tie.valid_from) AS first
RETURN mentor.id AS mentor, mentees AS mentees, CASE WHEN first = '0001-01-01' THEN '' ELSE first END AS first
ORDER BY mentees DESC, mentor
