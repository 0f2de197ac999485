/** Concurrency groups of one repository: one holder at a time. Names are compared without case. */
export interface ConcurrencyGroups {
  /** Asks for a group. `granted` is called when it is held, at once when it is free. */
  claim(claim: Claim): ClaimHandle;
}

export interface Claim {
  readonly group: string;
  readonly cancelInProgress: boolean;
  /** `single` keeps the newest of those that wait; `max` keeps up to 100 in order. */
  readonly queue: 'single' | 'max';
  readonly granted: () => void;
  /** Another claim took its place, whether it waits or runs. */
  readonly cancelled: (reason: string) => void;
}

export interface ClaimHandle {
  readonly holds: boolean;
  /** Gives the group to the next one, or stops waiting for it. */
  release(): void;
}

const MAX_PENDING = 100;

interface Group {
  holder: Claim | undefined;
  pending: Claim[];
}

export function createConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>();

  const enter = (group: Group, claim: Claim) => {
    group.holder = claim;
    claim.granted();
  };

  return {
    claim(claim) {
      const name = claim.group.toLowerCase();
      const group: Group = groups.get(name) ?? { holder: undefined, pending: [] };
      groups.set(name, group);
      const reason = `Canceling since a higher priority waiting request for '${claim.group}' exists`;

      if (!group.holder) enter(group, claim);
      else if (claim.queue === 'single') {
        const replaced = group.pending;
        group.pending = [claim];
        for (const one of replaced) one.cancelled(reason);
        if (claim.cancelInProgress) group.holder?.cancelled(reason);
      } else if (group.pending.length >= MAX_PENDING) {
        claim.cancelled(`Canceling since ${MAX_PENDING} requests wait for '${claim.group}'`);
      } else group.pending.push(claim);

      return {
        get holds() {
          return group.holder === claim;
        },
        release() {
          group.pending = group.pending.filter(one => one !== claim);
          if (group.holder !== claim) return;
          group.holder = undefined;
          const next = group.pending.shift();
          if (next) enter(group, next);
        },
      };
    },
  };
}
