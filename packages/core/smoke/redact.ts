/** Turns what is printed into what may be printed. */
export type Redact = (text: string) => string;

/** Replaces the secrets, also as JSON, URLs and Base64 spell them, and each line of those that have several. */
export function createRedact(secrets: readonly string[]): Redact {
  const spellings = new Set(secrets.flatMap(secretParts).flatMap(spellingsOf));
  // Long ones first: a secret that contains another one would otherwise be left half open.
  const ordered = [...spellings].toSorted((one, other) => other.length - one.length);
  return text => ordered.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/** A secret as a whole and by lines, since logs are read and masked line by line. */
export function secretParts(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map(line => line.trim());
  return [secret, ...(lines.length > 1 ? lines : [])].filter(part => part.trim() !== '');
}

function spellingsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret), base64];
}

const longest = 300;

/** One printable line of what may be much: redacted first, cut afterwards, so that no half of a secret is left. */
export function excerpt(redact: Redact): Redact {
  return text => {
    const clean = redact(text).replace(/\s+/g, ' ').trim();
    return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
  };
}
