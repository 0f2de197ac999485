import type { Environment } from './environment.ts';
import type { Flow } from './parse.ts';

/** Someone who may approve: a person, or everyone in a team. `role` says under which name they were listed. */
export type Approver =
  | { readonly kind: 'person'; readonly login: string; readonly role?: string }
  | { readonly kind: 'team'; readonly organisation: string; readonly team: string; readonly role?: string };

/** Everyone who may approve a release to `environment`; what is no role is a login or a team itself. */
export function approversOf(flow: Pick<Flow, 'roles'>, environment: Environment): readonly Approver[] {
  return (environment.approve?.by ?? []).flatMap(name => {
    if (!Object.hasOwn(flow.roles, name)) return [approver(name)];
    return (flow.roles[name] ?? []).map(member => ({ ...approver(member), role: name }));
  });
}

function approver(name: string): Approver {
  const [organisation, team] = name.slice(1).split('/');
  if (!name.startsWith('@') || organisation === undefined || team === undefined) return { kind: 'person', login: name };
  return { kind: 'team', organisation, team };
}
