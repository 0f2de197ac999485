/** Reasons of smoke-test and monitor. */
export const verifyReasons = {
  'check-not-asked-for': {
    means: 'The flow file asks for no such check of this environment, so none was made.',
    unblocks: 'Nothing is blocked. Set `smoke` or `watch` of the environment to have one.',
  },
  'smoke-passed': {
    means: 'Every step of the smoke test passed, on the version that was deployed.',
    unblocks: 'Nothing is blocked.',
  },
  'smoke-failed': {
    means: 'A step of the smoke test did not answer as expected.',
    unblocks:
      'The message names the step, what was expected and what came: correct what does not work, or the step, and release again.',
  },
  'never-ready': {
    means: 'The endpoint did not become ready in time.',
    unblocks: 'Check the address, the load balancer and the service; raise `ready.within` if it is merely slow.',
  },
  'wrong-version-served': {
    means: 'The endpoint serves another version than the one that was deployed.',
    unblocks: 'Check that the address belongs to the environment, and that no old task still serves.',
  },
  'no-smoke-steps': {
    means: 'The smoke file has no step, so nothing was tested.',
    unblocks: 'Add at least one step; zero tests never pass.',
  },
  'smoke-not-run': {
    means: 'A step of the smoke test was not run, so nothing is known about it.',
    unblocks: 'Look at the check that failed before it, or raise `timeout` when the time ran out.',
  },
  'watch-goes-on': {
    means: 'Nothing was wrong so far, but the watch did not last to its end.',
    unblocks: 'Look at the check that ended the watch; this one decided nothing.',
  },
  'watch-passed': {
    means: 'Every check stayed within its limit for the whole time, with data.',
    unblocks: 'Nothing is blocked.',
  },
  'limit-breached': {
    means: 'A metric crossed its limit.',
    unblocks:
      'Find out why, from the metric, value and time in the message; correct the cause and release again, or correct the limit in `watch`.',
  },
  'alarm-firing': {
    means: 'An alarm that is watched, or that a gate asks for, rings.',
    unblocks: 'Find out why the alarm in the message rings; release again once it is OK.',
  },
  'no-data': {
    means: 'A check had no data, so nothing is known.',
    unblocks: 'Check names and dimensions in the message; no samples never count as a pass.',
  },
  'not-steady': {
    means: 'A service lost tasks after its deployment, or did not keep as many running as it should.',
    unblocks:
      'The message names the service and why its tasks stopped; correct the cause, which their last log lines may tell, and release again.',
  },
  'deployment-replaced': {
    means: 'Another deployment replaced the one that is watched, so what was watched no longer runs.',
    unblocks: 'Find out who deployed (or whether the service rolled itself back), then release again.',
  },
  'alarm-not-found': {
    means: 'No alarm of that name or prefix exists.',
    unblocks: 'Correct the name; zero alarms matched is never a pass.',
  },
} as const;
