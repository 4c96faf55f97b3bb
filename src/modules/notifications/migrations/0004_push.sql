-- Browsers that want to hear of something by Web Push (RFC 8030). Gone when it is over, or when the browser says so.
create table notifications_browser (
  id uuid primary key,
  -- What of: 'queue:<visit>'.
  topic text not null,
  -- At a push service that the city knows; whoever has it and the keys can send there.
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  unique (topic, endpoint)
);
create index notifications_browser_end on notifications_browser (ends_at);

-- By which push services know this city (VAPID, RFC 8292), where the environment names no key. In the database, since a
-- subscription holds for one key alone: so it is there for every process, after a restart and in every backup.
create table notifications_push_key (
  is_only boolean primary key default true check (is_only),
  private_key text not null
);

-- What is of use for a while: "it is soon your turn".
alter table notifications_message add column useful_until timestamptz;

alter table notifications_delivery
  -- Of a push: one row for each. No foreign key: it may be gone, and the row tells what became of the message.
  add column browser uuid,
  drop constraint notifications_delivery_channel_check,
  add check (channel in ('mail', 'sms', 'inbox', 'push')),
  drop constraint notifications_delivery_message_channel_key,
  add unique nulls not distinct (message, channel, browser);
create index notifications_delivery_of_browser on notifications_delivery (browser, id) where browser is not null;
