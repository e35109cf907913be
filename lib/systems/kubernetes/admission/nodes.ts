import { at, listAt } from '../../../json/read';
import { repeated } from '../../given';
import { addressRange, parseAddress, parseRange } from '../addresses';
import { dnsSubdomain, labelKey, labelValue, pathSegment } from '../names';
import {
  all,
  fields,
  isWord,
  list,
  needs,
  none,
  object,
  parts,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';

/** (pkg/apis/core/validation: validateNodeTaints) */
export const node: Rule = fields({
  spec: fields({
    taints: all(
      list(
        all(
          needs({ key: 'given', effect: 'given' }),
          fields({
            key: unlessEmpty(text(labelKey)),
            value: text(labelValue),
            effect: unlessEmpty(words('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
          }),
        ),
      ),
      (taints) => {
        const given = listAt({ taints }, 'taints').map((taint) => `${at(taint, 'key')}:${at(taint, 'effect')}`);
        return [...repeated(given)].flatMap(({ index }) =>
          wrong('a taint that no earlier item has', [index], { value: null }),
        );
      },
    ),
  }),
});

/** (pkg/apis/networking/validation: ValidateServiceCIDR) */
export const serviceCidr: Rule = parts({
  spec: all(
    needs({ cidrs: 'a list of at least one range' }),
    fields({ cidrs: list(text(addressRange), 2) }),
    object((spec) => {
      const bits = listAt(spec, 'cidrs').map((range) => (isWord(range) ? parseRange(range)?.bits : undefined));
      return bits.length === 2 && bits[0] !== undefined && bits[0] === bits[1]
        ? wrong('a range of the other family', ['cidrs', 1])
        : none;
    }),
  ),
});

/** (ValidateIPAddress) */
export const ipAddress: Rule = all(
  fields({
    metadata: fields({
      name: (name) => (isWord(name) && parseAddress(name) === undefined ? wrong('an IP address') : none),
    }),
  }),
  parts({
    spec: parts({
      parentRef: all(
        needs({ resource: 'given', name: 'given' }),
        fields({
          group: unlessEmpty(text(dnsSubdomain)),
          resource: unlessEmpty(text(pathSegment)),
          name: unlessEmpty(text(pathSegment)),
        }),
      ),
    }),
  }),
);
