import { findError } from './failure.ts';
import type { Protocol } from './protocol.ts';
import { readForm, readQuery } from './query.ts';
import { InputRefusal } from './refusal.ts';
import { element, escapeXml, namespaceOf, writeXmlMembers } from './xml.ts';

/**
 * AWS Query (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): POST /, a form with `Action` and `Version`;
 * the answer is XML, `<NameResponse><NameResult>…</NameResult><ResponseMetadata>…`.
 */
export const awsQuery: Protocol = {
  operation(request, model) {
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
    const form = new URLSearchParams(request.body.toString('utf8'));
    return form.get('Version') === model.version ? (form.get('Action') ?? '') : undefined;
  },

  read(request, operation, strict) {
    const { fields } = readForm(request.body.toString('utf8'));
    if (operation.input !== undefined) return readQuery(operation.input, fields, strict);
    const [extra] = fields.keys();
    if (extra !== undefined) throw new InputRefusal('unknown', extra, `${operation.name} has no parameters`);
    return {};
  },

  write(output, operation, model, id, strict) {
    const members = operation.output === undefined ? '' : writeXmlMembers(operation.output, output ?? {}, '', strict);
    const result = operation.output === undefined ? '' : element(`${operation.name}Result`, members);
    const metadata = element('ResponseMetadata', element('RequestId', escapeXml(id)));
    const body = element(`${operation.name}Response`, result + metadata, namespaceOf(model.xmlNamespace));
    return { status: 200, headers: { 'Content-Type': 'text/xml' }, body };
  },

  fail(failure, model, id, strict) {
    const modelled = findError(model, failure.code);
    const content =
      element('Type', failure.status >= 500 ? 'Receiver' : 'Sender') +
      element('Code', escapeXml(modelled?.queryCode ?? failure.code)) +
      element('Message', escapeXml(failure.message)) +
      (modelled === undefined ? '' : writeXmlMembers(modelled.shape, failure.fields, '', strict));
    const body = element(
      'ErrorResponse',
      element('Error', content) + element('RequestId', escapeXml(id)),
      namespaceOf(model.xmlNamespace),
    );
    return { status: failure.status, headers: { 'Content-Type': 'text/xml' }, body };
  },
};
