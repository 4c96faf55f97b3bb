-- The register of residents as this installation's own adapter keeps it; a city with a register of its own uses the HTTP adapter.
create table population_resident (
  id uuid primary key,
  given_name text not null,
  family_name text not null,
  birth_date date not null,
  street text not null,
  house_number text not null,
  postcode text not null,
  place text not null,
  -- Street and number as addresses are compared: 'lindenstr 12a'.
  house_key text not null,
  residence text not null check (residence in ('main', 'secondary')),
  moved_in_on date not null
);
create index population_resident_birth_date on population_resident (birth_date);
create index population_resident_house_key on population_resident (house_key);

-- Who asked and why; not about whom.
create table population_query (
  id uuid primary key,
  at timestamptz not null,
  asked_by text not null,
  purpose text not null,
  adapter text not null,
  outcome text not null
);
create index population_query_at on population_query (at);
