import { expect, test } from '@jest/globals';
import { type Command, exitCodes, type Terminal } from '#cli/command';
import { readEvents } from '#cli/journal/events';
import { runCommand } from '#cli/run-command';
import { readWords } from '#cli/words';
import { FindingError } from '#core/finding';

/** A command that does what its first word says. */
const greet: Command = {
  usage: '<name> [--loud]',
  about: 'Greets somebody.',
  run: async (words, terminal) => {
    const { positionals, values } = readWords(words, { loud: { type: 'boolean', default: false } });
    const [name = 'nobody'] = positionals;
    if (name === 'voldemort') {
      const finding = { reason: 'not-found', message: 'He has no name.', evidence: {} } as const;
      throw new FindingError([finding, { ...finding, message: 'Twice.', next: 'Run.' }]);
    }
    if (name === 'bug') throw new TypeError('undefined is no function');
    terminal.write(values.loud ? name.toUpperCase() : name);
    return exitCodes.bad;
  },
};

async function start(...words: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    cwd: '.',
    env: {},
    write: line => void out.push(line),
    complain: line => void err.push(line),
  };
  const exit = await runCommand(words, { greet: async () => greet }, terminal);
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

test.each([
  ['says what it has to say, and how it ended', ['greet', 'dana', '--loud'], { exit: 1, out: 'DANA', err: '' }],
  [
    'refuses an option that it does not know',
    ['greet', '--laud'],
    { exit: 2, out: '', err: "Unknown option '--laud'" },
  ],
  ['tells every finding with what to do', ['greet', 'voldemort'], { exit: 2, out: '', err: 'Twice.\n→ Run.' }],
  ['tells a bug with its stack', ['greet', 'bug'], { exit: 2, out: '', err: 'at ' }],
  [
    'explains one command',
    ['greet', '--help'],
    { exit: 0, out: 'release-actions greet <name> [--loud]\n\nGreets', err: '' },
  ],
  ['lists the commands', ['--help'], { exit: 0, out: 'Greets somebody.', err: '' }],
  ['names those that there are', ['great'], { exit: 2, out: '', err: 'There is no command great.' }],
  ['does not take what every object has for one', ['constructor'], { exit: 2, out: '', err: 'no command constructor' }],
  ['does nothing without a name', [], { exit: 2, out: '', err: 'Greets somebody.' }],
])('it %s', async (_, words, { exit, out, err }) => {
  const said = await start(...words);
  expect(said).toEqual({ exit, out: expect.stringContaining(out), err: expect.stringContaining(err) });
  if (out === '' || err === '') expect([said.out === '', said.err === '']).toEqual([out === '', err === '']);
});

const locked = JSON.stringify({ schema: 1, type: 'locked' });

test('the events of a journal are read in their order', () => {
  const files = new Map([
    ['000002-unlocked.json', JSON.stringify({ schema: 1, type: 'unlocked' })],
    ['000001-locked.json', locked],
  ]);
  expect(readEvents('prod', files).map(({ type }) => type)).toEqual(['locked', 'unlocked']);
});

test.each([
  ['an event is missing', { '000001-locked.json': locked, '000003-locked.json': locked }, 'It has no event 2'],
  ['two events have one number', { '000001-locked.json': locked, '000001-unlocked.json': locked }, 'It has no event 2'],
  ['a file is no event', { 'notes.txt': '' }, 'It has no event 1, and a file notes.txt'],
  ['an event is no JSON', { '000001-locked.json': '{' }, '000001-locked.json holds no such event'],
  ['an event is null', { '000001-locked.json': 'null' }, '000001-locked.json holds no such event'],
  ['an event is another', { '000001-verified.json': locked }, '000001-verified.json holds no such event'],
  [
    'an event is of a newer version',
    { '000001-locked.json': JSON.stringify({ schema: 2, type: 'locked' }) },
    'has schema 2; this version reads 1',
  ],
])('a journal is not read when %s', (_, files: Readonly<Record<string, string>>, why) => {
  expect(() => readEvents('prod', new Map(Object.entries(files)))).toThrow(why);
});
