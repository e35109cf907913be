import fc from 'fast-check';
import type { Review } from '../../../lib/changes/review';
import { reviewFormats } from '../../../lib/report/diff';
import { anyReview } from '../../changes/any-review';
import { medium, nothingChanges, small } from '../../changes/reviews';
import { unseen } from '../results';

const json = (review: Review) => reviewFormats.json.render(review, { color: false });

test('its shape', () => {
  expect(json(small)).toBe(`{
  "version": 1,
  "base": "merge base with origin/main (4f2c1d0)",
  "head": "the work tree",
  "danger": "medium",
  "clusters": [
    {
      "name": "soyo",
      "type": "changed",
      "danger": "medium",
      "images": [
        {
          "object": "Deployment backstage/backstage",
          "what": "backstage",
          "before": "ghcr.io/webgrip/backstage:1.4.1",
          "after": "ghcr.io/webgrip/backstage:1.4.2"
        }
      ],
      "blast": [
        {
          "kustomization": "backstage/backstage",
          "changes": 1,
          "dependents": [],
          "readers": []
        }
      ],
      "changes": [
        {
          "type": "changed",
          "object": "Deployment backstage/backstage",
          "kind": "Deployment",
          "namespace": "backstage",
          "name": "backstage",
          "before": {
            "file": "dist/kubernetes/apps/backstage/backstage/app/backstage-deployment.yaml",
            "kustomization": "backstage/backstage"
          },
          "after": {
            "file": "dist/kubernetes/apps/backstage/backstage/app/backstage-deployment.yaml",
            "kustomization": "backstage/backstage"
          },
          "fields": [
            {
              "path": "spec.template.spec.containers[backstage].image",
              "type": "changed",
              "before": "ghcr.io/webgrip/backstage:1.4.1",
              "after": "ghcr.io/webgrip/backstage:1.4.2"
            }
          ],
          "effects": [
            {
              "kind": "restart",
              "danger": "medium",
              "object": "Deployment backstage/backstage",
              "message": "replaces its 2 pods one by one",
              "chain": [],
              "todo": []
            }
          ]
        }
      ],
      "effects": [
        {
          "kind": "restart",
          "danger": "medium",
          "object": "Deployment backstage/backstage",
          "message": "replaces its 2 pods one by one",
          "chain": [],
          "todo": []
        }
      ]
    }
  ],
  "found": [],
  "mended": [],
  "noLongerReported": [],
  "unknown": []
}
`);
});

test('nothing changes: no clusters', () => {
  expect(JSON.parse(json(nothingChanges))).toEqual({ version: 1, ...nothingChanges });
});

test('what a review has beside its fields is not printed', () => {
  expect(json({ ...medium, secret: 'hunter2' } as Review)).not.toContain('hunter2');
});

test('whatever the texts, it gives them back and shows nothing unseen', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const text = json(review);
      expect(text).not.toMatch(unseen);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ version: 1, ...review })));
    }),
  );
});
