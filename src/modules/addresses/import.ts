import { OperatorError } from '#platform/operator-error.ts'
import { readFile } from 'node:fs/promises'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { MultiPolygon, Polygon } from 'geojson'
import { transaction } from '#platform/db/transaction.ts'
import { fold } from '#platform/search/fold.ts'
import type { Command } from '#platform/module.ts'
import type { District } from './domain/address.ts'
import { featuresOf, readAddressList, type ListedAddress } from './domain/address-list.ts'
import * as store from './store.ts'

const SHOWN_REFUSALS = 20

/** `bin/rathaus import addresses FILE`: CSV or GeoJSON with points. Adds and updates; removes nothing. */
export const importAddresses: Command = {
  name: 'import',
  verb: 'addresses',
  usage: 'FILE',
  help: 'streets and houses from CSV or GeoJSON; adds and updates, removes nothing',
  run: async (ctx, [file], print) => {
    if (!file) throw new OperatorError('bin/rathaus import addresses needs a file (.csv, .json or .geojson)')
    const text = await readFile(file, 'utf8')
    const place = (await store.usualPlace(ctx)) ?? ctx.tenant.theme.contact.place
    const { rows, refused } = readAddressList(text, /\.(geo)?json$/i.test(file) ? 'geojson' : 'csv', place)
    const areas = await store.allDistricts(ctx)
    await transaction(ctx, (ctx) =>
      store.saveAddresses(
        ctx,
        rows.map((row) => ({ ...row, districtId: districtOf(row, areas) })),
        (done) => print(`${done} of ${rows.length}`),
      ),
    )
    for (const { at, reason } of refused.slice(0, SHOWN_REFUSALS)) print(`left out, ${at}: ${reason}`)
    if (refused.length > SHOWN_REFUSALS) print(`… and ${refused.length - SHOWN_REFUSALS} more`)
    print(`${rows.length} addresses taken over, ${refused.length} left out`)
  },
}

function districtOf(row: ListedAddress, areas: readonly District[]): string | null {
  const named = areas.find((area) => area.name === row.district || area.id === row.district)
  if (named) return named.id
  return (row.point && areas.find((area) => booleanPointInPolygon([...row.point!], area.area))?.id) || null
}

/** `bin/rathaus import districts FILE`: GeoJSON areas with a `name` (or `NAME`, `stadtteil`). */
export const importDistricts: Command = {
  name: 'import',
  verb: 'districts',
  usage: 'FILE',
  help: 'districts with their areas from GeoJSON',
  run: async (ctx, [file], print) => {
    if (!file) throw new OperatorError('bin/rathaus import districts needs a GeoJSON file')
    const found = featuresOf(await readFile(file, 'utf8')).flatMap((feature, i) => {
      const area = feature?.geometry
      const name = districtName(feature?.properties ?? null)
      if ((area?.type !== 'Polygon' && area?.type !== 'MultiPolygon') || !name) {
        print(`left out, feature ${i + 1}: needs an area and a name`)
        return []
      }
      return [{ id: slug(name), number: null, name, area: area as Polygon | MultiPolygon }]
    })
    await transaction(ctx, async (ctx) => {
      for (const district of found) await store.saveDistrict(ctx, district)
    })
    print(`${found.length} districts taken over`)
  },
}

function districtName(properties: Record<string, unknown> | null): string | null {
  const entry = Object.entries(properties ?? {}).find(
    ([key, value]) => /^(name|stadtteil|bezirk)$/i.test(key) && typeof value === 'string',
  )
  return (entry?.[1] as string | undefined)?.trim() || null
}

const slug = (name: string): string => fold(name).replaceAll(' ', '-')
