// name: statements-by-standing
// title.en: How sure is the map, kind by kind?
// title.bg: Колко сигурна е картата за всеки вид връзки?
// tags: sources
// returns: kind text Kind of tie | Вид връзка
// returns: standing text How sure | Колко е сигурно
// returns: statements int How many | Колко
// returns: undated int Of them without a date | От тях без дата
MATCH ()-[tie]->()
RETURN tie.kind AS kind, tie.standing AS standing, count(tie) AS statements,
       sum(CASE WHEN tie.since IS NULL AND tie.until IS NULL THEN 1 ELSE 0 END) AS undated
ORDER BY kind, standing
