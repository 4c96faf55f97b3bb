import { Type, type TSchema } from '#platform/schema.ts'

/** The shape of each file, before anything is looked up. Unknown keys are refused everywhere: they are typing errors. */

const strict = { additionalProperties: false }
/** Words and expressions: not empty. */
const Words = Type.String({ minLength: 1, maxLength: 5000 })
/** What people read of a fact that stands in one file for both languages. */
const InBoth = Type.Object({ de: Words, en: Words }, strict)
const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 })
const Kebab = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })
/** Values of choices may begin with a digit: '12' months. */
const Option = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 })
/** YAML reads `true` and numbers as such; an expression may be written so. */
const Feel = Type.Union([Words, Type.Boolean(), Type.Number()])
const List = (of: TSchema, min = 0) => Type.Array(of, { minItems: min, maxItems: 200 })
const Inputs = Type.Record(Name, Feel, strict)
const OneOf = (...values: readonly string[]) => Type.Unsafe<string>({ enum: values })

export const ServiceShape = Type.Object(
  {
    slug: Kebab,
    version: Type.Integer({ minimum: 1, maximum: 100000 }),
    state: OneOf('live', 'trial'),
    unit: Kebab,
    prefix: Type.String({ pattern: '^[A-Z]{2,5}$' }),
    login: Type.Optional(OneOf('none', 'required')),
    catalogue: Type.Object(
      {
        leika: Type.Optional(Type.String({ pattern: '^[0-9]{14}$' })),
        topics: List(Kebab, 1),
        keywords: Type.Object({ de: List(Words), en: List(Words) }, strict),
        workingDays: Type.Integer({ minimum: 0, maximum: 365 }),
        legalBasis: List(Words, 1),
      },
      strict,
    ),
    retention: Type.Object({ years: Type.Integer({ minimum: 0, maximum: 100 }), source: InBoth }, strict),
    permissions: Type.Optional(
      Type.Object({ read: Type.Optional(Words), work: Type.Optional(Words), decide: Type.Optional(Words) }, strict),
    ),
    applicant: Type.Object({ name: Words, email: Words, telephone: Type.Optional(Words) }, strict),
  },
  strict,
)

const Check = Type.Object({ name: Kebab, that: Feel }, strict)

export const FormShape = Type.Object(
  {
    steps: List(
      Type.Object(
        {
          name: Kebab,
          visibleIf: Type.Optional(Feel),
          items: List(Type.Object({}), 1),
          checks: Type.Optional(List(Check)),
        },
        strict,
      ),
      1,
    ),
  },
  strict,
)

export const GroupShape = Type.Object(
  {
    group: Name,
    visibleIf: Type.Optional(Feel),
    repeat: Type.Optional(
      Type.Object(
        { min: Type.Integer({ minimum: 0, maximum: 50 }), max: Type.Integer({ minimum: 1, maximum: 50 }) },
        strict,
      ),
    ),
    fields: List(Type.Object({}), 1),
  },
  strict,
)

const fieldShape = (type: string, more: Record<string, TSchema> = {}) =>
  Type.Object(
    {
      name: Name,
      type: Type.Literal(type),
      visibleIf: Type.Optional(Feel),
      required: Type.Optional(Type.Boolean()),
      requiredIf: Type.Optional(Feel),
      checks: Type.Optional(List(Check)),
      prefill: Type.Optional(Words),
      ...more,
    },
    strict,
  )

const Whole = (minimum: number, maximum: number) => Type.Optional(Type.Integer({ minimum, maximum }))

export const FIELD_SHAPES: Readonly<Record<string, TSchema>> = {
  text: fieldShape('text', {
    min: Whole(0, 10000),
    max: Whole(1, 10000),
    lines: Whole(1, 20),
    pattern: Type.Optional(Words),
    autocomplete: Type.Optional(Kebab),
  }),
  number: fieldShape('number', {
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    decimals: Whole(0, 4),
    unit: Type.Optional(Type.Boolean()),
  }),
  money: fieldShape('money', { min: Whole(0, 100_000_000_00), max: Whole(0, 100_000_000_00) }),
  date: fieldShape('date', {
    earliest: Type.Optional(Words),
    latest: Type.Optional(Words),
    autocomplete: Type.Optional(Kebab),
  }),
  choice: fieldShape('choice', {
    options: List(Option, 2),
    multiple: Type.Optional(Type.Boolean()),
    look: Type.Optional(OneOf('buttons', 'list')),
  }),
  address: fieldShape('address', { of: Type.Optional(OneOf('city', 'any')) }),
  plate: fieldShape('plate'),
  iban: fieldShape('iban'),
  mail: fieldShape('mail'),
  telephone: fieldShape('telephone'),
  file: fieldShape('file', {
    kinds: List(Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$' }), 1),
    maxMegabytes: Type.Integer({ minimum: 1, maximum: 100 }),
    min: Whole(1, 20),
    max: Whole(1, 20),
  }),
  consent: fieldShape('consent'),
  computed: Type.Object(
    {
      name: Name,
      type: Type.Literal('computed'),
      visibleIf: Type.Optional(Feel),
      value: Feel,
      format: OneOf('text', 'number', 'money', 'date'),
      shown: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
}

const Deadline = Type.Object(
  { days: Whole(0, 3650), workingDays: Whole(0, 1000) },
  { ...strict, minProperties: 1, maxProperties: 1 },
)

export const WorkflowShape = Type.Object(
  {
    initial: Kebab,
    states: Type.Record(
      Kebab,
      Type.Object(
        {
          kind: OneOf('automatic', 'clerk', 'waiting', 'final'),
          outcome: Type.Optional(OneOf('granted', 'refused', 'withdrawn', 'expired')),
          waitsFor: Type.Optional(OneOf('applicant', 'payment', 'partner')),
          deadline: Type.Optional(Deadline),
          checks: Type.Optional(List(Type.Object({ name: Name, check: Words, input: Type.Optional(Inputs) }, strict))),
        },
        strict,
      ),
      strict,
    ),
    transitions: List(
      Type.Object(
        {
          name: Kebab,
          from: List(Kebab, 1),
          to: Kebab,
          by: OneOf('applicant', 'clerk', 'system', 'partner'),
          permission: Type.Optional(Words),
          when: Type.Optional(Feel),
          on: Type.Optional(Words),
          reason: Type.Optional(Type.Boolean()),
          confirm: Type.Optional(Type.Boolean()),
          fields: Type.Optional(
            List(
              Type.Object(
                {
                  name: Name,
                  type: OneOf('text', 'long-text', 'date', 'money', 'choice'),
                  options: Type.Optional(List(Option, 2)),
                  required: Type.Optional(Type.Boolean()),
                  max: Whole(1, 10000),
                },
                strict,
              ),
            ),
          ),
          actions: Type.Optional(
            List(
              Type.Object(
                {
                  do: Words,
                  when: Type.Optional(Feel),
                  template: Type.Optional(Kebab),
                  sms: Type.Optional(Type.Boolean()),
                  fee: Type.Optional(Kebab),
                  after: Type.Optional(Deadline),
                  input: Type.Optional(Inputs),
                },
                strict,
              ),
            ),
          ),
        },
        strict,
      ),
      1,
    ),
  },
  strict,
)

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

export const FeesShape = Type.Record(
  Kebab,
  List(
    Type.Object(
      {
        from: Day,
        until: Type.Optional(Day),
        source: InBoth,
        rates: List(
          Type.Object({ when: Type.Optional(Feel), cents: Type.Union([Type.Integer({ minimum: 0 }), Words]) }, strict),
          1,
        ),
      },
      strict,
    ),
    1,
  ),
  strict,
)

const WordsBy = Type.Record(Type.String(), Words)

export const TextsShape = Type.Object(
  {
    service: Type.Object(
      {
        title: Words,
        summary: Words,
        who: Words,
        documents: List(Words),
        fee: Words,
        duration: Words,
        description: List(Words),
        next: List(Words, 1),
      },
      strict,
    ),
    steps: Type.Record(
      Type.String(),
      Type.Object({ title: Words, intro: Type.Optional(Words), checks: Type.Optional(WordsBy) }, strict),
    ),
    fields: Type.Record(
      Type.String(),
      Type.Object(
        {
          label: Words,
          hint: Type.Optional(Words),
          help: Type.Optional(Words),
          required: Type.Optional(Words),
          invalid: Type.Optional(Words),
          unit: Type.Optional(Words),
          add: Type.Optional(Words),
          options: Type.Optional(WordsBy),
          checks: Type.Optional(WordsBy),
        },
        strict,
      ),
    ),
    states: Type.Record(Type.String(), Type.Object({ plain: Words, next: Words, staff: Type.Optional(Words) }, strict)),
    transitions: Type.Record(
      Type.String(),
      Type.Object(
        {
          label: Words,
          says: Words,
          reason: Type.Optional(Words),
          confirm: Type.Optional(Words),
          fields: Type.Optional(WordsBy),
          options: Type.Optional(Type.Record(Type.String(), WordsBy)),
        },
        strict,
      ),
    ),
    fees: Type.Optional(WordsBy),
    letters: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.Union([Words, List(Words)]), { required: ['title'] })),
    ),
    notices: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ subject: Words, paragraphs: List(Words, 1), link: Type.Optional(Words) }, strict),
      ),
    ),
  },
  strict,
)
