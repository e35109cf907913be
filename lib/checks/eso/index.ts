import type { Check } from '../check';
import { admission } from './admission';
import { generatorMissing } from './generator-missing';
import { generatorRefreshes } from './generator-refreshes';
import { generatorShared } from './generator-shared';
import { immutableRefresh } from './immutable-refresh';
import { labelsNotCopied } from './labels-not-copied';
import { optionalKeyTemplate } from './optional-key-template';
import { ownerOfCnpgSecret } from './owner-of-cnpg-secret';
import { passwordArithmetic } from './password-arithmetic';
import { passwordInUri } from './password-in-uri';
import { pushDeletion } from './push-deletion';
import { pushGeneratorReplace } from './push-generator-replace';
import { pushLoop } from './push-loop';
import { pushMissingKey } from './push-missing-key';
import { pushOverwrites } from './push-overwrites';
import { pushSecretMissing } from './push-secret-missing';
import { pushWithoutProperty } from './push-without-property';
import { storeConditions } from './store-conditions';
import { storeMissing } from './store-missing';
import { templateMapFunction } from './template-map-function';
import { templateNestedField } from './template-nested-field';
import { templateSyntax } from './template-syntax';
import { templateUnknownKey } from './template-unknown-key';
import { twoOwners } from './two-owners';

export const eso: readonly Check[] = [
  ...admission,
  storeMissing,
  storeConditions,
  generatorMissing,
  generatorRefreshes,
  generatorShared,
  optionalKeyTemplate,
  templateMapFunction,
  templateSyntax,
  templateNestedField,
  templateUnknownKey,
  twoOwners,
  ownerOfCnpgSecret,
  labelsNotCopied,
  immutableRefresh,
  passwordArithmetic,
  passwordInUri,
  pushSecretMissing,
  pushMissingKey,
  pushWithoutProperty,
  pushGeneratorReplace,
  pushDeletion,
  pushOverwrites,
  pushLoop,
];
