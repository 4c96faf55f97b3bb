-- Every version of every service that this city has had; published ones never change.
create table services_version (
  slug         text        not null,
  version      integer     not null check (version > 0),
  -- SHA-256, hex, over the content of the folder.
  hash         text        not null,
  definition   jsonb       not null,
  state        text        not null check (state in ('trial', 'published')),
  -- False once the folder is gone: old cases keep their definition, new ones are not taken.
  offered      boolean     not null default true,
  loaded_at    timestamptz not null,
  published_at timestamptz,
  primary key (slug, version),
  check ((state = 'published') = (published_at is not null))
);
