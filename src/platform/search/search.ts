import type { Ctx } from '../context.ts'
import { exec, many, sql } from '../db/db.ts'
import { json } from '../db/json.ts'
import { transaction } from '../db/transaction.ts'
import type { Locale } from '../i18n/locale.ts'
import { fold, wordsOf } from './fold.ts'

export interface SearchDocument {
  readonly id: string
  readonly locale: Locale
  /** Without the language prefix: `/leistungen/personalausweis`. */
  readonly path: string
  readonly title: string
  /** One or two sentences, shown below the title. */
  readonly summary: string
  /** Other words that people type for it. */
  readonly keywords: readonly string[]
  /** Everything else that may be found. */
  readonly body: string
  /** 1 for most; more for what many people look for. */
  readonly weight?: number
}

export interface SearchHit {
  readonly source: string
  readonly id: string
  readonly path: string
  readonly title: string
  readonly summary: string
  /** False where no word was found as it was typed, only similar ones: "Meinten Sie …?" */
  readonly exact: boolean
}

/** Replaces everything that `source` has in the search, in both languages. */
export async function indexDocuments(ctx: Ctx, source: string, docs: readonly SearchDocument[]): Promise<void> {
  const rows = docs.map((doc) => ({
    ...doc,
    weight: doc.weight ?? 1,
    keywords: doc.keywords.join(' · '),
    plainTitle: fold(doc.title),
    plainKeywords: doc.keywords.map(fold).join(' '),
    config: doc.locale === 'en' ? 'english' : 'german',
  }))
  await transaction(ctx, async (ctx) => {
    await exec(
      ctx.db,
      sql`delete from search_document where source = ${source}
        and (id, locale) not in (select id, locale from jsonb_to_recordset(${json(rows)}) as doc (id text, locale text))`,
    )
    // Written at every start: what did not change is not touched, so the indexes do not grow.
    await exec(
      ctx.db,
      sql`insert into search_document as old (source, id, locale, path, title, summary, weight, words, folded)
        select ${source}, id, locale, path, title, summary, weight,
          setweight(to_tsvector(config::regconfig, title) || to_tsvector('simple', "plainTitle"), 'A')
            || setweight(to_tsvector(config::regconfig, keywords) || to_tsvector('simple', "plainKeywords"), 'B')
            || setweight(to_tsvector(config::regconfig, summary), 'C')
            || setweight(to_tsvector(config::regconfig, body), 'D'),
          "plainTitle" || ' ' || "plainKeywords"
        from jsonb_to_recordset(${json(rows)}) as doc (id text, locale text, path text, title text, summary text,
          weight real, keywords text, body text, "plainTitle" text, "plainKeywords" text, config text)
        on conflict (source, id, locale) do update set path = excluded.path, title = excluded.title,
          summary = excluded.summary, weight = excluded.weight, words = excluded.words, folded = excluded.folded
        where (old.path, old.title, old.summary, old.weight, old.words, old.folded)
          is distinct from (excluded.path, excluded.title, excluded.summary, excluded.weight, excluded.words, excluded.folded)`,
    )
  })
}

/** Replaces the synonyms of `source`: word as typed → words of the city. */
export async function setSynonyms(
  ctx: Ctx,
  source: string,
  synonyms: Readonly<Record<Locale, Readonly<Record<string, readonly string[]>>>>,
): Promise<void> {
  const rows = (['de', 'en'] as const).flatMap((locale) =>
    Object.entries(synonyms[locale]).flatMap(([word, means]) =>
      means.map((meaning) => ({ locale, word: fold(word), means: meaning })),
    ),
  )
  await transaction(ctx, async (ctx) => {
    await exec(ctx.db, sql`delete from search_synonym where source = ${source}`)
    await exec(
      ctx.db,
      sql`insert into search_synonym (source, locale, word, means)
        select ${source}, locale, word, means from jsonb_to_recordset(${json(rows)}) as s (locale text, word text, means text)
        on conflict do nothing`,
    )
  })
}

/** Weights of body, summary, keywords, title, as `ts_rank` wants them. */
const WEIGHTS = [0.05, 0.2, 0.7, 1]
/** From this length on a word is also looked for inside compound words and with typing errors. */
const LONG_WORD = 4
/** A hit that is worth less than this share of the best one is noise. */
const WORTH_SHOWING = 0.2

/**
 * Finds pages in the language of the context: by stems, beginnings of words, synonyms and parts of compound words;
 * a word that is found in none of these ways is looked for with typing errors (trigrams). Words that many pages hold count
 * less. Best first; nothing for a query without words.
 *
 * Speed with 20,000 pages, for words that most of them hold: pages go through the sums by their place in the table
 * (`ctid`, good within one statement), similar words are looked for only where no page holds the word, and only those
 * that are shown are fetched. That took a word from 1.1 s to 0.25 s, and three words from 2.6 s to 0.75 s, on a machine
 * that did twenty other things meanwhile.
 */
export async function searchDocuments(
  ctx: Pick<Ctx, 'db' | 'locale'>,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const words = wordsOf(query)
  if (words.length === 0) return []
  const config = ctx.locale === 'en' ? 'english' : 'german'
  const rows = await many(
    ctx.db,
    sql<SearchHit & { score: number }>`
      with typed as (
        select n, word, folded, plainto_tsquery(${config}::regconfig, word) as stems
        from unnest(${words}::text[], ${words.map(fold)}::text[]) with ordinality as t (word, folded, n)
      ), asked as (
        -- The last word may not be typed to its end yet, so beginnings of words count as well.
        select n, folded, stems || to_tsquery('simple', (select string_agg('''' || part || ''':*', ' & ') from unnest(string_to_array(folded, ' ')) as part)) as query
        from typed where numnode(stems) > 0
        union all
        select n, null, plainto_tsquery(${config}::regconfig, means) || plainto_tsquery('simple', lower(means))
        from typed join search_synonym s on s.word = typed.folded and s.locale = ${ctx.locale}
      ), exact as materialized (
        select d.ctid as doc, n, ts_rank(${WEIGHTS}::real[], d.words, query) * d.weight as rank
        from asked join search_document d on d.words @@ query where d.locale = ${ctx.locale}
        union all
        select d.ctid, n, 0.4 * d.weight
        from asked join search_document d on d.folded like '%' || asked.folded || '%'
        where d.locale = ${ctx.locale} and length(asked.folded) >= ${LONG_WORD}
      ), similar_only as materialized (
        select d.ctid as doc, n, 0.4 * word_similarity(missed.folded, d.folded) * d.weight as rank
        from (select * from asked where length(folded) >= ${LONG_WORD} and n not in (select n from exact)) as missed
        join search_document d on missed.folded <% d.folded where d.locale = ${ctx.locale}
      ), best as (
        select doc, n, true as exact, max(rank) as rank from exact group by doc, n
        union all
        select doc, n, false, max(rank) from similar_only group by doc, n
      ), pages as (
        select n, sqrt(count(*)) as root from best group by n
      ), scored as (
        select doc, bool_or(exact) as exact, count(*) ^ 2 * sum(rank / root) as score
        from best join pages using (n) group by doc order by score desc, doc limit ${limit}
      )
      select d.source, d.id, d.path, d.title, d.summary, scored.exact, scored.score
      from scored join search_document d on d.ctid = scored.doc
      order by scored.score desc, d.title`,
  )
  const least = (rows[0]?.score ?? 0) * WORTH_SHOWING
  return rows
    .filter((row) => row.score >= least)
    .map(({ source, id, path, title, summary, exact }) => ({ source, id, path, title, summary, exact }))
}
