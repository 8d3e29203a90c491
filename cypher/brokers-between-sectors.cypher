// name: brokers-between-sectors
// title.en: Which projects join organisations of different forms?
// title.bg: Кои проекти събират организации от различен вид?
// tags: brokerage, participation
// returns: project Project.id The project | Проектът
// returns: name text Its name | Името му
// returns: forms int How many forms of organisation | Колко вида организации
// returns: organisations int How many organisations | Колко организации
MATCH (actor:Organisation)-[:PARTICIPATES_IN]->(project:Project)
WITH project, count(DISTINCT actor.form) AS forms, count(DISTINCT actor) AS organisations
WHERE forms >= 2
RETURN project.id AS project, coalesce(project.name_en, project.name_bg) AS name, forms AS forms, organisations AS organisations
ORDER BY forms DESC, project
