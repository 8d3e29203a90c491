// name: theme-landscape
// title.en: Who offers a theme, who needs it and which projects work on it?
// title.bg: Кой предлага дадена тема, кой я търси и кои проекти работят по нея?
// tags: themes
// param: theme Theme.id required example=theme:transport The theme, narrower ones included | Темата, заедно с по-тесните
// returns: how text How it is tied to the theme | Как е свързан с темата
// returns: who id Who or what | Кой или какво
// returns: theme Theme.id Which theme exactly | Коя тема по-точно
// returns: standing text How sure | Колко е сигурно
// returns: statement statement The statement | Твърдението
MATCH (:Theme {id: $theme})<-[:BROADER*0..3]-(served:Theme)<-[tie:OFFERS|NEEDS|ADDRESSES]-(who)
RETURN DISTINCT tie.kind AS how, who.id AS who, served.id AS theme, tie.standing AS standing, tie.id AS statement
ORDER BY how, who, statement
