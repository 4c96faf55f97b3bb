-- Refunds that went to the bank together: their file can be loaded again and stays the same, and no refund is in two files.
alter table payments_refund add column order_id uuid;
create index payments_refund_order on payments_refund (order_id) where order_id is not null;
