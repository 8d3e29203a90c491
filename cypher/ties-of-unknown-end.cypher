// name: ties-of-unknown-end
// title.en: Of which lasting ties does nobody say whether they still hold?
// title.bg: За кои трайни връзки никой не казва дали още са в сила?
// tags: time, missing
// param: before date =2020 Begun before this day | Започнали преди този ден
// returns: tie text The statement | Твърдението
// returns: kind text Kind of tie | Вид връзка
// returns: since text Begun | Начало
MATCH ()-[tie:MEMBER_OF|PARTNERS_WITH|OWNS|MENTORS]->()
WHERE tie.until IS NULL AND tie.since IS NOT NULL AND tie.valid_from < $before
RETURN tie.id AS tie, tie.kind AS kind, tie.since AS since
ORDER BY since, tie
