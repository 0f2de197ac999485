/** Hides secrets in everything that a person can read, also in the encodings in which they usually slip out. */
export interface Masker {
  /** The value, each of its lines, and their encodings. Empty values are ignored. */
  add(secret: string): void;
  mask(text: string): string;
  /** Whether a text would be changed: outputs that contain a secret are dropped, not masked. */
  reveals(text: string): boolean;
}

const ENCODINGS: readonly ((value: string) => string)[] = [
  value => value,
  value => JSON.stringify(value).slice(1, -1),
  value => encodeURIComponent(value),
  value =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
  value => value.replaceAll("'", "''"),
  value => (/^".{8,}"$/s.test(value) ? value.slice(1, -1) : value),
  value => Buffer.from(value).toString('base64'),
  // The value inside a longer encoded text, one or two bytes off.
  value => Buffer.from(value).subarray(1).toString('base64'),
  value => Buffer.from(value).subarray(2).toString('base64'),
];

/** `aliases`: folders of this machine → what a hosted runner would have in their place. */
export function createMasker(aliases: Readonly<Record<string, string>> = {}): Masker {
  const secrets = new Set<string>();
  const named = (text: string) =>
    Object.entries(aliases).reduce((shown, [folder, alias]) => shown.replaceAll(folder, alias), text);
  const hide = (text: string): string => {
    const spans: [number, number][] = [];
    for (const secret of secrets) {
      for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
        spans.push([at, at + secret.length]);
    }
    if (spans.length === 0) return text;
    spans.sort((a, b) => a[0] - b[0]);
    let masked = '';
    let end = 0;
    let hidden = -1;
    for (const [from, to] of spans) {
      // Secrets that overlap or touch become one `***`.
      if (from > hidden) masked += `${text.slice(end, from)}***`;
      hidden = Math.max(hidden, to);
      end = hidden;
    }
    return masked + text.slice(end);
  };
  return {
    add(secret) {
      for (const value of [secret, ...secret.split(/\r?\n/)]) {
        if (value.trim() === '') continue;
        for (const encode of ENCODINGS) {
          const encoded = encode(value);
          if (encoded !== '') secrets.add(encoded);
        }
      }
    },
    mask: text => hide(named(text)),
    reveals: text => hide(text) !== text,
  };
}
