// name: projects-without-leader
// title.en: Which projects have no recorded leader?
// title.bg: Кои проекти нямат записан водещ?
// tags: projects, what is missing
// returns: project Project.id The project | Проектът
// returns: participants int Recorded participants | Записани участници
// returns: since text Began | Започнал
MATCH (project:Project)
WHERE NOT EXISTS { MATCH (project)<-[lead:PARTICIPATES_IN]-() WHERE lead.role = 'leads' }
RETURN project.id AS project, COUNT { MATCH (project)<-[:PARTICIPATES_IN]-() } AS participants,
       coalesce(project.since, '') AS since
ORDER BY project
