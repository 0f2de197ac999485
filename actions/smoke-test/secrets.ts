import type { InputReader } from '#action-kit/inputs';

type Environment = Readonly<Record<string, string | undefined>>;

/** `{"API_KEY": "…"}` (as `toJSON(secrets)` gives it), or names of environment variables, one a line. No value is ever shown. */
export function readSecrets(input: InputReader, env: Environment): Readonly<Record<string, string>> {
  const written = input.text('secrets');
  return written.startsWith('{') ? fromJson(input, written) : fromEnvironment(input, env);
}

function fromJson(input: InputReader, written: string): Readonly<Record<string, string>> {
  const value = parse(written);
  if (typeof value !== 'object' || value === null) {
    input.problem('secrets', 'is not valid JSON.', 'Write {"NAME": "value"}, or names of environment variables.');
    return {};
  }
  const entries = Object.entries(value);
  const odd = entries.filter(entry => typeof entry[1] !== 'string').map(([name]) => name);
  if (odd.length > 0) input.problem('secrets', `${odd.join(', ')}: the value is not text.`);
  // GitHub passes a secret that is not set as empty text; using it is what fails, naming its place.
  return Object.fromEntries(entries.flatMap(([name, secret]) => (typeof secret === 'string' ? [[name, secret]] : [])));
}

function fromEnvironment(input: InputReader, env: Environment): Readonly<Record<string, string>> {
  const names = input.list('secrets');
  const values = names.map(name => [name, env[name] ?? ''] as const);
  const missing = values.filter(([, value]) => value === '').map(([name]) => name);
  if (missing.length > 0) {
    const which = missing.length === 1 ? 'the environment variable is' : 'the environment variables are';
    input.problem('secrets', `${missing.join(', ')}: ${which} not set.`, 'Set them in the `env` of this step.');
  }
  return Object.fromEntries(values);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
