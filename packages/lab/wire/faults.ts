import { z } from 'zod';

const milliseconds = z.number().int().positive();
const count = z.number().int().positive();

const action = z.union([
  z.enum(['throttle', 'reset-before', 'reset-after', 'expired-token', 'deny']),
  z.strictObject({
    error: z
      .strictObject({ code: z.string().min(1), message: z.string(), status: count, effect: z.boolean().optional() })
      .refine(({ status, effect }) => effect !== true || status >= 500, {
        message: 'only a server error can come after its effect',
      }),
  }),
  z.strictObject({ slow: milliseconds }),
  z.strictObject({ stale: milliseconds }),
  z.strictObject({ skew: z.number().int() }),
]);

export type FaultAction = z.infer<typeof action>;

const rule = z
  .strictObject({
    /** `<service>.<Operation>`; `*` for any: `ecs.*`, `*.*`. */
    call: z.string().regex(/^(\*|[a-z0-9-]+)\.(\*|[A-Za-z0-9]+)$/, 'a call is <service>.<Operation>, `*` for any'),
    do: action,
    /** Only the nth call that matches, counted from 1 since the rule was made. */
    nth: count.optional(),
    /** Every nth call: 1 is each one. */
    every: count.optional(),
    /** From this call on, up to and including `to`. */
    from: count.optional(),
    to: count.optional(),
    /** Lab time, epoch ms: not before, and until but not at. */
    after: z.number().int().optional(),
    until: z.number().int().optional(),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
  })
  .refine(({ nth, every, from, to }) => [nth, every, from ?? to].filter(each => each !== undefined).length <= 1, {
    message: '`nth`, `every` and `from`/`to` exclude each other',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { message: '`from` is after `to`' })
  .refine(
    ({ call, do: act }) => !isStale(act) || /^[^*.]+\.(Describe|Get|List|BatchGet|Filter)[A-Za-z0-9]+$/.test(call),
    {
      message: '`stale` is for one named read: Describe…, Get…, List…, BatchGet…, Filter…',
    },
  );

/**
 * What goes wrong, and when. Without `nth`, `every`, `from` or `to`: each call. Times in ms.
 * `throttle`, `expired-token`, `deny`: refused as the service would. `error`: any of the service's errors;
 * with `effect`, a server error after it has happened.
 * `reset-before`: the connection breaks, nothing happens. `reset-after`: it happens, then the connection breaks.
 * `slow`: the request waits in lab time. `stale`: the answer of that long ago. `skew`: the service's clock is that much ahead.
 */
export type FaultRule = Readonly<z.infer<typeof rule>>;

export interface FaultCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly at: number;
}

export interface Faults {
  /** Adds a rule, checked, and returns its removal. */
  add(rule: FaultRule): () => void;
  /** The actions of every rule that fires for this call, in the order of the rules. Counts the call. */
  fire(call: FaultCall): readonly FaultAction[];
  /** Longest `stale` that may be asked for this operation; 0 when none. */
  staleness(service: string, operation: string): number;
}

/** Throws a `ZodError` that names what is wrong with which rule. */
export function readFaultRules(value: unknown): FaultRule[] {
  return z.array(rule).parse(value);
}

export function createFaults(rules: readonly FaultRule[] = []): Faults {
  const live = new Set(readFaultRules(rules).map(each => ({ rule: each, calls: 0 })));
  return {
    add(given) {
      const entry = { rule: rule.parse(given), calls: 0 };
      live.add(entry);
      return () => live.delete(entry);
    },
    fire(call) {
      const fired: FaultAction[] = [];
      for (const entry of live) {
        if (!covers(entry.rule, call.service, call.operation) || !isInForce(entry.rule, call)) continue;
        entry.calls += 1;
        if (isTurn(entry.rule, entry.calls)) fired.push(entry.rule.do);
      }
      return fired;
    },
    staleness(service, operation) {
      const stale = [...live]
        .filter(({ rule: each }) => covers(each, service, operation))
        .map(({ rule: each }) => each.do);
      return Math.max(0, ...stale.map(each => (isStale(each) ? each.stale : 0)));
    },
  };
}

function covers({ call }: FaultRule, service: string, operation: string): boolean {
  const [wantedService, wantedOperation] = call.split('.');
  return (
    (wantedService === '*' || wantedService === service) && (wantedOperation === '*' || wantedOperation === operation)
  );
}

function isInForce(each: FaultRule, call: FaultCall): boolean {
  const { account, after, until } = each;
  return (
    (account === undefined || account === call.account) &&
    (after === undefined || call.at >= after) &&
    (until === undefined || call.at < until)
  );
}

function isTurn({ nth, every, from, to }: FaultRule, calls: number): boolean {
  if (nth !== undefined) return calls === nth;
  if (every !== undefined) return calls % every === 0;
  return calls >= (from ?? 1) && calls <= (to ?? Number.POSITIVE_INFINITY);
}

export function isStale(act: FaultAction): act is { stale: number } {
  return typeof act === 'object' && 'stale' in act;
}
