-- '+49 171 12-34', '0049171...' and '0171...' are one number: its figures without the ways to begin it.
create function notifications_national(telephone text) returns text language sql immutable strict parallel safe
  return regexp_replace(regexp_replace(telephone, '\D', '', 'g'), '^(0049|49|0)', '');

-- How many SMS a number got in the last hour that nobody has confirmed.
create index notifications_message_telephone on notifications_message (notifications_national(telephone), created_at)
  where telephone is not null;
