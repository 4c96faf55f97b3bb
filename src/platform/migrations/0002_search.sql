-- What people find by the city's search: one row per page and language, written by the module that owns the page.
create table search_document (
  -- 'catalogue.service'
  source text not null,
  id text not null,
  locale text not null check (locale in ('de', 'en')),
  path text not null,
  title text not null,
  summary text not null,
  -- Multiplies the rank: what is asked for most comes first among equals.
  weight real not null,
  -- Stems of all words, and titles and keywords as they are written (folded), for the beginnings of words.
  words tsvector not null,
  -- Folded title and keywords, for parts of compound words and for typing errors.
  folded text not null,
  primary key (source, id, locale)
);
create index search_document_words on search_document using gin (words);
create index search_document_folded on search_document using gin (folded gin_trgm_ops);

-- 'anwohnerparken' → 'Bewohnerparken': what people type, and what the city calls it.
create table search_synonym (
  source text not null,
  locale text not null check (locale in ('de', 'en')),
  -- Folded.
  word text not null,
  means text not null,
  primary key (locale, word, means)
);
