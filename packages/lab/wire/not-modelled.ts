/** A behaviour met something that the service has and the lab has not: answered 501, and the scenario fails. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotModelled';
  }
}

/** Refuses input members that the behaviour does not model, rather than act as if they were not there. */
export function modelOnly<Input extends object>(input: Input, ...modelled: readonly (keyof Input & string)[]): void {
  const others = Object.entries(input).filter(
    ([name, value]) => value !== undefined && !modelled.some(each => each === name),
  );
  if (others.length > 0) throw new NotModelled(`with ${others.map(([name]) => name).join(', ')}`);
}
