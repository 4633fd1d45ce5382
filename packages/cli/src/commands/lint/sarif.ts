// sarif.ts: findings as SARIF 2.1.0, as code scanning services read them.
import type { Finding } from '@lattice-auth/policy-engine';
import { ownVersion } from '../../version.js';
import type { FileFinding } from './report.js';

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  error: 'error',
  security: 'error',
  warning: 'warning',
  suggestion: 'note',
};

/** One log with one run; rules are the codes that were found. */
export function sarifReport(findings: readonly FileFinding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const driver = {
    name: 'lattice-auth',
    version: ownVersion(),
    semanticVersion: ownVersion(),
    rules: codes.map((id) => ({ id })),
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: findings.map((one) => result(one, codes)) }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(
  { code, severity, message, file, line, column, pointer }: FileFinding,
  codes: readonly string[],
): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          // What is wrong with a file as a whole stands on no line.
          ...(line > 0 && { region: { startLine: line, startColumn: column } }),
        },
        logicalLocations: [{ fullyQualifiedName: pointer === '' ? '/' : pointer, kind: 'element' }],
      },
    ],
    properties: { severity },
  };
}

// A relative path is a relative reference; what a URI cannot hold is encoded, and a colon would look like a scheme.
function uriOf(file: string): string {
  const path = file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
