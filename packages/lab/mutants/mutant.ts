/** A seeded fault: what a hurried change could do to the product, and which scenarios should notice. */
export interface Mutant {
  /** What is wrong with it, as a sentence. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Scenarios below test/scenarios, without `.yml`, that are about it: one of them has to fall. */
  readonly tries: readonly string[];
  /** Every one of `tries` has to fall. */
  readonly every?: true;
}

/** Text that stands exactly once in the file, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The source with the fault in it. Throws when the text has changed: then the mutant has to be written anew. */
export function mutated(source: string, { file, before, after }: Edit): string {
  const times = source.split(before).length - 1;
  if (times !== 1) throw new Error(`${file} holds the text ${times} times instead of once:\n${before}`);
  return source.replace(before, () => after);
}
