// name: single-source-statements
// title.en: Which ties rest on a single source?
// title.bg: Кои връзки се крепят на един източник?
// tags: sources
// param: kind text =FUNDS Kind of tie | Вид връзка
// returns: tie text The statement | Твърдението
// returns: source text Its only source and the place in it | Единственият ѝ източник и мястото в него
// returns: standing text Standing | Достоверност
MATCH ()-[tie]->()
WHERE tie.kind = $kind AND size(coalesce(tie.sources, [])) = 1
RETURN tie.id AS tie, tie.sources[0] AS source, tie.standing AS standing
ORDER BY tie
