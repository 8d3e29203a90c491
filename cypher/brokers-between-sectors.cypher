// name: brokers-between-sectors
// title.en: Which organisations join several sectors?
// title.bg: Кои организации свързват няколко сектора?
// description.en: Shared projects, funding, mentoring, membership, ownership and partnership count; at least two sectors other than its own.
// description.bg: Броят се общи проекти, финансиране, менторство, членство, собственост и партньорство; поне два сектора освен собствения.
// tags: brokerage
// param: industry list =company,startup,business-association,cluster,accelerator,investor,bank Forms that count as industry | Форми, които се броят за бизнес
// param: academia list =university,research-institute Forms that count as academia | Форми, които се броят за наука и образование
// param: government list =public-authority,public-agency,public-company,public-fund,international-body Forms that count as government | Форми, които се броят за власт
// param: civil list =foundation,association,media,school Forms that count as civil society | Форми, които се броят за гражданско общество
// returns: broker Organisation.id Who | Кой
// returns: sector text Its own sector | Собствен сектор
// returns: sectors list Other sectors it works with | Други сектори, с които работи
// returns: partners int Partners in those sectors | Партньори в тези сектори
MATCH (broker:Organisation)
CALL (broker) {
  MATCH (broker)-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(other:Organisation) RETURN other
  UNION
  MATCH (broker)-[:FUNDS|MENTORS|MEMBER_OF|PART_OF|OWNS|PARTNERS_WITH]-(other:Organisation) RETURN other
}
WITH broker, other,
     CASE
       WHEN broker.form IN $industry THEN 'industry'
       WHEN broker.form IN $academia THEN 'academia'
       WHEN broker.form IN $government THEN 'government'
       WHEN broker.form IN $civil THEN 'civil society'
       ELSE 'other'
     END AS sector,
     CASE
       WHEN other.form IN $industry THEN 'industry'
       WHEN other.form IN $academia THEN 'academia'
       WHEN other.form IN $government THEN 'government'
       WHEN other.form IN $civil THEN 'civil society'
       ELSE 'other'
     END AS reached
WHERE broker.id <> other.id AND reached <> 'other' AND reached <> sector
WITH broker, sector, reached, count(DISTINCT other) AS partners
ORDER BY reached
WITH broker, sector, collect(reached) AS sectors, sum(partners) AS partners
WHERE size(sectors) >= 2
RETURN broker.id AS broker, sector AS sector, sectors AS sectors, partners AS partners
ORDER BY partners DESC, broker
