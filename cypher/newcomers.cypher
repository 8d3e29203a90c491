// name: newcomers
// title.en: Who is first seen since a day?
// title.bg: Кой се появява за пръв път след дадена дата?
// tags: time, participation
// param: since date =2020 The day | Денят
// returns: actor text The actor | Участникът
// returns: name text Name | Име
// returns: first text First dated participation | Първо датирано участие
MATCH (actor)-[tie:PARTICIPATES_IN]->()
WHERE tie.valid_from <> '0001-01-01'
WITH actor, min(tie.valid_from) AS first
WHERE first >= $since
RETURN actor.id AS actor, coalesce(actor.name_en, actor.name_bg) AS name, first AS first
ORDER BY first, actor
