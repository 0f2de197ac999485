import { awsQuery } from './aws-query.ts';
import type { Protocol } from './protocol.ts';
import { readForm, readQuery } from './query.ts';
import { InputRefusal } from './refusal.ts';
import { element, escapeXml, namespaceOf, writeXmlMembers } from './xml.ts';

/**
 * EC2 Query (https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html): a form as in AWS Query, whose names begin with a capital
 * and whose lists are always flat; the answer has no result element, and errors are listed.
 */
export const ec2Query: Protocol = {
  operation: awsQuery.operation,

  read(request, operation, strict) {
    const { fields } = readForm(request.body.toString('utf8'));
    if (operation.input !== undefined) return readQuery(operation.input, fields, strict, 'ec2');
    const [extra] = fields.keys();
    if (extra !== undefined) throw new InputRefusal('unknown', extra, `${operation.name} has no parameters`);
    return {};
  },

  write(output, operation, model, id, strict) {
    const members = operation.output === undefined ? '' : writeXmlMembers(operation.output, output ?? {}, '', strict);
    const content = element('requestId', escapeXml(id)) + members;
    const body = element(`${operation.name}Response`, content, namespaceOf(model.xmlNamespace));
    return { status: 200, headers: { 'Content-Type': 'text/xml;charset=UTF-8' }, body };
  },

  fail(failure, _model, id) {
    const error = element('Code', escapeXml(failure.code)) + element('Message', escapeXml(failure.message));
    const body = element('Response', element('Errors', element('Error', error)) + element('RequestID', escapeXml(id)));
    return { status: failure.status, headers: { 'Content-Type': 'text/xml;charset=UTF-8' }, body };
  },
};
