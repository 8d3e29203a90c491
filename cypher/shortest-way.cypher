// name: shortest-way
// title.en: What is the shortest way between two actors?
// title.bg: Кой е най-краткият път между двама участници?
// tags: paths
// param: from text required example=org:sofia-municipality Where the way begins | Откъде започва пътят
// param: to text required example=org:european-commission Where it ends | Къде свършва
// returns: length int Number of ties | Брой връзки
MATCH (first {id: $from}), (last {id: $to})
MATCH way = shortestPath((first)-[:PARTICIPATES_IN|FUNDS|MENTORS|MEMBER_OF|PART_OF|OWNS|PARTNERS_WITH*..8]-(last))
RETURN length(way) AS length
ORDER BY length
