import { findError } from './failure.ts';
import { type Documents, restProtocol } from './rest.ts';
import { element, escapeXml, namespaceOf, writeXmlMembers, writeXmlRoot } from './xml.ts';
import { parseXml } from './xml-document.ts';
import { readXml } from './xml-input.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

const documents: Documents = {
  contentType: 'application/xml',
  read(shape, body, path, strict) {
    if (body.length === 0) return {};
    return readXml(shape, parseXml(body.toString('utf8')), path, strict);
  },
  write: (name, shape, value, namespace, strict) => declaration + writeXmlRoot(name, shape, value, namespace, strict),
};

/**
 * REST-XML (https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html). S3 alone leaves the `ErrorResponse` around
 * its errors away.
 */
export const restXml = restProtocol(documents, (failure, model, id, strict) => {
  const modelled = findError(model, failure.code);
  const isS3 = model.signingName === 's3';
  const type = isS3 ? '' : element('Type', failure.status >= 500 ? 'Receiver' : 'Sender');
  const error = element(
    'Error',
    type +
      element('Code', escapeXml(failure.code)) +
      element('Message', escapeXml(failure.message)) +
      (modelled === undefined ? '' : writeXmlMembers(modelled.shape, failure.fields, '', strict)),
  );
  const request = element('RequestId', escapeXml(id));
  const body = isS3 ? error : element('ErrorResponse', error + request, namespaceOf(model.xmlNamespace));
  return { status: failure.status, headers: { 'Content-Type': 'application/xml' }, body: declaration + body };
});
