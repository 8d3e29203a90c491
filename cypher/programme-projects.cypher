// name: programme-projects
// title.en: Which projects belong to a programme, who leads them and what do they cost?
// title.bg: Кои проекти са част от дадена програма, кой ги води и колко струват?
// tags: projects, money
// param: programme Programme.id required example=programme:horizon-2020 The programme | Програмата
// returns: project Project.id The project | Проектът
// returns: leaders list Who leads it | Кой го води
// returns: budget number Budget; empty where nobody says | Бюджет; празно, ако никой не казва
// returns: currency text Currency | Валута
// returns: since text From | От
// returns: until text To | До
MATCH (project:Project)-[:PART_OF]->(:Programme {id: $programme})
OPTIONAL MATCH (project)<-[lead:PARTICIPATES_IN]-(leader)
WHERE lead.role = 'leads'
WITH project, leader
ORDER BY leader.id
WITH project, collect(DISTINCT leader.id) AS leaders,
     CASE WHEN project.budget_currency IN ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
     'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'] THEN 1.0
     WHEN project.budget_currency IN ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] THEN 1000.0 ELSE 100.0 END AS units
RETURN project.id AS project, leaders AS leaders, project.budget_minor / units AS budget,
       coalesce(project.budget_currency, '') AS currency, coalesce(project.since, '') AS since,
       coalesce(project.until, '') AS until
ORDER BY project
