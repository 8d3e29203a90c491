// name: owners
// title.en: Who owns what, and how much of it?
// title.bg: Кой какво притежава и каква част?
// tags: ownership
// returns: owner text The owner | Собственикът
// returns: owner_name text Name | Име
// returns: owned text What is owned | Какво притежава
// returns: owned_name text Name | Име
// returns: share number 0 to 1; empty where no source says | От 0 до 1; празно, когато никой източник не казва
// returns: tie text The statement | Твърдението
MATCH (owner)-[tie:OWNS]->(owned)
RETURN owner.id AS owner, coalesce(owner.name_en, owner.name_bg) AS owner_name, owned.id AS owned,
       coalesce(owned.name_en, owned.name_bg) AS owned_name, tie.share AS share, tie.id AS tie
ORDER BY tie
