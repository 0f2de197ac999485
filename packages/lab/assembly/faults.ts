import { createFaults, type FaultRule, type Faults } from '../wire/faults.ts';

export interface FaultWatch {
  /** How many calls it has struck. */
  readonly struck: number;
  remove(): void;
}

/** Faults that count what each rule strikes: one that never did has shown nothing. */
export interface CountedFaults extends Omit<Faults, 'add'> {
  add(rule: FaultRule): FaultWatch;
}

export function createCountedFaults(): CountedFaults {
  const live = new Set<{ readonly one: Faults; struck: number }>();
  return {
    add(rule) {
      const entry = { one: createFaults([rule]), struck: 0 };
      live.add(entry);
      return {
        get struck() {
          return entry.struck;
        },
        remove: () => void live.delete(entry),
      };
    },
    fire: call =>
      [...live].flatMap(entry => {
        const actions = entry.one.fire(call);
        if (actions.length > 0) entry.struck += 1;
        return actions;
      }),
    staleness: (service, operation) => Math.max(0, ...[...live].map(({ one }) => one.staleness(service, operation))),
  };
}

/** For the wire layer, which only asks what strikes. */
export function asFaults(faults: CountedFaults): Faults {
  return { ...faults, add: rule => faults.add(rule).remove };
}
