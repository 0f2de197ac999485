/** The command line, and the lines that `-json` writes. */
import { resolve } from 'node:path';

export const version = '1.6.3';
export const [command = '', ...args] = process.argv.slice(2);
export const outside = process.env.OUTSIDE ?? '';
export const dataFolder = resolve(process.env.TF_DATA_DIR ?? '.terraform');

export const flags = (name: string) =>
  args.flatMap(arg => (arg.startsWith(`-${name}=`) ? arg.slice(name.length + 2) : []));
export const file = args.find(arg => !arg.startsWith('-')) ?? '';

export class Refusal extends Error {
  readonly detail: string;
  readonly address: string | undefined;

  constructor(summary: string, detail: string, address?: string) {
    super(summary);
    this.detail = detail;
    this.address = address;
  }
}

export function say(level: 'info' | 'error', message: string, more: object): void {
  const line = {
    '@level': level,
    '@message': message,
    '@module': 'tofu.ui',
    '@timestamp': new Date().toISOString(),
    ...more,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export function resourceOf(name: string) {
  const addr = `terraform_data.${name}`;
  return {
    ...{ addr, module: '', resource: addr, implied_provider: 'terraform' },
    ...{ resource_type: 'terraform_data', resource_name: name, resource_key: null },
  };
}
