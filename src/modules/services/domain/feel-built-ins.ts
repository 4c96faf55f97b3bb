/** Functions of FEEL (DMN 1.5, section 10.3.4) that feelin has; names of one word or several. */
export const BUILT_INS: ReadonlySet<string> = new Set(
  (
    'number|string|date|date and time|time|duration|years and months duration|now|today|not|substring|string length|' +
    'upper case|lower case|substring before|substring after|replace|contains|matches|starts with|ends with|split|' +
    'string join|list contains|list replace|count|min|max|sum|mean|all|any|sublist|append|concatenate|insert before|' +
    'remove|reverse|index of|union|distinct values|flatten|product|median|stddev|mode|decimal|floor|ceiling|abs|' +
    'round up|round down|round half up|round half down|modulo|sqrt|log|exp|odd|even|is|before|after|meets|met by|' +
    'overlaps|overlaps before|overlaps after|finishes|finished by|includes|during|starts|started by|coincides|' +
    'day of year|day of week|month of year|week of year|sort|get value|get entries'
  ).split('|'),
)
