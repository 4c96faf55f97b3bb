import { workbench } from './de-workbench.ts'
import { citizen } from './de-citizen.ts'

export const de = { ...workbench, ...citizen }
