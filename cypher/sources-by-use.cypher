// name: sources-by-use
// title.en: Which documents does the map rest on?
// title.bg: На кои документи се крепи картата?
// tags: sources
// returns: source Source.id The document | Документът
// returns: title text Its title | Заглавието му
// returns: publisher text Who published it | Издател
// returns: ties int Ties that name it | Връзки, които го посочват
MATCH ()-[tie]->()
UNWIND coalesce(tie.sources, []) AS entry
WITH split(entry, '#')[0] AS cited, tie.id AS tie
WITH cited, count(DISTINCT tie) AS ties
MATCH (source:Source {id: cited})
RETURN source.id AS source, coalesce(source.name_en, source.name_bg) AS title, source.publisher AS publisher, ties AS ties
ORDER BY ties DESC, source
