--! NEEDS_DBA runs-otherwise configuration-not-heeded
--! why: Spring Boot would run init-sqls before the migrations, and take out-of-order ones; both are the operator's here, where neither is set
--! says: spring.flyway.initSql
--! says: spring.flyway.outOfOrder
--! file: V#__spring.sql
CREATE TABLE spring (id bigint);
--! file: ../../src/main/resources/application.yml
spring:
  datasource: {url: "jdbc:postgresql://production/shop", password: hunter2}
  flyway:
    out-of-order: true
    init-sqls: ["SET search_path TO app"]
