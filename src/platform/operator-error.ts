/** Something that whoever runs the program can put right: shown as its message alone, without where in the code it arose. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}
