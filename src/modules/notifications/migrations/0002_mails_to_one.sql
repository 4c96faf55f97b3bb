-- How many mails an address that nobody has confirmed got in the last hour.
create index notifications_message_unconfirmed on notifications_message (lower(email), created_at) where account is null;
