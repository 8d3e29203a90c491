// name: projects-without-funding
// title.en: Which projects have no recorded money?
// title.bg: За кои проекти не са записани средства?
// tags: projects, funding, missing
// returns: project Project.id The project | Проектът
// returns: name text Its name | Името му
// returns: status text Status | Състояние
MATCH (project:Project)
WHERE project.budget_minor IS NULL AND NOT EXISTS { MATCH (project)<-[:FUNDS]-() }
RETURN project.id AS project, coalesce(project.name_en, project.name_bg) AS name, coalesce(project.status, '') AS status
ORDER BY project
