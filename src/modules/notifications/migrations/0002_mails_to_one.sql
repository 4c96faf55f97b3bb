-- How many mails an address got in the last hour that nobody has confirmed for this account.
create index notifications_message_address on notifications_message (lower(email), created_at) where email is not null;
