import type { DemoUnit } from '../types.ts'

/** Telephone numbers begin with 0 after the area code, which no German number does: nobody real is called. */
const unit = (id: string, parentId: string | null, de: string, en: string, extension: number): DemoUnit => ({
  id,
  parentId,
  name: { de, en },
  telephone: `07199 0100-${extension}`,
  email: `${id}@musterstadt.example`,
})

export const UNITS: readonly DemoUnit[] = [
  unit('rathaus', null, 'Rathaus', 'City hall', 100),
  unit('hauptamt', 'rathaus', 'Hauptamt', 'Central services', 110),
  unit('buergeramt', 'rathaus', 'Bürgeramt', "Citizens' office", 120),
  unit('standesamt', 'buergeramt', 'Standesamt', 'Registry office', 125),
  unit('ordnungsamt', 'rathaus', 'Ordnungsamt', 'Public order office', 130),
  unit('strassenverkehr', 'ordnungsamt', 'Straßenverkehrsbehörde', 'Road traffic authority', 135),
  unit('steueramt', 'rathaus', 'Steueramt', 'Tax office', 140),
  unit('stadtkasse', 'rathaus', 'Stadtkasse', 'City treasury', 145),
  unit('bauamt', 'rathaus', 'Bauamt', 'Building authority', 150),
  unit('sozialamt', 'rathaus', 'Sozialamt', 'Social services', 160),
  unit('schulamt', 'rathaus', 'Amt für Schule und Kinder', 'Schools and childcare', 170),
  unit('kulturamt', 'rathaus', 'Kulturamt', 'Culture office', 180),
]
