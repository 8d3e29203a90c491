// name: newcomers
// title.en: Who appears for the first time since a date?
// title.bg: Кой се появява за пръв път от дадена дата насам?
// tags: time
// param: since date required example=2020-01-01 From this day | От този ден
// returns: actor id Who | Кой
// returns: kind text What kind of actor | Какъв участник
// returns: first date First dated tie | Първа датирана връзка
// returns: undated int Ties without a date, which may be older | Връзки без дата, които може да са по-стари
MATCH (actor:Organisation|Person|City)-[tie:PARTICIPATES_IN|FUNDS|MENTORS|MEMBER_OF|PARTNERS_WITH|OWNS]-()
WITH actor, min(CASE WHEN tie.valid_from = '0001-01-01' THEN '9999-12-31' ELSE tie.valid_from END) AS first,
     sum(CASE WHEN tie.valid_from = '0001-01-01' THEN 1 ELSE 0 END) AS undated
WHERE first >= $since AND first < '9999-12-31'
RETURN actor.id AS actor, actor.kind AS kind, first AS first, undated AS undated
ORDER BY first, actor
