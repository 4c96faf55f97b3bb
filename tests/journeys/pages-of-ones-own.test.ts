import { describe } from 'vitest'
import { loadModules } from '#src/modules.ts'
import { isForStaff, isPublic, pagesOf } from './support/pages.ts'
import { testEveryPage } from './support/walk.ts'

const routes = pagesOf(await loadModules()).filter((route) => !isForStaff(route) && !isPublic(route))

describe('every page of an account or behind a code, in German and English, as everybody who may see it', () => {
  testEveryPage(routes)
})
