export * from './fields/index.ts'
export {
  buttonForm,
  buttonGroup,
  button,
  csvButton,
  linkButton,
  type ButtonKind,
  type ButtonOptions,
} from './button.ts'
export { columnChart, type ChartOptions, type Series } from './chart.ts'
export { card, cardGrid, type CardOptions } from './card.ts'
export { errorSummary, form, type FieldError, type FormOptions } from './form.ts'
export {
  backLink,
  columns,
  details,
  factBox,
  link,
  mailWords,
  pageHeading,
  progress,
  prose,
  section,
  stack,
  stepOf,
  telephoneHref,
  telephoneLink,
} from './heading.ts'
export { icon, type Icon } from './icon.ts'
export { keyboard, type KeyboardOptions } from './keyboard.ts'
export {
  actionList,
  descriptionList,
  list,
  summaryList,
  timeline,
  type Entry,
  type SummaryEntry,
  type TimelineEntry,
} from './lists.ts'
export { alert, badge, emptyState, notice, type Tone } from './message.ts'
export {
  breadcrumb,
  confirmPanel,
  copyable,
  filterBar,
  searchField,
  suggestionCounts,
  tabs,
  type Crumb,
  type Tab,
} from './navigation.ts'
export { pagination, type PaginationOptions } from './pagination.ts'
export { table, type Column, type TableOptions } from './table.ts'
