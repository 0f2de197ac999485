import { type Document, type ErrorCode, parseDocument } from 'yaml';

/** `offset` counts characters from the start of the file. */
export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string | undefined;
}

export type YamlResult =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly mistakes: readonly YamlMistake[] };

const LONGEST = 256 * 1024;

/** Text to a YAML 1.2 document. What is not YAML is reported alone: errors that follow from it would only mislead. */
export function readYaml(text: string): YamlResult {
  if (text.length > LONGEST) return broken('the file is larger than 256 KiB');
  const document = isDeep(text) ? undefined : parseSafely(text);
  if (document === undefined) return broken('the file is nested too deeply');
  const mistakes = [...document.errors, ...document.warnings].map(error => ({
    offset: error.pos[0],
    message: wordsFor(error.code, error.message),
    hint: hintFor(error.code, lineAt(text, error.pos[0])),
  }));
  const directive = document.directives?.yaml;
  if (directive?.explicit === true && directive.version !== '1.2') {
    mistakes.push({ offset: 0, message: 'only YAML 1.2 is read', hint: 'remove the %YAML directive' });
  }
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, document };
}

function broken(message: string): YamlResult {
  return { ok: false, mistakes: [{ offset: 0, message, hint: undefined }] };
}

const DEEPEST = 100;

/** The parser descends by recursion and slows down with depth: brackets and `- - -` are counted before it sees them. */
function isDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > DEEPEST) return true;
  }
  return new RegExp(`([-?:][ \\t]+){${DEEPEST}}`).test(text);
}

function parseSafely(text: string): Document | undefined {
  try {
    return parseDocument(text, {
      version: '1.2',
      prettyErrors: false,
      // Both are done here, with the places of both keys and of what is merged.
      uniqueKeys: false,
      merge: false,
    });
  } catch {
    // Nothing known throws here, but an exception must not be how a person learns of a mistake.
    return undefined;
  }
}

function wordsFor(code: ErrorCode, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab is used to indent';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here';
    case 'TAG_RESOLVE_FAILED':
      return 'tags like `!name` are not known here';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a key without a `:`, or text that needs quotes';
    default:
      return message;
  }
}

function hintFor(code: ErrorCode, line: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'YAML indents with spaces';
  if (code === 'MULTIPLE_DOCS') return 'remove the line `---`';
  if (/(?:[:,[]|^\s*-)\s*\{[^}]*\}[^\s,\]}]/.test(line)) return 'quote a value that begins with {, as in "{env}-api"';
  if (/[[{].*[^\s{,]\{[^}]*\}/.test(line)) return 'quote a value with {…} when it stands inside […] or {…}';
  if (code === 'TAG_RESOLVE_FAILED') return 'quote text that begins with !';
  if (/:\s+[^'"[{#]*\S: /.test(line)) return 'quote text that contains a colon followed by a space';
  if (/:\s*[@`%]/.test(line)) return 'quote text that begins with @, ` or %';
  return undefined;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}
