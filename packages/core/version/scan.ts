/** Why a tag is not a release. `offset` counts characters from the start of the tag. */
export interface TagMistake {
  readonly reason: TagReason;
  readonly message: string;
  readonly offset: number;
  readonly hint?: string;
  /** The tag that was probably meant. */
  readonly suggestion?: string;
}

export type TagReason =
  | 'empty'
  | 'too-long'
  | 'not-a-version'
  | 'capital-v'
  | 'missing-v'
  | 'unknown-prefix'
  | 'missing-part'
  | 'extra-part'
  | 'not-a-number'
  | 'leading-zero'
  | 'number-too-large'
  | 'empty-identifier'
  | 'bad-character'
  | 'glued-number'
  | 'build-metadata';

export interface ScannedVersion {
  readonly version: string;
  readonly core: string;
  readonly prerelease: readonly string[];
}

export type ScanResult =
  | { readonly ok: true; readonly version: ScannedVersion }
  | { readonly ok: false; readonly mistake: TagMistake };

const PARTS = ['major', 'minor', 'patch'] as const;

/** `1.2.3` or `1.2.3-rc.1`, the text after the `v`. The first mistake from the left is the one that is told. */
export function scanVersion(text: string): ScanResult {
  const plus = text.indexOf('+');
  const withoutBuild = plus === -1 ? text : text.slice(0, plus);
  const hyphen = withoutBuild.indexOf('-');
  const core = hyphen === -1 ? withoutBuild : withoutBuild.slice(0, hyphen);
  const identifiers = hyphen === -1 ? [] : withoutBuild.slice(hyphen + 1).split('.');

  const rest = withoutBuild.slice(core.length);
  const mistake = coreMistake(core, rest) ?? prereleaseMistake(core, identifiers);
  if (mistake !== undefined) return { ok: false, mistake: withFinalSuggestion(mistake) };
  if (plus !== -1) {
    const message = 'build metadata (`+…`) has no order: two releases would be the same version';
    return { ok: false, mistake: { reason: 'build-metadata', message, offset: plus, suggestion: withoutBuild } };
  }
  return { ok: true, version: { version: withoutBuild, core, prerelease: identifiers } };
}

/** The version that `text` was probably meant to be, or undefined when that is not clear. */
export function corrected(text: string): string | undefined {
  const scan = scanVersion(text);
  return scan.ok ? text : scan.mistake.suggestion;
}

/** What corrects one mistake may still hold the next. */
function withFinalSuggestion({ suggestion, ...mistake }: TagMistake): TagMistake {
  const right = suggestion === undefined ? undefined : corrected(suggestion);
  return right === undefined ? mistake : { ...mistake, suggestion: right };
}

function coreMistake(core: string, rest: string): TagMistake | undefined {
  const parts = core.split('.');
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    const name = PARTS[index];
    if (name === undefined) {
      const message = 'a version has three numbers, this has more';
      return { reason: 'extra-part', message, offset: offset - 1, suggestion: parts.slice(0, 3).join('.') + rest };
    }
    const mistake = numberMistake(part, name, offset);
    if (mistake !== undefined) return mistake;
    offset += part.length + 1;
  }
  const missing = PARTS[parts.length];
  if (missing === undefined) return undefined;
  const suggestion = [...parts, '0', '0'].slice(0, 3).join('.') + rest;
  return { reason: 'missing-part', message: `the ${missing} number is missing`, offset: core.length, suggestion };
}

function numberMistake(part: string, name: string, offset: number): TagMistake | undefined {
  if (part === '') return { reason: 'missing-part', message: `the ${name} number is missing`, offset };
  const other = part.search(/\D/);
  if (other !== -1) {
    const message = `\`${part}\` is not a number, so it cannot be the ${name} version`;
    return { reason: 'not-a-number', message, offset: offset + other };
  }
  if (/^0\d/.test(part)) {
    return { reason: 'leading-zero', message: `the ${name} number \`${part}\` begins with a zero`, offset };
  }
  if (Number(part) > Number.MAX_SAFE_INTEGER) {
    return { reason: 'number-too-large', message: `the ${name} number is too large to be compared`, offset };
  }
  return undefined;
}

function prereleaseMistake(core: string, identifiers: readonly string[]): TagMistake | undefined {
  let offset = core.length + 1;
  for (const [index, identifier] of identifiers.entries()) {
    const rewritten = (text: string) =>
      `${core}-${identifiers.map((other, at) => (at === index ? text : other)).join('.')}`;
    const mistake = identifierMistake(identifier, offset, rewritten);
    if (mistake !== undefined) return mistake;
    offset += identifier.length + 1;
  }
  return undefined;
}

function identifierMistake(
  identifier: string,
  offset: number,
  rewritten: (text: string) => string,
): TagMistake | undefined {
  if (identifier === '') return { reason: 'empty-identifier', message: 'nothing stands between two marks', offset };
  const bad = identifier.search(/[^0-9A-Za-z-]/);
  if (bad !== -1) {
    const message = `\`${identifier[bad]}\` cannot stand in a version`;
    return { reason: 'bad-character', message, offset: offset + bad };
  }
  if (/^\d+$/.test(identifier)) return identifierNumberMistake(identifier, offset, rewritten);
  const glued = /^([A-Za-z-]+?)-?(\d+)$/.exec(identifier);
  if (glued === null) return undefined;
  const [, word = '', number = ''] = glued;
  return {
    reason: 'glued-number',
    message: `\`${identifier}\` would be ordered as a word: ${word}10 comes before ${word}9`,
    offset: offset + identifier.length - number.length,
    suggestion: rewritten(`${word}.${Number(number)}`),
  };
}

function identifierNumberMistake(
  identifier: string,
  offset: number,
  rewritten: (text: string) => string,
): TagMistake | undefined {
  if (/^0\d/.test(identifier)) {
    const message = `the number \`${identifier}\` begins with a zero`;
    return { reason: 'leading-zero', message, offset, suggestion: rewritten(String(Number(identifier))) };
  }
  if (Number(identifier) <= Number.MAX_SAFE_INTEGER) return undefined;
  return { reason: 'number-too-large', message: `the number \`${identifier}\` is too large to be compared`, offset };
}
