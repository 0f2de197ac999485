import { expect, test } from '@jest/globals';
import { resolveText, type Scope } from '#lab/runner/language/expressions';
import { readWorkflow } from '#lab/runner/language/read-workflow';

const scope: Scope = { contexts: { github: { ref: 'REF' } } };

/** The script of a job's only step, evaluated. */
async function script(run: string): Promise<string> {
  const reading = await readWorkflow(
    'a.yml',
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n`,
  );
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const work = reading.workflow.jobs[0]?.work;
  const step = work?.kind === 'steps' ? work.steps[0]?.work : undefined;
  return step?.kind === 'run' ? resolveText(step.script, scope) : '';
}

// What YAML makes of a text must not change because an expression is in it.
test.each([
  [
    'a block',
    "|\n          cat <<'EOF'\n            in\n          EOF\n          ${{ github.ref }}",
    "cat <<'EOF'\n  in\nEOF\nREF\n",
  ],
  ['a block without its last line end', '|-\n          a ${{ github.ref }}', 'a REF'],
  ['a folded block', '>-\n          a\n          ${{ github.ref }}', 'a REF'],
  ['quotes over lines', '"a\n          ${{ github.ref }}\\tb"', 'a REF\tb'],
  ['plain text over lines', 'a\n          ${{ github.ref }} b', 'a REF b'],
  ['quotes at the end of a text', '"echo \'${{ github.ref }}\'"', "echo 'REF'"],
  ['braces', '"{${{ github.ref }}} {0}"', '{REF} {0}'],
])('%s', async (_, run, text) => expect(await script(run)).toBe(text));
