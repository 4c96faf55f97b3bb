-- What people tell us about barriers on these pages, and what we answered.
create table content_feedback (
  id uuid primary key,
  -- Address of the page that it is about, as the person named it; '' where they did not.
  about text not null,
  message text not null,
  name text not null,
  -- '' where the person wants no answer.
  email text not null,
  locale text not null check (locale in ('de', 'en')),
  state text not null check (state in ('open', 'answered', 'closed')),
  answer text,
  -- Who answered or closed it, by name, for colleagues.
  handled_by text,
  handled_at timestamptz,
  created_at timestamptz not null
);
create index content_feedback_state on content_feedback (state, created_at, id);
create index content_feedback_email on content_feedback (email) where email <> '';
