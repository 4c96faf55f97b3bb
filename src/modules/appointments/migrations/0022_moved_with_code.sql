-- SHA-256 of the code of that hold: whoever asks for the same move again has to have it, too.
alter table appointments_booking add column moved_with_code bytea;
