-- Groups of services by what happens in a life: moving, marrying, building.
create table catalogue_topic (
  slug text primary key,
  position integer not null,
  -- { de: { title, intro }, en: … }
  content jsonb not null
);

create table catalogue_service (
  slug text primary key,
  topic text not null references catalogue_topic,
  -- Further topics.
  also text[] not null,
  -- Unit of accounts that is responsible; looked up through its door.
  unit text not null,
  -- office: in person; post: by mail or letter.
  channel text not null check (channel in ('office', 'post')),
  -- Slug of the folder in services/ whose form can be filled in online.
  form text,
  -- Place among the most wanted, from 1.
  wanted integer,
  law text[] not null,
  -- { de: { title, what, who, documents, fee, duration, words }, en: … }
  content jsonb not null,
  changed_at timestamptz not null
);
create index catalogue_service_topic on catalogue_service (topic);

create table catalogue_office (
  slug text primary key,
  position integer not null,
  -- Units that see people here.
  units text[] not null,
  -- Names, address, hours, how to get in.
  content jsonb not null
);
