export { errorOf, fieldId, type At, type FieldOptions } from './field.ts'
export {
  emailField,
  hiddenField,
  moneyField,
  numberField,
  passwordField,
  telephoneField,
  textareaField,
  textField,
  type FieldWidth,
  type TextareaOptions,
  type TextFieldOptions,
} from './text.ts'
export {
  checkboxesField,
  checkboxField,
  consentField,
  fieldset,
  radioField,
  selectField,
  type Choice,
} from './choice.ts'
export { dateField, dateFromForm, joinDate, splitDate, type DateParts } from './date.ts'
export { dayError, dayField } from './day.ts'
export { periodErrors, periodFields, type Period } from './period.ts'
export { fileField, fileSize, type FileFieldOptions } from './file.ts'
