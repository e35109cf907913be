import fc from 'fast-check';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, nasty, plain, resultOf, unseen } from './results';

const render = formats.json.render;

test('a finding with all its fields, control characters as escapes', () => {
  expect(render({ ...faulty, findings: [nasty] }, plain)).toBe(`{
  "version": 1,
  "findings": [
    {
      "rule": "flux/prunes-data",
      "severity": "warning",
      "message": "claim \\"a<b>&c\\" | ]]> \\u001b[2J%0A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202e\\nnext",
      "remedy": "annotate the claim with \`kustomize.toolkit.fluxcd.io/prune: disabled\`",
      "file": "apps/50%, a:b/ü [x].yaml",
      "line": 2,
      "column": 9,
      "object": "PersistentVolumeClaim a/<b>",
      "chain": [],
      "clusters": [],
      "frame": [
        {
          "number": 1,
          "text": "\`\`\` </details>"
        },
        {
          "number": 2,
          "text": "\\tname: 中\\u001b[31m \\"x\\""
        }
      ]
    }
  ],
  "unknowns": [
    {
      "message": "what Kustomization flux-system/charts applies is not known",
      "file": "apps/charts/ks.yaml",
      "line": 4
    },
    {
      "message": "there is no schema for example.com/v1 Widget"
    }
  ],
  "notJudged": [
    {
      "rule": "secrets/missing",
      "kind": "Secret",
      "namespace": "web",
      "name": "shop",
      "object": "Deployment web/shop",
      "file": "apps/shop/deployment.yaml",
      "line": 12,
      "column": 7,
      "why": "HelmRelease web/db may make it",
      "clusters": []
    }
  ],
  "counts": {
    "errors": 0,
    "warnings": 1,
    "infos": 0,
    "notJudged": 1,
    "suppressed": 1,
    "files": 34,
    "documents": 50,
    "resources": 41,
    "kustomizations": 7,
    "clusters": 3
  }
}
`);
});

test('nothing found: empty lists', () => {
  expect(render(clean, plain)).toBe(`{
  "version": 1,
  "findings": [],
  "unknowns": [],
  "notJudged": [],
  "counts": {
    "errors": 0,
    "warnings": 0,
    "infos": 0,
    "notJudged": 0,
    "suppressed": 0,
    "files": 34,
    "documents": 50,
    "resources": 41,
    "kustomizations": 7,
    "clusters": 1
  }
}
`);
});

test('what a finding has beyond the promised fields is not printed', () => {
  expect(render(resultOf({ ...nasty, extra: 'x' } as typeof nasty), plain)).not.toContain('extra');
});

test('whatever the texts, a reader gets them back, and a terminal is not obeyed', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const text = render(result, plain);
      expect(text).not.toMatch(unseen);
      const { findings, unknowns } = JSON.parse(text);
      expect({ findings, unknowns }).toEqual(
        JSON.parse(JSON.stringify({ findings: result.findings, unknowns: result.unknowns })),
      );
    }),
  );
});
