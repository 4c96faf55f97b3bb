create table parking_zone (
  letter text primary key,
  name text not null,
  -- GeoJSON; null where only the address list says what belongs to it.
  area jsonb,
  -- Bays that residents may use.
  capacity integer not null default 0
);

-- The address list decides which zone a house belongs to; ids are those of the module addresses.
create table parking_zone_address (
  address_id uuid primary key,
  zone text not null references parking_zone on delete cascade,
  -- 'list': named by the city's own list; 'area': lies in the zone's area. The list wins.
  source text not null check (source in ('list', 'area'))
);
create index parking_zone_address_zone on parking_zone_address (zone);

create table parking_area (
  id uuid primary key,
  -- As the city's list counts them.
  number text not null unique,
  zones text[] not null default '{}',
  kind text not null,
  bays integer,
  alignment text,
  -- Times in the words of the sign.
  permit_times text,
  paid_times text,
  disc_times text,
  allowed_times text,
  restriction text,
  remark text,
  checked_on date,
  area jsonb not null
);
create index parking_area_zones on parking_area using gin (zones);

-- What the map shows behind the zones: rivers.
create table parking_backdrop (
  id text primary key,
  kind text not null check (kind in ('water')),
  area jsonb not null
);

create table parking_permit (
  id uuid primary key,
  -- The first permit of those that replaced each other.
  line uuid not null,
  replaces uuid,
  number text unique,
  unit text not null,
  zone text not null references parking_zone,
  plate text not null,
  -- Letters and digits alone, as officers type it.
  plate_key text not null,
  -- From the first day of validity to the day after the last.
  during daterange not null,
  state text not null check (state in ('reserved', 'valid', 'returned', 'replaced', 'lost')),
  given_name text not null,
  family_name text not null,
  birth_date date,
  street text not null,
  house_number text not null,
  postcode text not null,
  place text not null,
  account_id uuid,
  email text,
  locale text not null,
  case_id uuid,
  created_at timestamptz not null,
  issued_at timestamptz,
  ended_on date,
  -- SHA-256 of the code under which everybody can see whether it is valid.
  check_hash text unique,
  file_id uuid,
  reminded_on date,
  -- Two permits that are valid at once for one car in one zone cannot be, whatever the program does.
  constraint parking_permit_once exclude using gist (plate with =, zone with =, during with &&)
    where (state in ('reserved', 'valid'))
);
create index parking_permit_plate_key on parking_permit (plate_key);
create index parking_permit_line on parking_permit (line);
create index parking_permit_account on parking_permit (account_id);
create index parking_permit_zone on parking_permit (zone);
create unique index parking_permit_case on parking_permit (case_id) where replaces is null;

-- A check by an officer. The plate goes after the shift, see domain/lookup.ts.
create table parking_lookup (
  id uuid primary key,
  at timestamptz not null,
  officer uuid not null,
  plate text,
  zone text,
  result text not null,
  permit_id uuid
);
create index parking_lookup_officer on parking_lookup (officer, at desc);
create index parking_lookup_at on parking_lookup (at);
