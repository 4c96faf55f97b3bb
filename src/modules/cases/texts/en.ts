import { workbench } from './en-workbench.ts'
import { citizen } from './en-citizen.ts'

export const en = { ...workbench, ...citizen }
