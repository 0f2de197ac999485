import type { FaultKind, FaultRule, FaultWatch } from './rules.ts';

export interface Faults {
  add(rule: FaultRule): FaultWatch;
  /** The fault that strikes a call with these names, if one does; the first rule that was added wins. */
  strike(names: readonly string[]): FaultKind | undefined;
}

export function createFaults(now: () => number): Faults {
  const rules: { readonly rule: FaultRule; seen: number; struck: number }[] = [];
  return {
    add(rule) {
      if (!/^(GET|POST|PUT|PATCH|DELETE) \/|^graphql \w+$/.test(rule.call)) {
        throw new Error(`a fault's call is "METHOD /template" or "graphql field", not "${rule.call}"`);
      }
      const entry = { rule, seen: 0, struck: 0 };
      rules.push(entry);
      return {
        get struck() {
          return entry.struck;
        },
        remove() {
          const index = rules.indexOf(entry);
          if (index >= 0) rules.splice(index, 1);
        },
      };
    },
    strike(names) {
      let fault: FaultKind | undefined;
      for (const entry of rules) {
        if (!names.includes(entry.rule.call)) continue;
        entry.seen += 1;
        if (fault || !due(entry.rule, entry.seen, now())) continue;
        entry.struck += 1;
        fault = entry.rule.fault;
      }
      return fault;
    },
  };
}

function due({ when }: FaultRule, count: number, now: number): boolean {
  if (when === undefined) return true;
  if ('nth' in when) return count === when.nth;
  if ('from' in when) return count >= when.from && count <= when.to;
  return now < when.until;
}
