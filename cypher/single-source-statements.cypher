// name: single-source-statements
// title.en: Which statements rest on one publisher alone?
// title.bg: Кои твърдения се крепят само на един издател?
// tags: sources, what is missing
// param: kind text =MENTORS Kind of tie: MENTORS, FUNDS, OFFERS ... | Вид връзка: MENTORS, FUNDS, OFFERS ...
// returns: statement statement The statement | Твърдението
// returns: publisher text Who alone says so | Кой единствен го твърди
// returns: standing text How sure | Колко е сигурно
MATCH ()-[tie {kind: $kind}]->()
UNWIND tie.sources AS entry
MATCH (source:Source {id: split(entry, '#')[0]})
WITH tie, count(DISTINCT source.publisher) AS publishers, min(source.publisher) AS publisher
WHERE publishers = 1
RETURN tie.id AS statement, publisher AS publisher, tie.standing AS standing
ORDER BY statement
