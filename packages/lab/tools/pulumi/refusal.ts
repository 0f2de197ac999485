/** An end that the CLI tells on stderr as `error: …`, with its exit code; stdout stays as it is. */
export class Refusal extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Something that the real CLI can do and this stand-in cannot: never passed over in silence. */
export function notModelled(what: string): Refusal {
  return new Refusal(`the lab’s pulumi does not model ${what}`, 99);
}
