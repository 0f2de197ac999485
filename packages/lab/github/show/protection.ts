import type { ProtectionSpec } from '../specs.ts';
import type { Lab } from '../world/lab.ts';
import type { RepositoryState } from '../world/state.ts';
import { apiOf } from './repository.ts';

/** `branch-protection`, as an administrator reads it. */
export function showProtection(lab: Lab, repository: RepositoryState, branch: string, protection: ProtectionSpec) {
  const url = `${apiOf(lab, repository)}/branches/${branch}/protection`;
  const { reviews, checks } = protection;
  return {
    url,
    ...(checks === undefined
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: false,
            contexts_url: `${url}/required_status_checks/contexts`,
            ...showChecks(checks),
          },
        }),
    ...(reviews === undefined
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            require_last_push_approval: false,
            required_approving_review_count: reviews,
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection['spares-administrators'] !== true },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: protection['force-pushes'] ?? false },
    allow_deletions: { enabled: protection.deletions ?? false },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

/** What “Get a branch” tells everybody of it. */
export function showProtectionInShort(protection: ProtectionSpec | undefined) {
  const { checks } = protection ?? {};
  const required = { enforcement_level: checks === undefined ? 'off' : 'everyone', ...showChecks(checks ?? []) };
  return { enabled: protection !== undefined, required_status_checks: required };
}

function showChecks(names: readonly string[]) {
  return { contexts: names, checks: names.map(context => ({ context, app_id: null })) };
}
