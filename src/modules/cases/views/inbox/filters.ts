import type { Ctx } from '#platform/context.ts'
import { filterBar, selectField, textField, type Choice } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { nothing, type Html } from '#platform/html/html.ts'
import { DEFAULT_SORT } from '../../domain/inbox.ts'
import { texts } from '../../texts/index.ts'
import type { InboxModel } from './model.ts'

export function filters(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).filter
  const { filter } = model
  const select = (
    name: string,
    label: string,
    value: string | null,
    choices: readonly Choice[],
    empty: string | null,
  ) => selectField(ctx, { name, label, value, choices, empty, optional: true })
  return filterBar(
    ctx,
    {
      action: href(ctx, '/workbench'),
      resetHref: href(ctx, '/workbench'),
      hidden: {
        ...(filter.q === '' && filter.phase === 'closed' ? { phase: 'closed' } : {}),
        ...(filter.sort === DEFAULT_SORT ? {} : { sort: filter.sort }),
        ...(filter.news ? { news: '1' } : {}),
      },
    },
    textField(ctx, {
      name: 'q',
      label: t.q,
      hint: t.qHint,
      value: filter.q,
      type: 'search',
      optional: true,
      maxLength: 200,
      width: 30,
    }),
    select('service', t.service, filter.service, model.services, t.all),
    select('state', t.state, filter.state, model.states, t.all),
    model.units.length > 1 ? select('unit', t.unit, filter.unit, model.units, t.all) : nothing,
    select(
      'assignee',
      t.assignee,
      filter.assignee,
      [{ value: 'me', label: t.me }, { value: 'none', label: t.nobody }, ...model.colleagues],
      t.all,
    ),
    // The tabs say open or closed; only a search over both needs the field.
    filter.q === '' && filter.phase !== 'all'
      ? nothing
      : select(
          'phase',
          t.phase,
          filter.phase,
          [
            { value: 'open', label: t.open },
            { value: 'closed', label: t.closed },
            { value: 'all', label: t.both },
          ],
          null,
        ),
    select(
      'due',
      t.due,
      filter.due,
      [
        { value: 'overdue', label: t.overdue },
        { value: 'week', label: t.week },
      ],
      t.all,
    ),
    select(
      'followup',
      t.followUp,
      filter.followUp,
      [
        { value: 'due', label: t.followUpDue },
        { value: 'any', label: t.followUpAny },
      ],
      t.all,
    ),
  )
}
