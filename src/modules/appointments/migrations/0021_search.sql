-- By which search an appointment was found, as it stands in the address of the times: other times are looked for in the same way on
-- another device. The offices around an address, not the address. Null: by none, or nobody's any more.
alter table appointments_booking add column search text;
