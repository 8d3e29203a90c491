// name: projects-without-funding
// title.en: For which projects are neither funding nor a budget recorded?
// title.bg: За кои проекти не са записани нито финансиране, нито бюджет?
// tags: projects, money, what is missing
// returns: project Project.id The project | Проектът
// returns: participants int Recorded participants | Записани участници
// returns: status text Status | Състояние
// returns: since text Began | Започнал
MATCH (project:Project)
WHERE project.budget_minor IS NULL AND NOT EXISTS { MATCH (project)<-[:FUNDS]-() }
RETURN project.id AS project, COUNT { MATCH (project)<-[:PARTICIPATES_IN]-() } AS participants,
       coalesce(project.status, '') AS status, coalesce(project.since, '') AS since
ORDER BY project
