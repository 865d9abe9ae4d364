--! PASS
--! why: a file's name is a branch's text too
--! shown as: V#__&lt;script&gt;alert(1)&lt;b&gt;.sql
--! file: V#__<script>alert(1)<b>.sql
CREATE TABLE of_a_file (id bigint);
