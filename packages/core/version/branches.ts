import { badBranchCharacter } from './pattern.ts';

/** Branches by name, or by the beginning of their names: `main`, `release/*`. */
export type BranchSelector =
  | { readonly kind: 'name'; readonly text: string; readonly name: string }
  | { readonly kind: 'prefix'; readonly text: string; readonly prefix: string };

export type BranchReading =
  | { readonly ok: true; readonly value: BranchSelector }
  | { readonly ok: false; readonly message: string; readonly offset?: number; readonly hint?: string };

/** What `branch` and `hotfix` of a tag policy say. */
export function parseBranchSelector(text: string): BranchReading {
  const hint = 'write the name of a branch, or the beginning of several and a *, as release/*';
  const star = text.indexOf('*');
  const name = star === -1 ? text : text.slice(0, star);
  if (name.trim() === '') return { ok: false, message: 'does not name a branch', hint };
  if (text.startsWith('refs/')) return { ok: false, message: 'is written without `refs/…/`', hint };
  if (star !== -1 && star < text.length - 1) {
    return { ok: false, message: 'a * stands at the end only', offset: star, hint };
  }
  // The end of a beginning is not the end of a name.
  const bad = badBranchCharacter(star === -1 ? name : `${name}x`);
  if (bad !== undefined) return { ok: false, message: `\`${text}\` cannot be the name of a branch`, offset: bad };
  if (star === -1) return { ok: true, value: { kind: 'name', text, name } };
  return { ok: true, value: { kind: 'prefix', text, prefix: name } };
}

/** Whether a selector means a branch. */
export function selects(selector: BranchSelector, branch: string): boolean {
  return selector.kind === 'name' ? selector.name === branch : branch.startsWith(selector.prefix);
}

/** Selectors in a sentence. */
export function branchesText(selectors: readonly BranchSelector[]): string {
  return selectors.map(({ text }) => `\`${text}\``).join(' or ');
}
