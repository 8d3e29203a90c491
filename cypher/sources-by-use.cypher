// name: sources-by-use
// title.en: On which documents does most of the map rest?
// title.bg: На кои документи се крепи най-голяма част от картата?
// tags: sources
// returns: source Source.id The document | Документът
// returns: publisher text Who published it | Кой го е издал
// returns: published text When | Кога
// returns: statements int Ties that rest on it | Връзки, които се крепят на него
MATCH ()-[tie]->()
UNWIND tie.sources AS entry
WITH split(entry, '#')[0] AS cited, count(DISTINCT tie.id) AS statements
MATCH (source:Source {id: cited})
RETURN source.id AS source, source.publisher AS publisher, coalesce(source.published_on, '') AS published,
       statements AS statements
ORDER BY statements DESC, source
