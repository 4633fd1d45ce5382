// sts-xml.ts — STS's answers in XML, as its clients read them.
import type { StsError } from './sts-error.js';

/** Elements by name, in their order; undefined ones are left out. */
export interface XmlElements {
  readonly [name: string]: string | number | XmlElements | undefined;
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The answer of an operation. */
export function resultXml(action: string, result: XmlElements, requestId: string): string {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return `<${action}Response xmlns="${NAMESPACE}">${elements(content)}</${action}Response>\n`;
}

/** A refusal. */
export function errorXml({ code, message, status }: StsError, requestId: string): string {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  return `<ErrorResponse xmlns="${NAMESPACE}">${elements({ Error: error, RequestId: requestId })}</ErrorResponse>\n`;
}

function elements(content: XmlElements): string {
  return Object.entries(content)
    .map(([name, value]) => {
      if (value === undefined) return '';
      return `<${name}>${typeof value === 'object' ? elements(value) : escaped(String(value))}</${name}>`;
    })
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
  );
}
