import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { CatalogueService, ServiceWords, Topic } from '../domain/service.ts'

type Row = Omit<CatalogueService, 'de' | 'en'> & { content: { de: ServiceWords; en: ServiceWords } }

const columns = sql`slug, topic, also, unit, channel, form, wanted, law, content`
const serviceOf = ({ content, ...rest }: Row): CatalogueService => ({ ...rest, ...content })

export async function services(ctx: Pick<Ctx, 'db'>): Promise<CatalogueService[]> {
  const rows = await many(ctx.db, sql<Row>`select ${columns} from catalogue_service order by slug`)
  return rows.map(serviceOf)
}

export async function serviceBySlug(ctx: Pick<Ctx, 'db'>, slug: string): Promise<CatalogueService | null> {
  const row = await maybe(ctx.db, sql<Row>`select ${columns} from catalogue_service where slug = ${slug}`)
  return row && serviceOf(row)
}

/** The city's page for a form; null where it wrote none. */
export async function slugOfForm(ctx: Pick<Ctx, 'db'>, form: string): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ slug: string }>`select slug from catalogue_service where form = ${form} limit 1`,
  )
  return row && row.slug
}

interface TopicRow {
  readonly slug: string
  readonly title: LocalizedText
  readonly intro: LocalizedText
}

const topicColumns = sql`slug,
  jsonb_build_object('de', content #> '{de,title}', 'en', content #> '{en,title}') as title,
  jsonb_build_object('de', content #> '{de,intro}', 'en', content #> '{en,intro}') as intro`

export const topics = (ctx: Pick<Ctx, 'db'>): Promise<Topic[]> =>
  many(ctx.db, sql<TopicRow>`select ${topicColumns} from catalogue_topic order by position`)

/** Writes topics and services anew; what is not among them goes. */
export async function replaceServices(
  ctx: Ctx,
  topics: readonly { slug: string; position: number; content: unknown }[],
  services: readonly CatalogueService[],
): Promise<void> {
  const rows = services.map(({ de, en, ...rest }) => ({ ...rest, content: { de, en } }))
  await exec(ctx.db, sql`delete from catalogue_service`)
  await exec(ctx.db, sql`delete from catalogue_topic`)
  await exec(
    ctx.db,
    sql`insert into catalogue_topic (slug, position, content)
      select slug, position, content from jsonb_to_recordset(${json(topics)}) as t (slug text, position integer, content jsonb)`,
  )
  await exec(
    ctx.db,
    sql`insert into catalogue_service (slug, topic, also, unit, channel, form, wanted, law, content, changed_at)
      select slug, topic, also, unit, channel, form, wanted, law, content, ${ctx.clock.now()}
      from jsonb_to_recordset(${json(rows)}) as s (slug text, topic text, also text[], unit text, channel text,
        form text, wanted integer, law text[], content jsonb)`,
  )
}
