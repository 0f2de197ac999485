/** https://docs.github.com/actions/how-tos/manage-workflow-runs/skip-workflow-runs: `push` and `pull_request` only. */
export function skipsWorkflows(message: string): boolean {
  const marked = /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/.test(message);
  return marked || /\n\n(skip-checks: ?true)\s*$/.test(message);
}
