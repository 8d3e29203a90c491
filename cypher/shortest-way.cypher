// name: shortest-way
// title.en: What are the shortest ways between two actors?
// title.bg: Кои са най-кратките пътища между двама участници?
// description.en: Locations and themes are no steps; at most eight steps are walked.
// description.bg: Местоположенията и темите не са стъпки; проследяват се най-много осем стъпки.
// tags: paths
// param: from id required example=org:sofia-municipality Where the way begins | Откъде започва пътят
// param: to id required example=city:espoo Where it ends | Къде свършва
// returns: steps int How many steps | Колко стъпки
// returns: stops list Through whom | През кого
// returns: statements list The ties | Връзките
MATCH (first:Organisation|Person|City|Project|Programme|Event {id: $from}),
      (last:Organisation|Person|City|Project|Programme|Event {id: $to})
WHERE first.id <> last.id
MATCH way = allShortestPaths(
  (first)-[:PARTICIPATES_IN|FUNDS|MENTORS|MEMBER_OF|PART_OF|OWNS|PARTNERS_WITH*..8]-(last)
)
WITH [stop IN nodes(way) | stop.id] AS stops, [tie IN relationships(way) | tie.id] AS statements
RETURN size(statements) AS steps, stops AS stops, statements AS statements
ORDER BY steps, statements
