// name: projects-without-leader
// title.en: Which projects have no recorded leader?
// title.bg: Кои проекти нямат записан водещ?
// tags: projects, missing
// returns: project Project.id The project | Проектът
// returns: name text Its name | Името му
// returns: participants int Recorded participants | Записани участници
MATCH (project:Project)
WHERE NOT EXISTS { MATCH (project)<-[lead:PARTICIPATES_IN]-() WHERE lead.role = 'leads' }
RETURN project.id AS project, coalesce(project.name_en, project.name_bg) AS name,
       COUNT { MATCH (project)<-[:PARTICIPATES_IN]-() } AS participants
ORDER BY project
