import { describe } from 'vitest'
import { loadModules } from '#src/modules.ts'
import { isForStaff, pagesOf } from './support/pages.ts'
import { testEveryPage } from './support/walk.ts'

const routes = pagesOf(await loadModules()).filter(isForStaff)

describe('every page of the workbench, in German and English, as everybody who may see it', () => {
  testEveryPage(routes)
})
