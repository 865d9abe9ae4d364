--! PASS lint/require-lock-timeout
--! why: names are quoted in SQL and escaped in what is shown
--! shown as: &lt;script&gt;alert(1)&lt;/script&gt;
CREATE TABLE "<script>alert(1)</script>" ("a](javascript:alert(2)) | <b>" bigint);
ALTER TABLE carts ADD COLUMN "</td><img src=x onerror=alert(3)>" text;
