/** Hides secrets in whatever leaves the action: the log, the summary, outputs, receipts, the journal. */
export interface Redactor {
  add(secret: string): void;
  redact(text: string): string;
}

/** Shorter values are in every second word: hiding them would hide nothing and spoil everything. */
const shortest = 4;

/** The encodings in which secrets usually slip out. */
const encodings: readonly ((secret: string) => string)[] = [
  secret => secret,
  secret => JSON.stringify(secret).slice(1, -1),
  secret => encodeURIComponent(secret),
  secret => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** `mask`: tells the runner, too, which keeps it out of the logs of later steps. */
export function createRedactor(mask: (secret: string) => void): Redactor {
  const known = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    add(secret) {
      const parts = [secret, ...secret.split(/\r?\n/)].map(part => part.trim()).filter(part => part.length >= shortest);
      for (const part of parts) {
        if (known.has(part)) continue;
        mask(part);
        for (const encode of encodings) known.add(encode(part));
      }
      longestFirst = [...known].toSorted((one, other) => other.length - one.length);
    },
    redact: text => longestFirst.reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  };
}
