// name: ties-of-unknown-end
// title.en: Which lasting ties may have gone stale?
// title.bg: Кои трайни връзки може да са остарели?
// description.en: No source says that they ended, and none that confirms them is newer than the day.
// description.bg: Никой източник не казва, че са приключили, и никой от потвърждаващите ги не е по-нов от този ден.
// tags: time, what is missing
// param: before date required example=2020-01-01 Nothing newer than this day supports them | Нищо по-ново от този ден не ги потвърждава
// returns: kind text Kind of tie | Вид връзка
// returns: statement statement The statement | Твърдението
// returns: since text From | От
// returns: newest text Date of the newest source | Дата на най-новия източник
MATCH ()-[tie:MEMBER_OF|PARTNERS_WITH|OWNS|MENTORS|OFFERS|NEEDS]->()
WHERE tie.until IS NULL
UNWIND tie.sources AS entry
MATCH (source:Source {id: split(entry, '#')[0]})
WITH tie, max(coalesce(source.published_on, source.retrieved_on, '')) AS newest
WHERE newest <> '' AND newest < $before
RETURN tie.kind AS kind, tie.id AS statement, coalesce(tie.since, '') AS since, newest AS newest
ORDER BY newest, statement
