--! PASS lint/identifier-too-long
--! why: PostgreSQL cuts it after 63 bytes and only says so in a notice
--! together: warned
CREATE TABLE a_table_with_a_name_of_more_than_sixty_three_bytes_which_is_cut_by_the_server (id bigint);
