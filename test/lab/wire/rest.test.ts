import { afterEach, describe, expect, test } from '@jest/globals';
import { ServiceError } from '../../../packages/lab/wire/service.ts';
import { failureOf, type RawAnswer, sendRaw, startLab, type TestLab } from './harness.ts';
import { callShelf, type Kind, kinds, shelf } from './shelf.ts';

let lab: TestLab;
afterEach(() => lab.close());

const put = (path: string, body: string, contentType = 'application/json'): Promise<RawAnswer> =>
  sendRaw(lab, 'shelf', { 'Content-Type': contentType }, body, { method: 'PUT', path });

describe.each(kinds)('%s', kind => {
  test('labels, queries, headers and the document reach the behaviour; all of the answer comes back', async () => {
    const seen: unknown[] = [];
    const modified = new Date('2026-03-01T10:00:00Z');
    const output = {
      version: 'v & 1',
      modified,
      status: 201,
      boxes: [{ id: '<1>', parts: ['a', 'b'] }, { id: '2' }],
      labels: { a: '1' },
    };
    lab = await startLab({
      services: [
        shelf(kind, {
          PutBox: (input: object) => {
            seen.push(input);
            return output;
          },
        }),
      ],
    });
    const input = {
      shelf: 'top left',
      path: 'a/b c/ä',
      depth: 2,
      since: new Date('2026-02-01T00:00:00Z'),
      tags: ['x', 'y'],
      etag: '"1"',
      labels: { colour: 'red' },
      boxes: [{ id: '1', parts: ['<p>', 'q'] }, { id: '2' }],
      made: new Date('2026-01-01T00:00:00Z'),
      small: false,
      named: 'n',
    };
    const answer = await callShelf(lab, kind, 'PutBox$', input);
    expect(seen).toEqual([input]);
    expect(answer).toMatchObject(output);
    expect(lab.defects).toEqual([]);
  });

  test('a route that is fixed wins over one with a label; an answer can be nothing', async () => {
    const seen: string[] = [];
    const note = (name: string) => () => {
      seen.push(name);
    };
    lab = await startLab({ services: [shelf(kind, { GetShelf: note('one'), GetSpecial: note('special') })] });
    for (const path of ['/shelves/special', '/shelves/other']) {
      const answer = await sendRaw(lab, 'shelf', {}, '', { method: 'GET', path });
      expect(answer.body === '' || seen.at(-1) === 'special').toBe(true);
    }
    expect(seen).toEqual(['special', 'one']);
  });

  test('bytes travel as they are', async () => {
    lab = await startLab({
      services: [shelf(kind, { PutBlob: (input: { data: Uint8Array }) => ({ data: input.data.toReversed() }) })],
    });
    const answer = await sendRaw(lab, 'shelf', {}, 'abc', { path: '/blobs/x' });
    expect(answer).toMatchObject({ status: 200, body: 'cba' });
  });

  test('an error comes back by its name, with its status and fields', async () => {
    const throwing = () => {
      throw new ServiceError('BoxNotFound', 'No such box', 400, { box: '7' });
    };
    lab = await startLab({ services: [shelf(kind, { PutBox: throwing })] });
    const error = await failureOf(callShelf(lab, kind, 'PutBox$', { shelf: 'a', path: 'b' }));
    expect(error).toMatchObject({ message: 'No such box', $metadata: { httpStatusCode: 404 } });
    expect(lab.calls.map(each => each.outcome)).toEqual(['BoxNotFound']);
  });

  test('an operation that is not modelled, and a path that no operation has', async () => {
    lab = await startLab({ services: [shelf(kind, {})] });
    expect((await put('/shelves/a/b?box', '')).status).toBe(501);
    expect((await put('/cupboards/a', '')).status).toBe(501);
    expect(lab.unmodelled).toEqual(['shelf.PutBox', 'shelf.PUT /cupboards/a']);
  });

  test('an answer that the service could not give is a mistake of the lab', async () => {
    lab = await startLab({ services: [shelf(kind, { PutBox: () => ({ boxes: [{ parts: ['a'] }] }) })] });
    await failureOf(callShelf(lab, kind, 'PutBox$', { shelf: 'a', path: 'b' }));
    expect(lab.defects.map(defect => defect.message)).toEqual(['shelf.PutBox: The answer lacks boxes[0].id']);
  });
});

describe('input that the schema does not have', () => {
  test.each<[Kind, string, string, string, string]>([
    ['REST-JSON', 'an unknown member', '/shelves/a/b?box', '{"boxs":[]}', 'SerializationException'],
    ['REST-JSON', 'a member by its name in code', '/shelves/a/b?box', '{"named":"n"}', 'SerializationException'],
    ['REST-JSON', 'an unknown query', '/shelves/a/b?box&dept=1', '{}', 'SerializationException'],
    ['REST-JSON', 'a wrong query', '/shelves/a/b?box&depth=deep', '{}', 'SerializationException'],
    ['REST-JSON', 'a wrong type', '/shelves/a/b?box', '{"small":"no"}', 'SerializationException'],
    ['REST-JSON', 'a missing member', '/shelves/a/b?box', '{"boxes":[{}]}', 'ValidationException'],
    ['REST-XML', 'an unknown element', '/shelves/a/b?box', '<P><boxs/></P>', 'MalformedInput'],
    ['REST-XML', 'an unknown attribute', '/shelves/a/b?box', '<P a="1"/>', 'MalformedInput'],
    ['REST-XML', 'a wrong type', '/shelves/a/b?box', '<P><small>no</small></P>', 'MalformedInput'],
    ['REST-XML', 'text in a structure', '/shelves/a/b?box', '<P>hello</P>', 'MalformedInput'],
    [
      'REST-XML',
      'a repeated element',
      '/shelves/a/b?box',
      '<P><small>true</small><small>true</small></P>',
      'MalformedInput',
    ],
    ['REST-XML', 'another element in a list', '/shelves/a/b?box', '<P><boxes><member/></boxes></P>', 'MalformedInput'],
    ['REST-XML', 'what is not XML', '/shelves/a/b?box', '<P><small></P>', 'MalformedInput'],
    ['REST-XML', 'a missing member', '/shelves/a/b?box', '<P><boxes><Box/></boxes></P>', 'ValidationError'],
  ])('%s: %s', async (kind, _, path, body, code) => {
    const unreachable = () => {
      throw new Error('The behaviour ran');
    };
    lab = await startLab({ services: [shelf(kind, { PutBox: unreachable })] });
    const answer = await put(path, body);
    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-errortype'] ?? /<Code>(\w+)/.exec(answer.body)?.[1]).toBe(code);
    expect(lab.defects).toEqual([]);
  });
});
