// name: cities-by-network
// title.en: Which cities are in which programme or network, and as what?
// title.bg: Кои градове в коя програма или мрежа са и в каква роля?
// tags: cities, participation
// returns: programme Programme.id Programme or network | Програма или мрежа
// returns: role text As what | В каква роля
// returns: number int How many | Колко
// returns: cities list Which ones | Кои
MATCH (city:City)-[tie:PARTICIPATES_IN]->(programme:Programme)
WITH DISTINCT programme, coalesce(tie.role, '') AS role, city
ORDER BY city.id
WITH programme, role, collect(city.id) AS cities
RETURN programme.id AS programme, role AS role, size(cities) AS number, cities AS cities
ORDER BY programme, role
