/**
 * Aborted when the runner cancels the step: it sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it kills.
 * The handlers stay, so that the first signal does not end the process before the action has left things in order.
 */
export function cancellation(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => controller.abort(new Error(`the run was cancelled (${signal})`)));
  }
  return controller.signal;
}
