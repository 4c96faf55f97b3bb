-- Addresses that differ only in what follows a plus are one mailbox.
create index appointments_booking_of_mailbox
  on appointments_booking ((regexp_replace(lower(email), '^([^+@]+)[+][^@]*', '\1')), starts_at) where email is not null;

-- The hold whose time the booking took over last: whoever asks for the same move again has it.
alter table appointments_booking add column moved_with uuid;
