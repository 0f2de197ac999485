import type { Reading } from '../flow/fields.ts';

/** JSON Pointers (RFC 6901): `/items/0/id`; `~1` is a slash in a name, `~0` a tilde. */

export type PointerResult = { readonly found: true; readonly value: unknown } | { readonly found: false };

export function valueAtPointer(document: unknown, pointer: string): PointerResult {
  let value = document;
  for (const part of partsOf(pointer)) {
    if (Array.isArray(value)) {
      if (!/^(0|[1-9]\d*)$/.test(part) || Number(part) >= value.length) return { found: false };
      value = value[Number(part)];
      continue;
    }
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return { found: false };
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return { found: true, value };
}

export function readPointer(text: string): Reading<string> {
  if (!text.startsWith('/')) {
    const hint = `write /${text.replace(/^\$\.?/, '').replaceAll('.', '/')}`;
    return { ok: false, message: `\`${text}\` is not a JSON Pointer`, hint };
  }
  const stray = /~(?![01])/.exec(text);
  if (stray === null) return { ok: true, value: text };
  return { ok: false, message: 'a ~ is written ~0', offset: stray.index };
}

export function pointerTo(base: string, part: string | number): string {
  return `${base}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function partsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
