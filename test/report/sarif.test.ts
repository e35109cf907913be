import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import type { Finding, Result } from '../../lib/checks/finding';
import { formats } from '../../lib/report';
import {
  anyResult,
  clean,
  faulty,
  missingKey,
  nasty,
  plain,
  resultOf,
  unseen,
  unused,
  withChain,
  withoutFrame,
} from './results';

const render = (result: Result) => formats.sarif.render(result, plain);
const run = (result: Result) => JSON.parse(render(result)).runs[0];

/** The schema is of draft 4: its `id` has another name now, and one of its patterns is none in Unicode mode. */
const {
  id: _,
  $schema: __,
  ...schema
} = JSON.parse(readFileSync(join(__dirname, 'fixtures/sarif-2.1.0-rtm.5.json'), 'utf8'));
const reference = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-F]{2})*$/;
const validate = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: URL.canParse, 'uri-reference': reference, 'date-time': true },
}).compile(schema);
const faultsOf = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors);

test('rules with their help, results with place, object and fingerprint', () => {
  expect(render({ ...resultOf(withChain), rules: [missingKey] })).toBe(SARIF);
});

test('nothing found: the rules and no results', () => {
  const { tool, results } = run(clean);
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['eso/two-owners', 'secrets/missing-key']);
  expect(results).toEqual([]);
});

test('the official schema takes it', () => {
  expect([faulty, clean, resultOf(unused)].map(render).map(faultsOf)).toEqual([[], [], []]);
  expect(faultsOf('{"version": "2.1.0"}')).not.toEqual([]);
});

test('a rule that only a finding tells of is described by it', () => {
  const { tool, results } = run(resultOf(unused));
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
    'eso/two-owners',
    'espalier/unused-suppression',
    'secrets/missing-key',
  ]);
  expect(results[0].ruleIndex).toBe(1);
});

test('a remedy of the finding’s own stands in its message, and no text of the tree is a link', () => {
  const [{ message }] = run(resultOf({ ...withoutFrame, message: '[a](http://evil)', remedy: 'mount it' })).results;
  expect(message.text).toBe('[a\\](http://evil)\nFix: mount it');
});

test.each([
  ['apps/50%, a:b/ü [x].yaml', { uri: 'apps/50%25%2C%20a%3Ab/%C3%BC%20%5Bx%5D.yaml', uriBaseId: '%SRCROOT%' }],
  ['../a.yaml', { uri: '../a.yaml', uriBaseId: '%SRCROOT%' }],
  ['/srv/a b.yaml', { uri: 'file:///srv/a%20b.yaml' }],
  ['C:/a b.yaml', { uri: 'file:///C:/a%20b.yaml' }],
])('the address of %s', (file, expected) => {
  const [result] = run(resultOf({ ...nasty, file })).results;
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual(expected);
});

test('fingerprints stay when lines move, and differ between findings that are alike', () => {
  const prints = (...findings: Finding[]) =>
    run(resultOf(...findings)).results.map((result: { partialFingerprints: object }) => result.partialFingerprints);
  const moved = { ...withChain, line: 40, column: 3, frame: [], chain: [] };
  expect(prints(withChain, withoutFrame, moved)).toEqual([
    { 'espalier/v1': 'd7f7e178d0eb0034:1' },
    { 'espalier/v1': '9c8d64bbbbf8ee68:1' },
    { 'espalier/v1': 'd7f7e178d0eb0034:2' },
  ]);
  expect(prints(moved)).toEqual(prints(withChain));
});

test('of more results than GitHub takes, warnings are left out first, and it is said', () => {
  const findings = Array.from({ length: 25_010 }, (_, i) => (i < 100 ? nasty : withoutFrame));
  const { results, invocations } = run(resultOf(...findings));
  expect(results.length).toBe(25_000);
  expect(results.filter(({ level }: { level: string }) => level === 'warning').length).toBe(90);
  expect(invocations[0].toolExecutionNotifications).toEqual([
    {
      level: 'warning',
      message: {
        text: '10 findings are left out: code scanning takes 25000. espalier check --format json has them all.',
      },
    },
  ]);
});

test('whatever the texts, the official schema takes it, and a terminal is not obeyed', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const text = render(result);
      expect(text).not.toMatch(unseen);
      expect(faultsOf(text)).toEqual([]);
    }),
  );
});

const SARIF = `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "espalier",
          "version": "1.2.3",
          "rules": [
            {
              "id": "secrets/missing-key",
              "name": "SecretsMissingKey",
              "shortDescription": {
                "text": "Reference to a key that its Secret lacks"
              },
              "fullDescription": {
                "text": "the pod does not start: CreateContainerConfigError"
              },
              "help": {
                "text": "At run time: the pod does not start: CreateContainerConfigError\\nFix: name a key that the Secret has\\nSource: https://kubernetes.io/docs/concepts/configuration/secret/",
                "markdown": "**At run time:** the pod does not start: CreateContainerConfigError\\n\\n**Fix:** name a key that the Secret has\\n\\n**Source:** <https://kubernetes.io/docs/concepts/configuration/secret/>"
              },
              "helpUri": "https://kubernetes.io/docs/concepts/configuration/secret/",
              "defaultConfiguration": {
                "level": "error"
              },
              "properties": {
                "tags": [
                  "secrets"
                ]
              }
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": []
        }
      ],
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The top of the repository; outside of one, the folder that espalier was run in."
          }
        }
      },
      "columnKind": "utf16CodeUnits",
      "results": [
        {
          "ruleId": "secrets/missing-key",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?\\nDeployment/backstage → env POSTGRES_HOST → Secret/backstage-db-secret key \`hots\`\\nonly in clusters prod, staging"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "apps/backstage/deployment.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 31,
                  "startColumn": 22
                }
              },
              "logicalLocations": [
                {
                  "fullyQualifiedName": "Deployment backstage/backstage",
                  "kind": "resource"
                }
              ]
            }
          ],
          "partialFingerprints": {
            "espalier/v1": "d7f7e178d0eb0034:1"
          },
          "properties": {
            "clusters": [
              "prod",
              "staging"
            ]
          }
        }
      ]
    }
  ]
}
`;
