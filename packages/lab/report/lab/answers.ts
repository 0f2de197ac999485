/** What the report reads of GitHub's answers; the lab checks them whole against GitHub's own description. */
import type { DeploymentState } from '../data.ts';

interface Account {
  readonly login: string;
}

export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly ref: string;
  readonly sha: string;
  readonly description: string | null;
  readonly creator: Account | null;
  readonly created_at: string;
}

export interface DeploymentStatus {
  readonly state: DeploymentState;
  readonly description: string;
  readonly creator: Account | null;
  readonly created_at: string;
  readonly environment_url?: string;
  readonly log_url?: string;
}

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly user: Account | null;
  readonly created_at: string;
  readonly labels: readonly { readonly name: string }[];
  readonly body: string | null;
  readonly pull_request?: object;
}

export interface Comment {
  readonly user: Account | null;
  readonly created_at: string;
  readonly body: string;
}
