import type { PersonSpec } from '../specs.ts';
import type { Accounts, IdKind, Team } from './lab.ts';
import type { Account } from './state.ts';

/** `github-actions[bot]` and its id are the same in every repository of github.com. */
const bot: Account = {
  login: 'github-actions[bot]',
  id: 41898282,
  type: 'Bot',
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};
const webFlow: Account = { login: 'web-flow', id: 19864447, type: 'User', name: 'GitHub', email: 'noreply@github.com' };

export interface AccountRegister extends Accounts {
  add(spec: PersonSpec): Account;
  addOrganization(login: string): Account;
  addTeam(org: string, slug: string, members: readonly string[]): void;
}

export function createAccounts(nextId: (kind: IdKind) => number): AccountRegister {
  const accounts = new Map<string, Account>([bot, webFlow].map(account => [account.login, account]));
  const teams = new Map<string, Team>();
  const keep = (account: Account): Account => {
    accounts.set(account.login.toLowerCase(), account);
    return account;
  };
  const register: AccountRegister = {
    bot,
    webFlow,
    find: login => accounts.get(login.toLowerCase()),
    byEmail: email => [...accounts.values()].find(account => account.email === email && email !== ''),
    get(login) {
      const account = register.find(login);
      if (!account) throw new Error(`nobody in the lab has the login ${login}`);
      return account;
    },
    team: name => teams.get(name.toLowerCase()),
    members(name) {
      if (!name.startsWith('@')) return [register.get(name).login];
      const team = register.team(name);
      if (!team) throw new Error(`the lab has no team ${name}`);
      return team.members;
    },
    add(spec) {
      if (register.find(spec.login)) throw new Error(`the login ${spec.login} is taken`);
      const id = spec.id ?? nextId('account');
      const email = spec.email ?? `${id}+${spec.login}@users.noreply.github.com`;
      return keep({ login: spec.login, id, type: 'User', name: spec.name ?? spec.login, email });
    },
    addOrganization: login => keep({ login, id: nextId('account'), type: 'Organization', name: login, email: '' }),
    addTeam(org, slug, members) {
      const logins = members.map(login => register.get(login).login);
      teams.set(`@${org}/${slug}`.toLowerCase(), { id: nextId('team'), org, slug, members: logins });
    },
  };
  return register;
}
