create table addresses_district (
  id text primary key,
  number integer,
  name text not null,
  area jsonb not null
);

create table addresses_street (
  id uuid primary key,
  name text not null,
  place text not null,
  -- The name as people may type it, see domain/street-key.ts.
  key text not null,
  unique (name, place)
);
create index addresses_street_key on addresses_street using gin (key gin_trgm_ops);

create table addresses_address (
  id uuid primary key,
  street_id uuid not null references addresses_street,
  number integer not null,
  suffix text not null default '',
  postcode text not null,
  district_id text references addresses_district,
  -- Longitude and latitude, WGS84; null where the list had none.
  point point,
  unique (street_id, number, suffix, postcode)
);
create index addresses_address_point on addresses_address using gist (point);
create index addresses_address_district on addresses_address (district_id);
