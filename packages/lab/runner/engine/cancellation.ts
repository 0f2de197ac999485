/** Something that can be cancelled, with what is inside it. A cancellation goes down, never up. */
export interface CancelScope {
  readonly cancelled: boolean;
  /** What GitHub says about it. */
  readonly reason: string | undefined;
  cancel(reason: string): void;
  /** Called once, at once when it has happened already. Returns the removal. */
  onCancel(listener: (reason: string) => void): () => void;
  inner(): CancelScope;
}

export function createCancelScope(): CancelScope {
  let reason: string | undefined;
  const listeners = new Set<(reason: string) => void>();
  const scope: CancelScope = {
    get cancelled() {
      return reason !== undefined;
    },
    get reason() {
      return reason;
    },
    cancel(why) {
      if (reason !== undefined) return;
      reason = why;
      for (const listener of [...listeners]) listener(why);
      listeners.clear();
    },
    onCancel(listener) {
      if (reason !== undefined) {
        listener(reason);
        return () => undefined;
      }
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    inner() {
      const inner = createCancelScope();
      scope.onCancel(inner.cancel);
      return inner;
    },
  };
  return scope;
}
