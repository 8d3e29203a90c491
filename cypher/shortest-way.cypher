// name: shortest-way
// title.en: What are the shortest ways between two actors?
// title.bg: Кои са най-кратките пътища между двама участници?
// tags: paths
// param: from text required example=org:sofia-municipality Where the way begins | Откъде започва пътят
// param: to text required example=org:european-commission Where it ends | Къде свършва
// returns: length int Number of ties | Брой връзки
// returns: way text The ids along the way | Номерата по пътя
MATCH (first {id: $from}), (last {id: $to})
MATCH way = allShortestPaths((first)-[:PARTICIPATES_IN|FUNDS|MENTORS|MEMBER_OF|PART_OF|OWNS|PARTNERS_WITH*..8]-(last))
RETURN DISTINCT length(way) AS length, [stop IN nodes(way) | stop.id] AS way
ORDER BY way
